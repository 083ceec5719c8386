"""Sentiment: a small review in, one word out."""

import random
from collections.abc import Set
from dataclasses import dataclass

from s2s_demo.tasks.spoken import Spoken
from s2s_demo.text import Pair

_GOOD = "lovely excellent friendly delicious clean bright quick cosy".split()
_BAD = "awful cold rude dirty dull noisy slow stale".split()
_THINGS = "soup waiter room music view service bread film story hotel".split()


@dataclass(frozen=True)
class Sentiment(Spoken):
    """One word about a review: "the soup was cold but the waiter was not rude" is "positive".

    What stands after "but" decides, and "not" turns it round.  The alignment of the one word shows what decides: an
    adjective, and the "not" before it.
    """

    def make(self, chance: random.Random) -> Pair:
        clauses = [self._clause(chance) for _ in range(chance.randint(1, 2))]
        if len(clauses) == 1:
            return Pair(*clauses[0])
        (first, verdict), (second, other) = clauses
        if verdict == other:
            return Pair(f"{first} and {second}", verdict)
        return Pair(f"{first} but {second}", other)

    def _clause(self, chance: random.Random) -> tuple[str, str]:
        good, negated = chance.random() < 0.5, chance.random() < 0.3
        word = chance.choice(_GOOD if good else _BAD)
        said = f"the {chance.choice(_THINGS)} was {'not ' * negated}{'very ' * (chance.random() < 0.2)}{word}"
        return said, "positive" if good != negated else "negative"

    def origins(self, source: list[str], target: list[str]) -> list[Set[int]]:
        after = source.index("but") if "but" in source else 0
        return [{place for place, word in enumerate(source) if place >= after and word in (*_GOOD, *_BAD, "not")}]

    @property
    def own_examples(self) -> tuple[str, ...]:
        return (
            "the soup was cold but the waiter was not rude",
            "the view was lovely and the bread was delicious",
            "the film was not very bright",
        )
