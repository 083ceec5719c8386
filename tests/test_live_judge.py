"""What is judged while a run goes on is what `evaluate` says of the same weights."""

from dataclasses import dataclass

from live_cases import Copy, finished, make_run

from s2s_demo.decoding import Greedy
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.text import Pair


@dataclass(frozen=True)
class TwoRightAnswers(Copy):
    """A held-out source may be answered in two ways, of which the one that is learnt stands second."""

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return super().train(epoch, seed) + [Pair(a + a, a + a) for a in "ab"]

    def val(self) -> list[Pair]:
        return [pair for a in "abcd" for pair in (Pair(a + a, "dcba"), Pair(a + a, a + a))]


def test_any_of_a_sentences_references_is_right_as_everywhere() -> None:
    task = TwoRightAnswers()
    run = finished(make_run(None, task=task, hidden_size=32, updates=150, dropout=0.0))
    lane = run.view().lanes[0]
    product = evaluate(run.translator(), TestSet.of("validation", task.val()), Greedy())
    assert lane.checks[-1].exact_match == product.exact_match > 0
    assert [sample.right for sample in lane.samples] == [sample.translation == sample.source for sample in lane.samples]
    assert {sample.reference for sample in lane.samples} == {"dcba"}
