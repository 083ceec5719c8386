"""Everything there is to say about one model on one test set, found step by step."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from s2s_demo.decoding import Greedy, Strategy
from s2s_demo.evaluation.figures import BEAM_SIZES, BeamScore, LengthScore, beam_of, beam_score, by_length
from s2s_demo.evaluation.run import Evaluation, Progress, evaluating
from s2s_demo.evaluation.scores import sentence_chrf
from s2s_demo.evaluation.test_set import TestSet
from s2s_demo.translator import Translator

AT_ONCE = 16  # sentences between two signs of life
RESAMPLES = 1000


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


def report(
    translator: Translator, model: str, test_set: TestSet, strategy: Strategy, *, thorough: bool = True
) -> Iterator[Progress | Report]:
    """Evaluate a strategy; the last thing that comes is the Report.

    Where it is `thorough`, scores have intervals, and greedy stands beside another strategy.
    """
    resamples = RESAMPLES if thorough else 0
    evaluation = yield from evaluating(translator, test_set, strategy, bootstrap=resamples, at_once=AT_ONCE)
    greedy = None
    if thorough and not isinstance(strategy, Greedy):
        greedy = yield from evaluating(translator, test_set, Greedy(), bootstrap=resamples, at_once=AT_ONCE)
    source, target = translator.source_language, translator.target_language
    lengths = tuple(by_length(evaluation, test_set, target, resamples, source))
    chrf = tuple(sentence_chrf(evaluation.outputs, test_set.references))
    yield Report(model, test_set, strategy, evaluation, greedy, chrf, lengths)


def with_beams(translator: Translator, found: Report) -> Iterator[Progress | Report]:
    """The same report with one more beam size after the other."""
    for size in BEAM_SIZES:
        evaluation = yield from evaluating(
            translator, found.test_set, beam_of(size), bootstrap=RESAMPLES, at_once=AT_ONCE
        )
        found = replace(found, by_beam=(*found.by_beam, beam_score(evaluation)))
        yield found
