"""Number sequences: find the rule and go on."""

import random
from dataclasses import dataclass

from s2s_demo.tasks.arithmetic import number_of_any_size
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair

SHOWN = 3  # numbers: two would not tell the rule
STEPS = (1, 2, 10)
LARGEST_FIRST, LARGEST_IN_TURN = 999, 99


@dataclass(frozen=True)
class Sequences(MadeTask):
    """The next number: "3 5 7" goes on with "9", "20 18 16" with "14", "4 18 4" with "18".

    Two of three count up or down, by 1, 2 or 10; the others take turns.  The alignment should rest on the last
    number, and look one further back where they take turns.
    """

    def make(self, chance: random.Random) -> Pair:
        *shown, following = chance.choice((_steps, _steps, _turns))(chance)
        return Pair(" ".join(map(str, shown)), str(following))

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        """The digits of the number that comes again; else those of the last in the same place, or its first."""
        first, _, last = pair.source.split()
        digits = len(pair.target)
        if first == last:
            return {(len(first) + 1 + t, t) for t in range(digits)}
        return {(len(pair.source) - min(digits - t, len(last)), t) for t in range(digits)}

    def secret(self, pair: Pair) -> str:
        """Few begin or end below ten: they are always shown, as the multiplication table is."""
        return pair.source if min(map(len, pair.source.split())) > 1 else ""

    @property
    def own_examples(self) -> tuple[str, ...]:
        return "3 5 7", "20 18 16", "4 18 4", "97 98 99"


def _steps(chance: random.Random) -> list[int]:
    step, first = chance.choice(STEPS), number_of_any_size(chance, 0, LARGEST_FIRST)
    rising = [first + step * number for number in range(SHOWN + 1)]
    return rising if chance.random() < 0.5 else rising[::-1]


def _turns(chance: random.Random) -> list[int]:
    one, other = (number_of_any_size(chance, 1, LARGEST_IN_TURN) for _ in range(2))
    return [one, other, one, other] if one != other else _turns(chance)
