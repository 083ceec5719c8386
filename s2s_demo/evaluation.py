"""How good translations are: BLEU, chrF and TER by sacrebleu, cased and detokenised, with signatures.

Answers of made tasks ("2021-05-03") are right or wrong: they are judged by exact match, with BLEU
and TER of no meaning.
"""

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

METRICS = {"bleu": "BLEU", "exact": "exact match, %"}
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
    """How good the sentences of about one length are; `words` names the lengths: "6-10", "over 30".

    `metric` says what the score is (METRICS), `unit` what the lengths count: "words", or "characters" where
    the source has no words.
    """

    words: str
    sentences: int
    score: Score
    metric: str = "bleu"
    unit: str = "words"

    def to_json(self) -> dict[str, Any]:
        """Plain data, as a checkpoint's card keeps it."""
        return {"words": self.words, "unit": self.unit, "sentences": self.sentences, self.metric: asdict(self.score)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "LengthScore":
        """What `to_json` wrote."""
        return cls(data["words"], data["sentences"], *_score_of(data), data.get("unit", "words"))


class BeamScore(NamedTuple):
    """How good and how fast a beam of one size is; size 1 is greedy."""

    size: int
    score: Score
    chrf: Score
    seconds: float
    metric: str = "bleu"

    def to_json(self) -> dict[str, Any]:
        """Plain data, as a checkpoint's card keeps it."""
        scores = {self.metric: asdict(self.score), "chrf": asdict(self.chrf)}
        return {"size": self.size, **scores, "seconds": self.seconds}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "BeamScore":
        """What `to_json` wrote."""
        score, metric = _score_of(data)
        return cls(data["size"], score, Score(**data["chrf"]), data["seconds"], metric)


def _score_of(data: dict[str, Any]) -> tuple[Score, str]:
    metric = next(name for name in METRICS if name in data)
    return Score(**data[metric]), metric


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
        """Pairs that share a source become one sentence with several references.

        Of more than `at_most` sentences as many are taken at even distances: corpora come sorted by length.
        """
        references: dict[str, list[str]] = {}
        for pair in pairs:
            references.setdefault(pair.source, []).append(pair.target)
        sources = list(references)
        if at_most and len(sources) > at_most:
            sources = [sources[i * len(sources) // at_most] for i in range(at_most)]
        return cls(name, tuple(sources), tuple(tuple(references[source]) for source in sources))


@dataclass(frozen=True)
class Evaluation:
    """What a model did on a test set with one strategy; `metric` (METRICS) names the score that counts."""

    test_set: str
    sentences: int
    strategy: dict[str, Any]
    bleu: Score
    chrf: Score
    ter: Score
    exact_match: float
    seconds: float
    outputs: tuple[str, ...]
    metric: str = "bleu"

    @property
    def score(self) -> Score:
        """The score that counts."""
        return self.bleu if self.metric == "bleu" else exact_score(self.exact_match, self.sentences)

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
    return judge(outputs, test_set, strategy, seconds, translator.target_language, bootstrap, metric_for(translator))


def metric_for(translator: Translator) -> str:
    """What its answers are judged by: made tasks have one right answer."""
    return "exact" if translator.made_task else "bleu"


def judge(
    outputs: Sequence[str],
    test_set: TestSet,
    strategy: Strategy,
    seconds: float,
    language: str = "",
    bootstrap: int = 0,
    metric: str = "bleu",
) -> Evaluation:
    """Score translations of a test set that took `seconds` to make; `language` is the one they are in."""
    bleu, chrf, ter = score(outputs, test_set.references, language, bootstrap)
    pairs = zip(outputs, test_set.references, strict=True)
    exact = sum(is_exact(text, of_one) for text, of_one in pairs) / len(outputs)
    settings = {"name": strategy.name, **asdict(strategy)}
    return Evaluation(test_set.name, len(outputs), settings, bleu, chrf, ter, exact, seconds, tuple(outputs), metric)


def is_exact(output: str, references: Sequence[str]) -> bool:
    """Whether an output is one of the references, but for the typographer's spaces."""
    return normalise(output) in map(normalise, references)


def exact_score(share: float, of: int) -> Score:
    """The share of exact answers among `of`, in %, with the interval of Wilson 1927."""
    z = 1.96
    middle, half = share + z * z / (2 * of), z * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5
    low, high = ((middle + side) / (1 + z * z / of) for side in (-half, half))
    return Score(100 * share, "exact|interval:wilson", 100 * max(0.0, low), 100 * min(1.0, high))


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
    """The score of short to long sentences, counted in source words (Bahdanau et al. 2015, figure 2).

    `language` is the one translated into.  Where there are no words, in Chinese and in made tasks, characters count.
    """
    rows = []
    unit = "characters" if source_language == "zh" or evaluation.metric == "exact" else "words"
    lengths = [len(source) if unit == "characters" else len(source.split()) for source in test_set.sources]
    for low, high in LENGTHS:
        places = [i for i, n in enumerate(lengths) if low <= n <= high]
        if places:
            outputs, references = zip(*((evaluation.outputs[i], test_set.references[i]) for i in places), strict=True)
            if evaluation.metric == "exact":
                found = exact_score(sum(map(is_exact, outputs, references)) / len(places), len(places))
            else:
                found = score(outputs, references, language, bootstrap)[0]
            rows.append(LengthScore(length_name(low, high), len(places), found, evaluation.metric, unit))
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
    """One evaluation as a point of the figure by beam size."""
    size = evaluation.strategy.get("size", 1)
    return BeamScore(size, evaluation.score, evaluation.chrf, evaluation.seconds, evaluation.metric)
