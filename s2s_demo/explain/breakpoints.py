"""Where to stop while walking through a translation: the steps at which the model, or its search, was in doubt."""

from dataclasses import dataclass

from s2s_demo.decoding import Beam, Greedy, Strategy, best_path, search
from s2s_demo.explain.case import Case
from s2s_demo.explain.inside import StepFacts

DOUBTFUL = 0.5  # a written piece below that probability
UNDECIDED = 1.0  # nats of entropy above which a choice was open


@dataclass(frozen=True)
class Breakpoints:
    """Steps (from 1) by why one may want to stop there.

    `doubtful`: what was written has p < .5; `undecided`: the entropy of the choice is above 1 nat; `parting`: the
    first one at which another strategy, `other` by name, writes something else (None where it writes the same).
    """

    doubtful: tuple[int, ...]
    undecided: tuple[int, ...]
    parting: int | None
    other: str


def breakpoints(case: Case, facts: tuple[StepFacts, ...], ids: tuple[int, ...] | None = None) -> Breakpoints:
    """The breakpoints of a case whose steps are known at a glance (`overview`).

    `ids` is what the other strategy writes (`otherwise_found`), where that is known already.
    """
    ids = ids or otherwise_found(case)
    pairs = enumerate(zip(case.written, [*ids, *[None] * len(case.written)], strict=False), start=1)
    return Breakpoints(
        doubtful=tuple(each.step for each in facts if each.probability < DOUBTFUL),
        undecided=tuple(each.step for each in facts if each.entropy > UNDECIDED),
        parting=next((step for step, (one, another) in pairs if one != another), None),
        other=other_than(case.strategy).name,
    )


def other_than(strategy: Strategy) -> Strategy:
    """What a strategy is compared with: greedy search, and a beam where it is greedy itself."""
    return Beam() if isinstance(strategy, Greedy) else Greedy()


def otherwise_found(case: Case) -> tuple[int, ...]:
    """What the other strategy writes for the sentence, as token numbers."""
    (trace,) = search(case.packed, *case.batch, other_than(case.strategy), case.translator.utf8)
    ids, _, _ = best_path(trace, len(case.source))
    return ids
