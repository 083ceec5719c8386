"""One sentence after two prefixes, at every moment that was kept, as data for the browser."""

from typing import TypedDict

from s2s_demo.live import LaneView, TwoPrefixes
from s2s_demo.signals.document import brief


class PrefixesMoment(TypedDict):
    """The two rows after an update; `parts` is the first place where they differ; losses in nats per token."""

    update: int
    after_gold: tuple[str, ...]
    after_own: tuple[str, ...]
    parts: int | None
    gold_loss: float
    own_loss: float


class PrefixesLane(TypedDict):
    """The rows of one model, oldest first, and what it should write; `by_letter` says what its words are."""

    name: str
    by_letter: bool
    source: str
    gold: tuple[str, ...]
    rows: list[PrefixesMoment]


def prefixes_lane(lane: LaneView, name: str, whole: bool) -> PrefixesLane:
    """All rows of a model that has been judged, or the latest alone."""
    kept = lane.two_prefixes
    return PrefixesLane(
        name=name,
        by_letter=lane.by_letter,
        source=brief(kept[-1].source),
        gold=kept[-1].gold,
        rows=[_moment(two) for two in (kept if whole else kept[-1:])],
    )


def _moment(two: TwoPrefixes) -> PrefixesMoment:
    return PrefixesMoment(
        update=two.update,
        after_gold=two.after_gold,
        after_own=two.after_own,
        parts=two.divergence,
        gold_loss=round(two.gold_loss, 3),
        own_loss=round(two.own_loss, 3),
    )
