"""Where translations part: word by word against the first lane.  Knows no Gradio."""

from collections.abc import Sequence

from s2s_demo.words import say

LONGEST_WORD = 30  # characters, in a note


def parting(first: Sequence[str], mine: Sequence[str]) -> int | None:
    """The place of the first word that differs; the shorter one's length if it is a beginning; None if equal."""
    for place, (one, other) in enumerate(zip(first, mine, strict=False)):
        if one != other:
            return place
    return None if len(first) == len(mine) else min(len(first), len(mine))


def describe(first: Sequence[str], mine: Sequence[str]) -> str:
    """How a lane differs from the first, in words."""
    place = parting(first, mine)
    if place is None:
        return say("compare.note.same")
    if place == len(mine):
        return say("compare.note.stops", word=place)
    if place == len(first):
        return say("compare.note.goes-on", word=place)
    return say("compare.note.parts", word=place + 1, mine=_clipped(mine[place]), first=_clipped(first[place]))


def _clipped(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…"


def preference(first: float, mine: float) -> str:
    """Which of two translations one model finds likelier, from Σ log p of each in nats."""
    nats = f"{abs(mine - first):.2f}"
    if nats == "0.00":
        return ""
    return say("compare.note.likes-more" if mine > first else "compare.note.likes-less", nats=nats)
