"""The two classic figures: how good translations are by the length of the source, and by the size of the beam."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from s2s_demo.decoding import Beam, Greedy, Strategy
from s2s_demo.evaluation.run import Evaluation, evaluate
from s2s_demo.evaluation.scores import Score, exact_score, is_exact, score
from s2s_demo.evaluation.test_set import TestSet
from s2s_demo.languages import language_of
from s2s_demo.translator import Translator

METRIC_NAMES = {"bleu": "BLEU", "exact": "exact match, %"}
LENGTHS = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 30), (31, 1000))  # source words, both ends included
BEAM_SIZES = (1, 2, 3, 5, 8, 10)  # 1 is greedy


class LengthScore(NamedTuple):
    """How good the sentences of about one length are; `words` names the lengths: "6-10", "over 30".

    `metric` says what the score is (METRIC_NAMES), `unit` what the lengths count: "words", or "characters" where
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
    metric = next(name for name in METRIC_NAMES if name in data)
    return Score(**data[metric]), metric


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
    unit = "words" if language_of(source_language).spaced and evaluation.metric != "exact" else "characters"
    lengths = [len(source) if unit == "characters" else len(source.split()) for source in test_set.sources]
    for low, high in LENGTHS:
        places = [i for i, n in enumerate(lengths) if low <= n <= high]
        if places:
            outputs, references = zip(*((evaluation.outputs[i], test_set.references[i]) for i in places), strict=True)
            if evaluation.metric == "exact":
                found = exact_score(sum(map(is_exact, outputs, references)) / len(places), len(places))
            else:
                found = score(outputs, references, language, bootstrap, ["bleu"])["bleu"]
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
