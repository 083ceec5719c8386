"""Plain English into Python expressions, from a small grammar."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair

LISTS = ("xs", "ys", "ages", "sizes", "prices")
MAPS = {
    "the squares of": "x ** 2",
    "the cubes of": "x ** 3",
    "the doubles of": "2 * x",
    "the halves of": "x / 2",
    "the absolute values of": "abs(x)",
}
KINDS = {"even": "x % 2 == 0", "odd": "x % 2 == 1", "positive": "x > 0", "negative": "x < 0"}
COMPARISONS = {"above": "x > {n}", "below": "x < {n}", "equal to": "x == {n}", "divisible by": "x % {n} == 0"}
FOLDS = {"the sum of": "sum", "the largest of": "max", "the smallest of": "min"}
WHOLES = {
    "the sum of the numbers in {list}": "sum({list})",
    "the largest number in {list}": "max({list})",
    "the smallest number in {list}": "min({list})",
    "how many numbers are in {list}": "len({list})",
    "the first {n} numbers in {list}": "{list}[:{n}]",
    "the last {n} numbers in {list}": "{list}[-{n}:]",
    "{list} without the first {n} numbers": "{list}[{n}:]",
    "{list} backwards": "{list}[::-1]",
    "{list} from small to large": "sorted({list})",
    "{list} from large to small": "sorted({list}, reverse=True)",
}


def numbers(chance: random.Random) -> tuple[str, str]:
    """Which numbers: ("the even numbers in xs", "for x in xs if x % 2 == 0")."""
    name = chance.choice(LISTS)
    loop = f"for x in {name}"
    form = chance.randrange(3)
    if form == 0:
        return f"the numbers in {name}", loop
    if form == 1:
        kind = chance.choice(list(KINDS))
        return f"the {kind} numbers in {name}", f"{loop} if {KINDS[kind]}"
    words, test = comparison(chance)
    return f"the numbers in {name} {words}", f"{loop} if {test}"


def comparison(chance: random.Random) -> tuple[str, str]:
    """("above 12", "x > 12") and the like."""
    words, n = chance.choice(list(COMPARISONS)), chance.randint(2, 99)
    return f"{words} {n}", COMPARISONS[words].format(n=n)


def listing(chance: random.Random) -> tuple[str, str]:
    """A new list: "the squares of the even numbers in xs"."""
    words, loop = numbers(chance)
    if " if " in loop and chance.random() < 0.4:
        return words, f"[x {loop}]"
    map_words = chance.choice(list(MAPS))
    return f"{map_words} {words}", f"[{MAPS[map_words]} {loop}]"


def folding(chance: random.Random) -> tuple[str, str]:
    """One number made of many: "the sum of the cubes of the numbers in xs"."""
    words, expression = listing(chance)
    fold = chance.choice(list(FOLDS))
    return f"{fold} {words}", f"{FOLDS[fold]}({expression[1:-1]})"


def counting(chance: random.Random) -> tuple[str, str]:
    """How many: "how many numbers in xs are above 12"."""
    name = chance.choice(LISTS)
    words, test = condition(chance)
    return f"how many numbers in {name} are {words}", f"sum({test} for x in {name})"


def asking(chance: random.Random) -> tuple[str, str]:
    """Yes or no: "are all numbers in xs even"."""
    name, which = chance.choice(LISTS), chance.choice(["all", "any"])
    words, test = condition(chance)
    return f"are {which} numbers in {name} {words}", f"{which}({test} for x in {name})"


def condition(chance: random.Random) -> tuple[str, str]:
    """A kind of number or a comparison."""
    if chance.random() < 0.5:
        return comparison(chance)
    kind = chance.choice(list(KINDS))
    return kind, KINDS[kind]


def whole(chance: random.Random) -> tuple[str, str]:
    """Something about a list as it stands: "the last 3 numbers in xs"."""
    words, expression = chance.choice(list(WHOLES.items()))
    name, n = chance.choice(LISTS), chance.randint(2, 99)
    return words.format(list=name, n=n), expression.format(list=name, n=n)


SAYINGS: tuple[Callable[[random.Random], tuple[str, str]], ...] = (listing, listing, folding, counting, asking, whole)


@dataclass(frozen=True)
class Python(MadeTask):
    """Plain English into Python: "the squares of the even numbers in xs" becomes a list comprehension.

    Code turns the sentence around, so the alignment does too: x ** 2 looks at "squares", the name after
    `in` looks at the end, and the condition looks back at "even".  Brackets and `for x` look nowhere in particular.
    Nothing that the model writes is ever run.
    """

    def make(self, chance: random.Random) -> Pair:
        return Pair(*chance.choice(SAYINGS)(chance))

    @property
    def tokenizer(self) -> tuple[str, int]:
        """Word pieces, so that the alignment speaks of words."""
        return "bpe", 600

    @property
    def own_examples(self) -> tuple[str, ...]:
        return (
            "the squares of the even numbers in xs",
            "the sum of the cubes of the numbers in ages above 42",
            "are all numbers in prices divisible by 5",
            "the last 3 numbers in ys",
        )
