"""Looks at a model between two updates, always with the same sentences, and never changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.decoding import Greedy, search
from s2s_demo.decoding.search import NEVER_WRITTEN
from s2s_demo.errors import DataError, InputError
from s2s_demo.evaluation import TestSet, evaluate, is_exact
from s2s_demo.live.records import Check, Moment, Sample, TwoPrefixes
from s2s_demo.model import Seq2Seq
from s2s_demo.reading import source_encoder
from s2s_demo.signals import SIGNALS
from s2s_demo.tasks import Task
from s2s_demo.tasks.base import LONGEST_SEQUENCE
from s2s_demo.text import EOS, SPECIAL, Batch, Pair, Tokenizer, Utf8, by_word, normalise, pad_sources, surface, words_of
from s2s_demo.training.scores import prefix_scores
from s2s_demo.translator import Translator

AT_ONCE = 100  # sentences in a batch
PROBES = 3
PROBE_CHARACTERS = 120
SAMPLES = 8
SENTENCES = 100


def check_probes(texts: Sequence[str], signal: str = "") -> tuple[str, ...]:
    """The sources to watch, empty ones left out; InputError if there are too many, or one is too long or unreadable."""
    found = tuple(text for text in map(normalise, texts) if text)
    if len(found) > PROBES:
        raise InputError("live.many-probes", given=len(found), most=PROBES)
    for text in found:
        if signal:
            SIGNALS[signal].read(text)
        elif len(text) > PROBE_CHARACTERS:
            raise InputError("live.long-probe", begins=text[:30], given=len(text), most=PROBE_CHARACTERS)
    return found


@dataclass(frozen=True)
class Judgement:
    """What one look found."""

    check: Check
    two_prefixes: TwoPrefixes
    samples: tuple[Sample, ...]


class Judge:
    """The fixed validation sentences of a run: `sentences` of them for losses and for greedy translations.

    Translations are judged by `evaluate`, as everywhere: any of a sentence's references is right.  It works on a
    copy of the weights, taken anew each time.
    """

    def __init__(self, task: Task, tokenizer: Tokenizer, sentences: int = SENTENCES) -> None:
        self.task, self.tokenizer = task, tokenizer
        self._read = source_encoder(tokenizer, task.signal)
        self.metrics = ("bleu",) if task.source_language and task.target_language else ()
        self.by_letter = task.tokenizer[0] == "char"
        self.test_set = TestSet.of("validation", self._fitting(), at_most=sentences)
        chosen = zip(self.test_set.sources, self.test_set.references, strict=True)
        encoded = [(self._read(source), tokenizer.encode(targets[0])) for source, targets in chosen]
        by_length = sorted(encoded, key=lambda pair: len(pair[0]))
        self._batches = [Batch.of(by_length[i : i + AT_ONCE]) for i in range(0, len(by_length), AT_ONCE)]
        self._shown, self._utf8 = Batch.of(encoded[:1]), Utf8.of(tokenizer.pieces)
        self._surfaces = [surface([piece]) for piece in tokenizer.pieces]  # shared by all that is kept
        self._gold = self._letters(self._shown.target_out[0].tolist())

    def _fitting(self) -> list[Pair]:
        found = []
        for pair in self.task.val():
            sizes = len(self._read(pair.source)), len(self.tokenizer.encode(pair.target))
            if min(sizes) > 0 and max(sizes) <= LONGEST_SEQUENCE:
                found.append(Pair(normalise(pair.source), normalise(pair.target)))
        if not found:
            raise DataError("live.nothing-fits", most=LONGEST_SEQUENCE)
        return found

    def judge(self, translator: Translator, update: int) -> Judgement:
        """Losses under both prefixes, greedy translations, one sentence in two rows."""
        model, task = translator.model, self.task
        gold, own = (prefix_scores(model, self._batches, forcing) for forcing in (1.0, 0.0))
        judged = Translator(model, self.tokenizer, "", task.source_language, task.target_language)
        found = evaluate(judged, self.test_set, Greedy(), metrics=self.metrics)
        bleu = found.bleu.score if self.metrics else None
        rows = zip(self.test_set.sources, self.test_set.references, found.outputs, strict=True)
        samples = tuple(
            Sample(source, references[0], text, is_exact(text, references))
            for source, references, text in islice(rows, SAMPLES)
        )
        check = Check(update, gold, own, found.exact_match, bleu)
        return Judgement(check, self._two_prefixes(model, check), samples)

    @torch.no_grad()
    def _two_prefixes(self, model: Seq2Seq, check: Check) -> TwoPrefixes:
        batch = self._shown
        (trace,) = search(model, batch.source, batch.source_mask, Greedy(), self._utf8)
        own = [int(step.tokens[0]) for step in trace.steps]
        features, look = model(batch)
        logits = model.logits(features, look, batch.source)[0]  # [T, V]
        logits[:, NEVER_WRITTEN] = float("-inf")
        after_gold = logits.argmax(dim=-1).tolist()
        length = max(len(after_gold), len(own))
        differs = (t for t in range(length) if after_gold[t : t + 1] != own[t : t + 1])
        return TwoPrefixes(
            check.update,
            check.gold.loss,
            check.own.loss,
            self.test_set.sources[0],
            self._gold,
            self._letters(after_gold),
            self._letters(own),
            next(differs, None),
        )

    def _letters(self, ids: Sequence[int]) -> tuple[str, ...]:
        return tuple(self._surfaces[i] for i in ids)

    def watch(self, translator: Translator, update: int, probes: Sequence[str]) -> list[Moment]:
        """Each probe's greedy translation and where the model looked; by letter where letters are the tokens.

        A text of several sentences is read as one, as it is in training.
        """
        if not probes:
            return []
        source, mask = pad_sources([self._read(text) for text in probes])
        traces = search(translator.model, source, mask, Greedy(), self._utf8)
        moments = []
        for row, real, trace in zip(source, mask, traces, strict=True):
            pieces = self._pieces(row[real])
            written = [int(step.tokens[0]) for step in trace.steps]
            alignment = np.stack([step.alignment[0, : len(pieces)] for step in trace.steps])
            total = float(sum(step.log_probs[0] for step in trace.steps))
            moments.append(self._moment(update, pieces, written, alignment, total))
        return moments

    def _pieces(self, source: Tensor) -> Sequence[str]:
        """The names of a source's tokens [S], or of the places of its features [S, F]."""
        if signal := self.task.signal:
            return (*SIGNALS[signal].tokens(len(source) - 1), SPECIAL[EOS])
        return [self.tokenizer.pieces[i] for i in source.tolist()]

    def _moment(
        self, update: int, source: Sequence[str], target: list[int], alignment: NDArray[np.float32], total: float
    ) -> Moment:
        text = self.tokenizer.decode(target)
        if self.by_letter:
            names = tuple(surface([piece]) for piece in source)
            return Moment(update, text, self._letters(target), names, alignment, total)
        read, written = words_of(source), words_of([self.tokenizer.pieces[i] for i in target])
        texts = [tuple(word.text for word in words) for words in (written, read)]
        return Moment(update, text, texts[0], texts[1], by_word(alignment, read, written), total)
