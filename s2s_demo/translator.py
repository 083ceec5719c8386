"""The front door of the core: text in, `Translation` out, for one sentence or many."""

import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import torch

from s2s_demo.decoding import Beam, Hypothesis, Strategy, Tree, read_hypotheses, read_tree, search
from s2s_demo.decoding.trace import Trace
from s2s_demo.errors import CheckpointError, InputError, SettingError, check_choice
from s2s_demo.languages import language_of
from s2s_demo.model import Seq2Seq
from s2s_demo.model.packed import pack
from s2s_demo.tasks import MadeTask, made_task
from s2s_demo.text import EOS, Tokenizer, Utf8, Word, normalise, pad, split_sentences, typeset, words_of
from s2s_demo.training.loop import multiplies_bf16

MAX_CHARACTERS = 2000  # of one text
MAX_TOKENS = 200  # of one sentence
SENTENCES_AT_ONCE = 32
PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16}


@dataclass(frozen=True)
class Source:
    """What the model read: the sentence, and its tokens (the final `<eos>` included)."""

    text: str
    tokens: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_of(self.tokens)


@dataclass(frozen=True)
class SentenceTranslation:
    """One sentence: what was read, the finished hypotheses (best first), and the whole search.

    `pieces` names the token numbers of the trace.
    """

    source: Source
    hypotheses: tuple[Hypothesis, ...]
    trace: Trace
    pieces: Sequence[str] = field(repr=False)

    @cached_property
    def tree(self) -> Tree:
        """The search as plain nodes, grown when somebody looks."""
        return read_tree(self.trace, self.pieces, len(self.source.tokens))

    @property
    def best(self) -> Hypothesis:
        return self.hypotheses[0]

    def to_dict(self) -> dict[str, Any]:
        return {
            "source": {"text": self.source.text, "tokens": list(self.source.tokens)},
            "hypotheses": [
                {**vars(hypothesis), "tokens": list(hypothesis.tokens), "alignment": _rounded(hypothesis.alignment)}
                for hypothesis in self.hypotheses
            ],
            "tree": {"nodes": [{**vars(node), "alignment": _rounded(node.alignment)} for node in self.tree.nodes]},
        }


@dataclass(frozen=True)
class Translation:
    """The answer to one text: `text` is the translation, `sentences` how each sentence came about.

    `strategy` holds the settings, `seconds` the time from question to answer; texts that are translated together
    all wait for the last of them.  `precision` is what the model computed in: "fp32", or "bf16" where asked for.
    """

    text: str
    sentences: tuple[SentenceTranslation, ...]
    model: str
    strategy: dict[str, Any]
    seconds: float
    precision: str = "fp32"

    def to_json(self) -> dict[str, Any]:
        """Plain data, enough to redraw every picture and recompute every number."""
        return {**vars(self), "sentences": [sentence.to_dict() for sentence in self.sentences]}


def _rounded(alignment: Any) -> list[Any]:
    rows: list[Any] = alignment.astype(float).round(6).tolist()
    return rows


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
        self.model, self._packed = model, pack(model)
        self.tokenizer = tokenizer
        self.name = name
        self.source_language = language_of(source_language).code
        self.target_language = language_of(target_language).code
        self.card = card or {}

    @cached_property
    def made_task(self) -> MadeTask | None:
        """The made task it has learnt; None for a model of human languages."""
        return made_task(self.card)

    @cached_property
    def utf8(self) -> Utf8 | None:
        """Which pieces may follow which; None where no piece is a byte."""
        utf8 = Utf8.of(self.tokenizer.pieces)
        return utf8 and utf8.to(self.device)

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
        is in the batch; scores are as good; sums are off by up to a tenth of a nat, so they no longer equal forced
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
        split = [self._encoded(text) for text in texts]
        flat = [sentence for sentences in split for sentence in sentences]
        found = iter(self._translate_sentences(flat, strategy, progress))
        settings = {"name": strategy.name, **asdict(strategy)}
        parts = [tuple(next(found) for _ in sentences) for sentences in split]
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
            )
            for sentences in parts
        ]

    def check(self, text: str) -> None:
        """Raise InputError where `translate` would, without a search: nothing to translate, or too much of it."""
        self._encoded(text)

    def _encoded(self, text: str) -> list[tuple[str, list[int]]]:
        """The sentences of a text, each with its tokens and the final `<eos>`."""
        encoded = [(sentence, [*self.tokenizer.encode(sentence), EOS]) for sentence in self._sentences(text)]
        for sentence, ids in encoded:
            if len(ids) > MAX_TOKENS:
                raise InputError("text.long-sentence", start=sentence[:40], tokens=len(ids), most=MAX_TOKENS)
        return encoded

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

    def _translate_sentences(
        self,
        sentences: Sequence[tuple[str, list[int]]],
        strategy: Strategy,
        progress: Callable[[int, int], None] | None,
    ) -> list[SentenceTranslation]:
        encoded = [ids for _, ids in sentences]
        done: dict[int, SentenceTranslation] = {}
        by_length = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
        for start in range(0, len(by_length), SENTENCES_AT_ONCE):
            chunk = by_length[start : start + SENTENCES_AT_ONCE]
            source, mask = pad([encoded[i] for i in chunk])
            traces = search(self._packed, source.to(self.device), mask.to(self.device), strategy, self.utf8)
            for i, trace in zip(chunk, traces, strict=True):
                done[i] = self._read(sentences[i][0], encoded[i], trace, strategy)
            if progress:
                progress(len(done), len(encoded))
        return [done[i] for i in range(len(encoded))]

    def _read(self, sentence: str, ids: list[int], trace: Trace, strategy: Strategy) -> SentenceTranslation:
        pieces = self.tokenizer.pieces
        source = Source(sentence, tuple(pieces[i] for i in ids))
        hypotheses = read_hypotheses(trace, pieces, self._write, strategy.returned, len(ids))
        if not hypotheses:
            raise CheckpointError("checkpoint.no-numbers", name=self.name, start=sentence[:40])
        return SentenceTranslation(source, hypotheses, trace, pieces)

    def _write(self, ids: list[int]) -> str:
        return typeset(self.tokenizer.decode(ids), self.target_language)
