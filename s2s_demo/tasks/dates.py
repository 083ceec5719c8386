"""Dates as people write them, put into one form: the classic first look at attention."""

import datetime
import random
import re
from dataclasses import dataclass

from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair

MONTHS = (
    "January February March April May June July August September October November December"
).split()  # not strftime, whose names depend on the machine's language
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
FORMS = (
    "{day} {Month} {year}",
    "{Weekday}, {Month} {nth} {year}",
    "{Month} {day}, {year}",
    "{Month} {nth}, {year}",
    "the {nth} of {Month} {year}",
    "{year} {Month} {day}",
    "{day}-{Mon}-{year}",
    "{Wday} {day} {Mon} {year}",
    "{dd} {MON} {year}",
    "{Weekday} the {nth} of {month} {year}",
    "{mon} {dd} {year}",
    "{year}, {nth} of {Month}",
)
TARGET_SPANS = {"year": (0, 4), "month": (5, 7), "day": (8, 10)}  # characters of "2021-05-03"

_MONTH = re.compile("|".join(f"{name}|{name[:3]}" for name in MONTHS), re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


@dataclass(frozen=True)
class Dates(MadeTask):
    """Dates in a dozen spellings, put into one form: "Monday, May 3rd 2021" becomes 2021-05-03.

    Year, month and day change places, so a sharp alignment jumps: each part of the target looks at
    its own part of the source, and nothing looks at the weekday.  A look may rest one character
    beside its word, often on the space before it: the network that reads backwards has just read the
    whole word there.  Held-out dates are never seen in training in any spelling.
    """

    first_year: int = setting(1900, low=1000, high=9999, what="first year", help="of the dates")
    last_year: int = setting(2099, low=1000, high=9999, what="last year", help="of the dates")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("last year", self.last_year, self.first_year, 9999)

    def make(self, chance: random.Random) -> Pair:
        first = datetime.date(self.first_year, 1, 1).toordinal()
        last = datetime.date(self.last_year, 12, 31).toordinal()
        date = datetime.date.fromordinal(chance.randint(first, last))
        return Pair(spell(date, chance.choice(FORMS)), date.isoformat())

    def secret(self, pair: Pair) -> str:
        return pair.target

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        spans = gold_spans(pair.source)
        return {(s, t) for name in spans for s in range(*spans[name]) for t in range(*TARGET_SPANS[name])}

    @property
    def own_examples(self) -> tuple[str, ...]:
        return (
            "Monday, May 3rd 2021",
            "the 14th of July 1989",
            "2004 February 29",
            "09 NOV 1989",
            "Thu 1 Jan 1970",
        )


def spell(date: datetime.date, form: str) -> str:
    """Write a date in one of FORMS."""
    month, weekday = MONTHS[date.month - 1], WEEKDAYS[date.weekday()]
    return form.format(
        year=f"{date.year:04}",
        day=date.day,
        dd=f"{date.day:02}",
        nth=ordinal(date.day),
        Month=month,
        month=month.lower(),
        Mon=month[:3],
        MON=month[:3].upper(),
        mon=month[:3].lower(),
        Weekday=weekday,
        Wday=weekday[:3],
    )


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, ... 11th, 12th, 13th, ..."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def gold_spans(source: str) -> dict[str, tuple[int, int]]:
    """Where year, month and day stand in a source: (first character, one past the last) of each.

    The gold alignment: the characters TARGET_SPANS of the answer come from these.  A recurrent encoder may
    carry a word to the character beside it, so allow a look to miss its span by one.
    """
    found = {"year": _YEAR.search(source), "month": _MONTH.search(source), "day": _DAY.search(source)}
    return {name: match.span() for name, match in found.items() if match}
