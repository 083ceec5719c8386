"""Rows of letters, turned around or put in order: alignments a child can check."""

import random
import string
from dataclasses import dataclass
from typing import ClassVar

from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair


@dataclass(frozen=True)
class Letters(MadeTask):
    """Sources of `shortest` to `longest` random letters."""

    shortest: int = setting(2, low=1, high=100, what="shortest row of letters", help="letters of a source, at least")
    longest: int = setting(8, low=1, high=100, what="longest row of letters", help="letters of a source, at most")
    alphabet: ClassVar[str] = string.ascii_lowercase

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("longest row of letters", self.longest, self.shortest, 100)

    def draw(self, chance: random.Random) -> str:
        """A row of letters; every length is equally likely."""
        return "".join(chance.choices(self.alphabet, k=chance.randint(self.shortest, self.longest)))


@dataclass(frozen=True)
class Reverse(Letters):
    """Letters, written backwards: "abcde" becomes "edcba".  Nothing to know, all to look up.

    The alignment is the other diagonal: the first letter written looks at the last one read.
    """

    def make(self, chance: random.Random) -> Pair:
        source = self.draw(chance)
        return Pair(source, source[::-1])

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        return {(s, len(pair.source) - 1 - s) for s in range(len(pair.source))}

    @property
    def own_examples(self) -> tuple[str, ...]:
        return "abcde", "stressed", "racecar", "desserts"


@dataclass(frozen=True)
class Sort(Letters):
    """Letters, put in alphabetical order: "banana" becomes "aaabnn".

    The alignment hops to wherever the next letter stands; equal letters share their attention.
    """

    def draw(self, chance: random.Random) -> str:
        """A row of letters, every other one of few different letters: words repeat theirs."""
        row = super().draw(chance)
        if chance.random() < 0.5:
            return row
        few = chance.sample(self.alphabet, k=chance.randint(1, 5))
        return "".join(chance.choices(few, k=len(row)))

    def make(self, chance: random.Random) -> Pair:
        source = self.draw(chance)
        return Pair(source, "".join(sorted(source)))

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        return {(s, t) for s, letter in enumerate(pair.source) for t, same in enumerate(pair.target) if same == letter}

    @property
    def own_examples(self) -> tuple[str, ...]:
        return "banana", "cab", "zebra", "letters"
