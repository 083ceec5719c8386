"""How good translations are: BLEU, chrF and TER by sacrebleu, cased and detokenised, with signatures."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sacrebleu.metrics.base import Metric
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from s2s_demo.decoding import Beam, Greedy, Strategy
from s2s_demo.errors import DataError
from s2s_demo.text import Pair
from s2s_demo.translator import Translator

LENGTHS = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 30), (31, 1000))  # source words, both ends included


@dataclass(frozen=True)
class Score:
    """A corpus score (0 to 100; for TER lower is better), how it was computed, and its 95 % interval."""

    score: float
    signature: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class TestSet:
    """Sources, and for each of them one or more references."""

    name: str
    sources: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]

    __test__ = False  # not a test, whatever pytest thinks of the name

    def __post_init__(self) -> None:
        if not self.sources or len(self.sources) != len(self.references):
            raise DataError(
                f"a test set needs as many references as sources, and at least one; "
                f"{self.name} has {len(self.sources)} sources and {len(self.references)} references"
            )

    @classmethod
    def of(cls, name: str, pairs: Sequence[Pair], at_most: int | None = None) -> "TestSet":
        """Pairs that share a source become one sentence with several references."""
        references: dict[str, list[str]] = {}
        for pair in pairs:
            references.setdefault(pair.source, []).append(pair.target)
        sources = list(references)[:at_most]
        return cls(name, tuple(sources), tuple(tuple(references[source]) for source in sources))


@dataclass(frozen=True)
class Evaluation:
    """What a model did on a test set with one strategy."""

    test_set: str
    sentences: int
    strategy: dict[str, Any]
    bleu: Score
    chrf: Score
    ter: Score
    exact_match: float
    seconds: float
    outputs: tuple[str, ...]

    @property
    def sentences_per_second(self) -> float:
        return self.sentences / self.seconds if self.seconds else 0.0

    def to_json(self) -> dict[str, Any]:
        """The figures as plain data, without the outputs."""
        figures = asdict(self)
        del figures["outputs"]
        return {**figures, "sentences_per_second": self.sentences_per_second}


def metrics_for(language: str) -> tuple[Metric, Metric, Metric]:
    """BLEU (13a tokenisation; for Chinese its own), chrF2 and TER."""
    asian = language == "zh"
    return BLEU(tokenize="zh" if asian else "13a"), CHRF(), TER(asian_support=asian, normalized=asian)


def score(
    outputs: Sequence[str], references: Sequence[Sequence[str]], language: str = "", bootstrap: int = 0
) -> tuple[Score, Score, Score]:
    """(BLEU, chrF, TER) of outputs against one or more references each.

    `bootstrap` resamples (1,000 is usual; Koehn 2004) give the 95 % interval.
    """
    deepest = max(len(of_one) for of_one in references)
    streams = [[of_one[i] if i < len(of_one) else None for of_one in references] for i in range(deepest)]
    return tuple(_score(metric, outputs, streams, bootstrap) for metric in metrics_for(language))  # type: ignore[return-value]


def _score(metric: Metric, outputs: Sequence[str], streams: Sequence[Sequence[str | None]], bootstrap: int) -> Score:
    found = metric.corpus_score(outputs, streams, n_bootstrap=bootstrap or 1)  # type: ignore[arg-type]
    signature = str(metric.get_signature())
    if bootstrap < 2:
        return Score(found.score, signature)
    middle, half = found._mean, found._ci
    return Score(found.score, signature, middle - half, middle + half)


def evaluate(
    translator: Translator,
    test_set: TestSet,
    strategy: Strategy | None = None,
    *,
    bootstrap: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Translate a test set and score it; a beam returns its best hypothesis only, which is all that counts."""
    strategy = strategy or Beam()
    quick = replace(strategy, n_best=1) if isinstance(strategy, Beam) else strategy
    started = time.perf_counter()
    found = translator.translate_all(test_set.sources, quick, progress=progress)
    seconds = time.perf_counter() - started
    outputs = tuple(translation.text for translation in found)
    bleu, chrf, ter = score(outputs, test_set.references, translator.target_language, bootstrap)
    exact = sum(text in refs for text, refs in zip(outputs, test_set.references, strict=True)) / len(outputs)
    settings = {"name": strategy.name, **asdict(strategy)}
    return Evaluation(test_set.name, len(outputs), settings, bleu, chrf, ter, exact, seconds, outputs)


def by_length(evaluation: Evaluation, test_set: TestSet, language: str = "") -> list[tuple[str, int, float]]:
    """(source words, sentences, BLEU) for short to long sentences (Bahdanau et al. 2015, figure 2)."""
    rows = []
    words = [len(source.split()) if language != "zh" else len(source) for source in test_set.sources]
    for low, high in LENGTHS:
        places = [i for i, n in enumerate(words) if low <= n <= high]
        if places:
            bleu, _, _ = score(
                [evaluation.outputs[i] for i in places], [test_set.references[i] for i in places], language
            )
            rows.append((f"{low}-{high}" if high < 1000 else f"over {low - 1}", len(places), bleu.score))
    return rows


def by_beam(translator: Translator, test_set: TestSet, sizes: Sequence[int] = (1, 2, 3, 5, 8, 10)) -> list[Evaluation]:
    """The same test set greedily and with wider and wider beams."""
    return [evaluate(translator, test_set, Greedy() if size == 1 else Beam(size=size)) for size in sizes]
