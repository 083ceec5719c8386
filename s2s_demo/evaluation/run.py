"""One way to evaluate: a generator that shows a sign of life after every few sentences and returns an Evaluation.

The command line, the page, the judge of a live run, an experiment and the HTTP endpoint all drive this one.
"""

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from s2s_demo.decoding import Beam, Strategy
from s2s_demo.evaluation.scores import METRICS, Score, exact_score, is_exact, score
from s2s_demo.evaluation.test_set import TestSet
from s2s_demo.translator import Translator

AT_ONCE = 32  # sentences between two signs of life


@dataclass(frozen=True)
class Progress:
    """`done` of `of` sentences are translated with the strategy of these settings."""

    strategy: dict[str, Any]
    done: int
    of: int


@dataclass(frozen=True)
class Evaluation:
    """What a model did on a test set with one strategy.

    Answers of made tasks ("2021-05-03") are right or wrong: they are judged by exact match, with BLEU and TER of no
    meaning; `metric` ("bleu" or "exact") names the score that counts.
    """

    test_set: str
    sentences: int
    strategy: dict[str, Any]
    scores: Mapping[str, Score]
    exact_match: float
    seconds: float
    outputs: tuple[str, ...]
    metric: str = "bleu"

    @property
    def bleu(self) -> Score:
        """BLEU, where it was asked for."""
        return self.scores["bleu"]

    @property
    def chrf(self) -> Score:
        """chrF2, where it was asked for."""
        return self.scores["chrf"]

    @property
    def ter(self) -> Score:
        """TER, where it was asked for."""
        return self.scores["ter"]

    @property
    def score(self) -> Score:
        """The score that counts."""
        return self.bleu if self.metric == "bleu" else exact_score(self.exact_match, self.sentences)

    @property
    def sentences_per_second(self) -> float:
        return self.sentences / self.seconds if self.seconds else 0.0

    def to_json(self) -> dict[str, Any]:
        """The figures as plain data, without the outputs."""
        figures = {name: value for name, value in vars(self).items() if name not in ("scores", "outputs")}
        scores = {name: asdict(found) for name, found in self.scores.items()}
        return {**figures, **scores, "sentences_per_second": self.sentences_per_second}


def evaluating(
    translator: Translator,
    test_set: TestSet,
    strategy: Strategy | None = None,
    *,
    bootstrap: int = 0,
    metrics: Sequence[str] = tuple(METRICS),
    at_once: int = AT_ONCE,
) -> Generator[Progress, None, Evaluation]:
    """Translate a test set, `at_once` sentences at a time, and score it.

    A beam returns its best hypothesis only, which is all that counts.  An output is right when it is one of its
    source's references.
    """
    strategy = strategy or Beam()
    quick = replace(strategy, n_best=1) if isinstance(strategy, Beam) else strategy
    settings = {"name": strategy.name, **asdict(strategy)}
    order = sorted(range(len(test_set.sources)), key=lambda i: len(test_set.sources[i]))
    outputs, seconds = [""] * len(order), 0.0
    for start in range(0, len(order), at_once):
        yield Progress(settings, start, len(order))
        part, started = order[start : start + at_once], time.perf_counter()
        found = translator.translate_all([test_set.sources[i] for i in part], quick)
        for i, translation in zip(part, found, strict=True):
            outputs[i] = translation.text
        seconds += time.perf_counter() - started
    yield Progress(settings, len(order), len(order))
    return judge(
        outputs,
        test_set,
        strategy,
        seconds,
        translator.target_language,
        bootstrap=bootstrap,
        metric=metric_for(translator),
        metrics=metrics,
    )


def evaluate(
    translator: Translator,
    test_set: TestSet,
    strategy: Strategy | None = None,
    *,
    bootstrap: int = 0,
    metrics: Sequence[str] = tuple(METRICS),
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """`evaluating` to its end; `progress` is told how many of how many sentences are done."""
    steps = evaluating(translator, test_set, strategy, bootstrap=bootstrap, metrics=metrics)
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            found: Evaluation = end.value
            return found
        if progress:
            progress(step.done, step.of)


def metric_for(translator: Translator) -> str:
    """What its answers are judged by: made tasks have one right answer."""
    return "exact" if translator.made_task else "bleu"


def judge(
    outputs: Sequence[str],
    test_set: TestSet,
    strategy: Strategy,
    seconds: float,
    language: str = "",
    *,
    bootstrap: int = 0,
    metric: str = "bleu",
    metrics: Sequence[str] = tuple(METRICS),
) -> Evaluation:
    """Score translations of a test set that took `seconds` to make; `language` is the one they are in."""
    scores = score(outputs, test_set.references, language, bootstrap, metrics) if metrics else {}
    exact = sum(map(is_exact, outputs, test_set.references)) / len(outputs)
    settings = {"name": strategy.name, **asdict(strategy)}
    return Evaluation(test_set.name, len(outputs), settings, scores, exact, seconds, tuple(outputs), metric)
