"""The front door of the core: text in, `Translation` out, for one sentence or many."""

import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict
from functools import cached_property, partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.decoding import Beam, Strategy, read_hypotheses, search
from s2s_demo.decoding.trace import Trace
from s2s_demo.decoding.tree import best_path
from s2s_demo.errors import CheckpointError, InputError, SettingError, check_choice
from s2s_demo.languages import language_of
from s2s_demo.model import Seq2Seq
from s2s_demo.model.packed import pack
from s2s_demo.reading import Reader, Reading, Writer, read_signal
from s2s_demo.tasks import MadeTask, made_task
from s2s_demo.text import SPECIAL, Batch, Tokenizer, Utf8, normalise, pad_sources, split_sentences
from s2s_demo.training.loop import multiplies_bf16
from s2s_demo.translation import Maps, SentenceTranslation, Source, Translation, notices_of

__all__ = ["MAX_CHARACTERS", "MAX_TOKENS", "PRECISIONS", "SentenceTranslation", "Source", "Translation", "Translator"]

MAX_CHARACTERS = 2000  # of one text
MAX_TOKENS = 200  # of one sentence
ROWS_AT_ONCE = 256  # hypotheses that are stepped together: more take no less time each, and more memory
MOST_READINGS = 3  # of a sentence: once more where the translation lost what must be in it, with other stand-ins
LONGEST_AGAIN = 2  # times as long as the first translation, at most
PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16}


