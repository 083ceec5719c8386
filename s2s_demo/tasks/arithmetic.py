"""Sums and Roman numerals: digits in, symbols out."""

import random
from dataclasses import dataclass

from s2s_demo.settings import setting
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair

ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def number_of_any_size(chance: random.Random, smallest: int, largest: int) -> int:
    """From `smallest` (a digit) to `largest`; one digit is as likely as two, three, ..."""
    digits = chance.randint(1, len(str(largest)))
    return chance.randint(10 ** (digits - 1) if digits > 1 else smallest, min(largest, 10**digits - 1))


def roman(number: int) -> str:
    """1 to 3999 in Roman numerals."""
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


@dataclass(frozen=True)
class Roman(MadeTask):
    """Digits into Roman numerals: "1994" becomes "MCMXCIV".

    Each digit turns into up to four letters by itself, so the alignment is a staircase: MCMXCIV looks
    at 1, 9 9, 9 9, 4 4.  A nought becomes nothing and is passed over.
    """

    def make(self, chance: random.Random) -> Pair:
        number = number_of_any_size(chance, 1, 3999)
        return Pair(str(number), roman(number))

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        digits = pair.source
        letters = [roman(int(digit) * 10 ** (len(digits) - 1 - s)) for s, digit in enumerate(digits)]
        places = [s for s, written in enumerate(letters) for _ in written]
        return {(s, t) for t, s in enumerate(places)}

    def secret(self, pair: Pair) -> str:
        return pair.source if len(pair.source) > 1 else ""

    @property
    def own_examples(self) -> tuple[str, ...]:
        return "1994", "2021", "49", "3888"


@dataclass(frozen=True)
class Addition(MadeTask):
    """Sums of two numbers of up to `digits` digits: "127+58" becomes "185".

    Each digit of the answer needs the two digits of its place, and the carry from the right: a good
    alignment rests on two spots at once, and shows why carrying is hard from left to right.
    """

    digits: int = setting(3, low=1, high=30, what="number of digits", help="of each summand, at most")

    def make(self, chance: random.Random) -> Pair:
        left, right = (number_of_any_size(chance, 0, 10**self.digits - 1) for _ in range(2))
        return Pair(f"{left}+{right}", str(left + right))

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        """Both digits of the same place; for a carry in front of them, the first digits."""
        left, right = pair.source.split("+")
        ends = (len(left) - 1, len(pair.source) - 1)  # where the ones stand
        sizes = (len(left), len(right))
        found = set()
        for t in range(len(pair.target)):
            place = min(len(pair.target) - 1 - t, max(sizes) - 1)
            found |= {(end - place, t) for end, size in zip(ends, sizes, strict=True) if place < size}
        return found

    def secret(self, pair: Pair) -> str:
        """The same for 58+127 as for 127+58."""
        left, right = sorted(pair.source.split("+"))
        return f"{left}+{right}" if len(left) + len(right) > 2 else ""

    @property
    def own_examples(self) -> tuple[str, ...]:
        return "127+58", "999+1", "250+250", "64+8"
