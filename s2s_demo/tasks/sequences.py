"""Number sequences: find the rule and go on."""

import random
from dataclasses import dataclass

from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair

LENGTH = 4  # numbers that are shown


@dataclass(frozen=True)
class Sequences(MadeTask):
    """The next number: "3 5 7 9" goes on with "11", "4 8 4 8" with "4".

    Some grow or fall by steps, some double, some take turns, some add up the two before.  The alignment rests on the
    last numbers, and looks further back where they take turns.
    """

    def make(self, chance: random.Random) -> Pair:
        *shown, following = chance.choice((_steps, _steps, _turns, _doubles, _sums))(chance)
        return Pair(" ".join(map(str, shown)), str(following))

    @property
    def own_examples(self) -> tuple[str, ...]:
        return "3 5 7 9", "4 8 4 8", "3 6 12 24", "2 3 5 8", "40 35 30 25"


def _steps(chance: random.Random) -> list[int]:
    step, first = chance.randint(1, 9), chance.randint(0, 40)
    rising = [first + step * number for number in range(LENGTH + 1)]
    return rising if chance.random() < 0.5 else rising[::-1]


def _turns(chance: random.Random) -> list[int]:
    one, other = chance.sample(range(1, 60), k=2)
    return [one, other] * (LENGTH // 2) + [one]


def _doubles(chance: random.Random) -> list[int]:
    first = chance.randint(1, 30)
    return [first * 2**number for number in range(LENGTH + 1)]


def _sums(chance: random.Random) -> list[int]:
    numbers = [chance.randint(1, 15), chance.randint(1, 15)]
    while len(numbers) <= LENGTH:
        numbers.append(numbers[-1] + numbers[-2])
    return numbers