class Translator:
    """A trained model with its tokenizer and its name; it changes neither, so that many visitors can share it."""

    def __init__(
        self,
        model: Seq2Seq,
        tokenizer: Tokenizer,
        name: str = "untitled",
        source_language: str = "",
        target_language: str = "",
        card: dict[str, Any] | None = None,
    ) -> None:
        self.model, self.packed = model, pack(model)
        self.tokenizer = tokenizer
        self.name = name
        self.source_language = language_of(source_language).code
        self.target_language = language_of(target_language).code
        self.card = card or {}

    @cached_property
    def made_task(self) -> MadeTask | None:
        """The made task it has learnt; None for a model of human languages."""
        return made_task(self.card)

    @property
    def signal(self) -> str:
        """What it reads where that is no text, one of SIGNALS; else ""."""
        return self.model.config.signal

    @cached_property
    def by_letter(self) -> bool:
        """Whether what it reads and writes is counted in letters, not in words: so it is for made tasks of letters."""
        task = self.made_task
        return task is not None and not (task.signal and task.tokenizer[0] == "word")

    @cached_property
    def utf8(self) -> Utf8 | None:
        """Which pieces may follow which; None where no piece is a byte."""
        utf8 = Utf8.of(self.tokenizer.pieces)
        return utf8 and utf8.to(self.device)

    @cached_property
    def letters(self) -> bool:
        """Whether every piece is a letter, and no language is read that has words: dates, sums."""
        return not self.source_language and {len(p) for p in self.tokenizer.pieces if p not in SPECIAL} == {1}

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.tokenizer, self.source_language, self.target_language)

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.tokenizer, self.target_language)

    @property
    def device(self) -> torch.device:
        return next(self.model.parameters()).device

    @property
    def precision(self) -> str:
        """What the model computes in, one of PRECISIONS."""
        dtype = next(self.model.parameters()).dtype
        return next(name for name, known in PRECISIONS.items() if known is dtype)

    def in_precision(self, precision: str) -> "Translator":
        """The same translator, computing in "fp32" (itself, exact) or in "bf16", for files, in about half the time.

        In bf16 a number has 8 significant bits: about 1 translation of 50 differs, and may differ again with what else
        is in the batch; scores are as good; sums are off by up to a third of a nat, so they no longer equal forced
        decoding in fp32 to three digits.

        Raises SettingError where the processor would only imitate bf16, and lose time by it.
        """
        check_choice("precision", precision, PRECISIONS)
        if precision == self.precision:
            return self
        if precision == "bf16" and not multiplies_bf16(self.device):
            raise SettingError("precision.imitated")
        made = deepcopy(self.model).to(PRECISIONS[precision])
        return Translator(made, self.tokenizer, self.name, self.source_language, self.target_language, self.card)

    def translate(self, text: str, strategy: Strategy | None = None) -> Translation:
        """Translate a text of one or more sentences, each with its own search.

        Raises InputError when there is nothing to translate, or too much of it.
        """
        return self.translate_all([text], strategy)[0]

    def translate_all(
        self,
        texts: Sequence[str],
        strategy: Strategy | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Translation]:
        """Translate many texts at once; the answer to a text does not depend on the others.

        `progress` is told how many of how many sentences are done.
        """
        strategy, started = strategy or Beam(), time.perf_counter()
        split = [self._readings(text) for text in texts]
        searched = self._search([reading for part in split for reading in part], strategy, progress)
        found = iter(self._searched_again(searched, strategy))
        settings = {"name": strategy.name, **asdict(strategy)}
        parts = [tuple(next(found) for _ in readings) for readings in split]
        seconds = time.perf_counter() - started
        space = language_of(self.target_language).joiner
        return [
            Translation(
                space.join(part.best.text for part in sentences),
                sentences,
                self.name,
                settings,
                seconds,
                self.precision,
                notices_of(sentences),
                languages=(self.source_language, self.target_language),
                letters=self.letters,
                looks=self.model.looks,
                layers=self.model.decoder.attention.layers_looking,
                windowed=self.model.decoder.attention.windowed,
            )
            for sentences in parts
        ]

    def check(self, text: str) -> None:
        """Raise InputError where `translate` would, without a search: nothing to translate, or too much of it."""
        self._readings(text)

    def _readings(self, text: str) -> list[Reading]:
        """The sentences of a text, as the model reads them; what is no text is read as one."""
        if self.signal:
            return [read_signal(self.signal, text.strip())]
        readings = [self._reader.read(sentence) for sentence in self._sentences(text)]
        for reading in readings:
            if len(reading.ids) > MAX_TOKENS:
                raise InputError(
                    "text.long-sentence", start=reading.text[:40], tokens=len(reading.ids), most=MAX_TOKENS
                )
        return readings

    def _sentences(self, text: str) -> list[str]:
        if len(text) > MAX_CHARACTERS:
            raise InputError("text.too-long", characters=len(text), most=MAX_CHARACTERS)
        if self.source_language:
            sentences = split_sentences(text)
        else:
            sentences = [sentence for sentence in [normalise(text)] if sentence]
        if not sentences:
            raise InputError("text.nothing")
        return sentences

    def _searched_again(self, found: list[SentenceTranslation], strategy: Strategy) -> list[SentenceTranslation]:
        """What was found; where a translation lost what must be in it, that of another reading."""
        for turn in range(1, MOST_READINGS):
            again = {i: reading for i, part in enumerate(found) if (reading := self._again(part, turn))}
            better = self._search(list(again.values()), strategy, None)
            for i, part in zip(again, better, strict=True):
                if len(part.best.tokens) <= LONGEST_AGAIN * len(found[i].best.tokens):  # else it loops
                    found[i] = part
        return found

    def _again(self, part: SentenceTranslation, turn: int) -> Reading | None:
        assert part.reading is not None
        reading = self._reader.again(part.reading, part.best.tokens, part.best.text, turn)
        return reading if reading and len(reading.ids) <= MAX_TOKENS else None

    def _search(
        self, readings: Sequence[Reading], strategy: Strategy, progress: Callable[[int, int], None] | None
    ) -> list[SentenceTranslation]:
        done: dict[int, SentenceTranslation] = {}
        by_length = sorted(range(len(readings)), key=lambda i: len(readings[i].ids))
        at_once = max(1, ROWS_AT_ONCE // strategy.width)
        for start in range(0, len(by_length), at_once):
            chunk = by_length[start : start + at_once]
            source, mask = pad_sources([readings[i].row for i in chunk])
            read = source.to(self.device), mask.to(self.device)
            traces = search(self.packed, *read, strategy, self.utf8, self.tokenizer.decode)
            for i, trace in zip(chunk, traces, strict=True):
                done[i] = self._read(readings[i], trace, strategy)
            if progress:
                progress(len(done), len(readings))
        return [done[i] for i in range(len(readings))]

    def _read(self, reading: Reading, trace: Trace, strategy: Strategy) -> SentenceTranslation:
        pieces = reading.pieces(self.tokenizer.pieces)
        write = partial(self._writer.write, reading)
        hypotheses = read_hypotheses(trace, pieces, write, strategy.returned, len(reading.ids))
        if not hypotheses:
            raise CheckpointError("checkpoint.no-numbers", name=self.name, start=reading.text[:40])
        source = Source(reading.text, reading.tokens, reading.read)
        within = partial(self._within, reading, trace) if self.model.looks_within else None
        return SentenceTranslation(source, hypotheses, trace, pieces, reading, within)

    def _within(self, reading: Reading, trace: Trace) -> Maps:
        """Where the words of each side look at each other, while the best hypothesis is written."""
        best = best_path(trace, len(reading.ids))[0]
        batch = Batch.of([(reading.row, best[:-1])]).to(self.device)
        read, written = self.model.self_attention(batch)
        return _plain(read), _plain(written)


def _plain(maps: Tensor | None) -> NDArray[np.float32] | None:
    """The maps of one sentence [L, 1, N, T, T] as plain numbers [L, N, T, T]."""
    return None if maps is None else maps[:, 0].float().cpu().numpy()
