"""How good translations are: BLEU, chrF and TER by sacrebleu, cased and detokenised, with signatures."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from sacrebleu.metrics.base import Metric
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from s2s_demo.decoding import Beam, Greedy, Strategy
from s2s_demo.errors import DataError
from s2s_demo.text import Pair, normalise
from s2s_demo.translator import Translator

LENGTHS = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 30), (31, 1000))  # source words, both ends included
BEAM_SIZES = (1, 2, 3, 5, 8, 10)  # 1 is greedy


@dataclass(frozen=True)
class Score:
    """A corpus score (0 to 100; for TER lower is better), how it was computed, and its 95 % interval."""

    score: float
    signature: str
    low: float | None = None
    high: float | None = None


class LengthScore(NamedTuple):
    """BLEU of the sentences of about one length; `words` names the lengths: "6-10", "over 30"."""

    words: str
    sentences: int
    bleu: Score

    def to_json(self) -> dict[str, Any]:
        """Plain data, as a checkpoint's card keeps it."""
        return {"words": self.words, "sentences": self.sentences, "bleu": asdict(self.bleu)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "LengthScore":
        """What `to_json` wrote."""
        return cls(data["words"], data["sentences"], Score(**data["bleu"]))


class BeamScore(NamedTuple):
    """How good and how fast a beam of one size is; size 1 is greedy."""

    size: int
    bleu: Score
    chrf: Score
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """Plain data, as a checkpoint's card keeps it."""
        return {"size": self.size, "bleu": asdict(self.bleu), "chrf": asdict(self.chrf), "seconds": self.seconds}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "BeamScore":
        """What `to_json` wrote."""
        return cls(data["size"], Score(**data["bleu"]), Score(**data["chrf"]), data["seconds"])


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
    _compute_in_floats(metric)
    found = metric.corpus_score(outputs, streams, n_bootstrap=bootstrap or 1)  # type: ignore[arg-type]
    signature = str(metric.get_signature())
    if bootstrap < 2:
        return Score(found.score, signature)
    middle, half = found._mean, found._ci
    return Score(found.score, signature, middle - half, middle + half)


def _compute_in_floats(metric: Metric) -> None:
    """A resample without any match scores 0.0, others NumPy numbers; sacrebleu 2.6 cannot average such a mixture."""
    compute = metric._compute_score_from_stats

    def plain(stats: Any) -> Any:
        found = compute(stats)
        found.score = float(found.score)
        return found

    metric._compute_score_from_stats = plain  # type: ignore[method-assign]


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
    return judge(outputs, test_set, strategy, seconds, translator.target_language, bootstrap)


def judge(
    outputs: Sequence[str],
    test_set: TestSet,
    strategy: Strategy,
    seconds: float,
    language: str = "",
    bootstrap: int = 0,
) -> Evaluation:
    """Score translations of a test set that took `seconds` to make; `language` is the one they are in."""
    bleu, chrf, ter = score(outputs, test_set.references, language, bootstrap)
    pairs = zip(outputs, test_set.references, strict=True)
    exact = sum(normalise(text) in map(normalise, of_one) for text, of_one in pairs) / len(outputs)
    settings = {"name": strategy.name, **asdict(strategy)}
    return Evaluation(test_set.name, len(outputs), settings, bleu, chrf, ter, exact, seconds, tuple(outputs))


def sentence_chrf(outputs: Sequence[str], references: Sequence[Sequence[str]]) -> list[float]:
    """chrF of each sentence by itself, 0 to 100; unlike BLEU it means something for a single sentence."""
    metric = CHRF()
    return [metric.sentence_score(text, of_one).score for text, of_one in zip(outputs, references, strict=True)]


def length_name(low: int, high: int) -> str:
    """How a span of sentence lengths is called in figures."""
    return f"{low}-{high}" if high < 1000 else f"over {low - 1}"


def by_length(
    evaluation: Evaluation, test_set: TestSet, language: str = "", bootstrap: int = 0, source_language: str = ""
) -> list[LengthScore]:
    """BLEU of short to long sentences, counted in source words (Bahdanau et al. 2015, figure 2).

    `language` is the one translated into.  A Chinese source is counted in characters.
    """
    rows = []
    words = [len(source) if source_language == "zh" else len(source.split()) for source in test_set.sources]
    for low, high in LENGTHS:
        places = [i for i, n in enumerate(words) if low <= n <= high]
        if places:
            outputs, references = zip(*((evaluation.outputs[i], test_set.references[i]) for i in places), strict=True)
            bleu, _, _ = score(outputs, references, language, bootstrap)
            rows.append(LengthScore(length_name(low, high), len(places), bleu))
    return rows


def beam_of(size: int) -> Strategy:
    """The strategy a beam size stands for in figures."""
    return Greedy() if size == 1 else Beam(size=size)


def by_beam(
    translator: Translator,
    test_set: TestSet,
    sizes: Sequence[int] = BEAM_SIZES,
    *,
    bootstrap: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> list[Evaluation]:
    """The same test set greedily and with wider and wider beams; `progress` is told of each."""
    return [evaluate(translator, test_set, beam_of(n), bootstrap=bootstrap, progress=progress) for n in sizes]


def beam_score(evaluation: Evaluation) -> BeamScore:
    """One evaluation as a point of the figure BLEU by beam size."""
    size = evaluation.strategy.get("size", 1)
    return BeamScore(size, evaluation.bleu, evaluation.chrf, evaluation.seconds)
