"""An evaluation in small steps, so that a visitor sees it go on and can stop it.  Knows no Gradio."""

import time
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from s2s_demo.decoding import Beam, Greedy, Strategy
from s2s_demo.evaluation import (
    BEAM_SIZES,
    BeamScore,
    Evaluation,
    LengthScore,
    TestSet,
    beam_of,
    beam_score,
    by_length,
    judge,
    metric_for,
    sentence_chrf,
)
from s2s_demo.translator import Translator
from s2s_demo.ui.compare_handlers import way_of

RUNS_AT_ONCE = 1  # on this server; others wait, so that Translate stays quick
AT_ONCE = 16  # sentences between two signs of life
RESAMPLES = 1000
BREATH = 0.005  # seconds after each step in which other visitors' work gets the processor


@dataclass(frozen=True)
class Progress:
    """`done` of `of` sentences are translated with the strategy that `what` names."""

    what: str
    done: int
    of: int


@dataclass(frozen=True)
class Report:
    """What was found about one model on one test set; everything the tab shows is drawn from it."""

    model: str
    test_set: TestSet
    strategy: Strategy
    evaluation: Evaluation
    greedy: Evaluation | None  # None where the strategy is greedy itself
    sentence_chrf: tuple[float, ...]
    by_length: tuple[LengthScore, ...]
    by_beam: tuple[BeamScore, ...] = ()

    @property
    def worst_first(self) -> list[int]:
        """The sentences' numbers, from the lowest chrF to the highest."""
        return sorted(range(len(self.sentence_chrf)), key=lambda i: self.sentence_chrf[i])

    def to_json(self) -> dict[str, Any]:
        """All figures, and all sentences with their references and outputs."""
        return {
            "model": self.model,
            **self.evaluation.to_json(),
            "greedy": self.greedy.to_json() if self.greedy else None,
            "by_length": [row.to_json() for row in self.by_length],
            "by_beam": [row.to_json() for row in self.by_beam],
            "outputs": [
                {"source": source, "output": output, "references": list(references), "chrf": chrf}
                for source, output, references, chrf in self.rows()
            ],
        }

    def rows(self) -> Iterator[tuple[str, str, tuple[str, ...], float]]:
        """(source, output, references, chrF) of each sentence, in the order of the file."""
        return zip(
            self.test_set.sources,
            self.evaluation.outputs,
            self.test_set.references,
            self.sentence_chrf,
            strict=True,
        )


def report(translator: Translator, model: str, test_set: TestSet, strategy: Strategy) -> Iterator[Progress | Report]:
    """Evaluate a strategy, and greedy beside it; the last thing that comes is the Report."""
    evaluation = yield from _evaluate(translator, test_set, strategy)
    greedy = None
    if not isinstance(strategy, Greedy):
        greedy = yield from _evaluate(translator, test_set, Greedy())
    source, target = translator.source_language, translator.target_language
    lengths = tuple(by_length(evaluation, test_set, target, RESAMPLES, source))
    chrf = tuple(sentence_chrf(evaluation.outputs, test_set.references))
    yield Report(model, test_set, strategy, evaluation, greedy, chrf, lengths)


def with_beams(translator: Translator, found: Report) -> Iterator[Progress | Report]:
    """The same report with one more beam size after the other."""
    for size in BEAM_SIZES:
        evaluation = yield from _evaluate(translator, found.test_set, beam_of(size))
        found = replace(found, by_beam=(*found.by_beam, beam_score(evaluation)))
        yield found


def _evaluate(translator: Translator, test_set: TestSet, strategy: Strategy) -> Generator[Progress, None, Evaluation]:
    """As `evaluation.evaluate`, with a sign of life after every few sentences."""
    quick = replace(strategy, n_best=1) if isinstance(strategy, Beam) else strategy
    what = way_of({"name": strategy.name, **asdict(strategy)})
    order = sorted(range(len(test_set.sources)), key=lambda i: len(test_set.sources[i]))
    outputs, seconds = [""] * len(order), 0.0
    for start in range(0, len(order), AT_ONCE):
        yield Progress(what, start, len(order))
        part, started = order[start : start + AT_ONCE], time.perf_counter()
        for i, found in zip(part, translator.translate_all([test_set.sources[i] for i in part], quick), strict=True):
            outputs[i] = found.text
        seconds += time.perf_counter() - started
        time.sleep(BREATH)
    yield Progress(what, len(order), len(order))
    metric = metric_for(translator)
    return judge(tuple(outputs), test_set, strategy, seconds, translator.target_language, RESAMPLES, metric)
