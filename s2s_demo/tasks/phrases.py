"""A phrasebook of our own: greetings and everyday talk, which people type first and corpora hardly hold.

`phrasebook.tsv` has a phrase in every language, with blanks such as {name}; `blanks.tsv` says what may fill them.
"""

import csv
import random
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from s2s_demo.errors import check_choice
from s2s_demo.tasks.dates import ordinal
from s2s_demo.tasks.names import NAMES, NAMES_IN_CHINESE, PLACES, PLACES_IN_CHINESE, SURNAMES, made_up_name
from s2s_demo.text import Pair

LANGUAGES = ("en", "fr", "de", "zh")

_OTHER_SURNAMES = NAMES[NAMES.index("Adams") :]
_Forms = Mapping[str, str]  # what each language writes


@lru_cache
def _rows(table: str = "phrasebook") -> list[dict[str, str]]:
    with open(Path(__file__).with_name(f"{table}.tsv"), encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


@lru_cache
def _listed() -> Mapping[str, list[dict[str, str]]]:
    """What may fill each blank that has a list: "day", "job", ..."""
    lists = defaultdict(list)
    for row in _rows("blanks"):
        lists[row["blank"]].append(row)
    return lists


@lru_cache
def _months() -> re.Pattern[str]:
    names = {month[code] for month in _listed()["month"] for code in LANGUAGES if code != "zh"}
    return re.compile(rf"\b(?:{'|'.join(sorted(names))})\b|月")


def names_a_month(text: str) -> bool:
    """Whether a month stands in a text, by its name in any language; Chinese has one sign for all."""
    return _months().search(text) is not None


def phrases(source: str, target: str, chance: random.Random) -> list[Pair]:
    """Every phrase once, its blanks filled at random.

    Where several phrases are one in the source language ("Bonjour !"), the first is its translation.
    """
    check_choice("language of the phrasebook", source, LANGUAGES)
    check_choice("language of the phrasebook", target, LANGUAGES)
    seen: set[str] = set()
    pairs: dict[str, Pair] = {}
    for row in _rows():
        drawn = _drawn(chance, chinese="zh" in (source, target), up_to=23 if "o'clock" in row["en"] else 90)
        if row[source] not in seen:
            pair = Pair(*(_filled(row[code], drawn, code) for code in (source, target)))
            pairs.setdefault(pair.source, pair)
        seen.add(row[source])
    return list(pairs.values())


def _drawn(chance: random.Random, chinese: bool, up_to: int) -> dict[str, _Forms]:
    """Something for every blank there is."""
    hour = chance.randint(2, 22)
    later, nth = chance.randint(hour + 1, 23), chance.randint(2, 31)
    places = list(PLACES_IN_CHINESE if chinese else PLACES)
    return {
        "name": _alike(_name(NAMES_IN_CHINESE, NAMES, chance, chinese), NAMES_IN_CHINESE),
        "surname": _alike(_name(SURNAMES, _OTHER_SURNAMES, chance, chinese), SURNAMES),
        "place": _alike(chance.choice(places), PLACES_IN_CHINESE),
        "number": _alike(str(chance.randint(2, up_to))),
        "small": _alike(str(chance.randint(2, 9))),
        "large": _alike(str(chance.randint(100, 999))),
        "phone": _alike(_phone(chance)),
        "year": _alike(str(chance.randint(1930, 2015))),
        "decade": _alike(str(chance.randrange(1920, 2020, 10))),
        "date": a_date(chance),
        "otherdate": a_date(chance),
        "fulldate": a_date(chance, year=chance.randint(1930, 2029)),
        "monthyear": a_month(chance, year=chance.randint(1930, 2029)),
        "time": _time(hour, chance.randrange(5, 60, 5)),
        "hour": _alike(str(hour)),
        "later": _alike(str(later)),
        "latertime": _time(later, chance.randrange(5, 60, 5)),
        "nth": {"en": ordinal(nth), "fr": f"{nth}e", "de": f"{nth}.", "zh": str(nth)},
        "other": _alike(_name(NAMES_IN_CHINESE, NAMES, chance, chinese), NAMES_IN_CHINESE),
        **{blank: chance.choice(fillings) for blank, fillings in _listed().items()},
    }


def _filled(text: str, drawn: Mapping[str, _Forms], language: str) -> str:
    """Without blanks, and with a capital: what fills a blank may have blanks of its own."""
    said = {blank: forms[language] for blank, forms in drawn.items()}
    while "{" in text:
        text = text.format(**said)
    return text[0].upper() + text[1:]


def _name(in_chinese: Collection[str], others: Collection[str], chance: random.Random, chinese: bool) -> str:
    """Seldom one nobody has heard of; half of those beside a Chinese text have a Chinese form."""
    if chance.random() < 0.2:
        return made_up_name(chance)
    return chance.choice(list(in_chinese if chinese and chance.random() < 0.5 else others))


def _alike(text: str, in_chinese: Mapping[str, str] | None = None) -> _Forms:
    """The same in every language, but for a form that Chinese may have."""
    return {**dict.fromkeys(LANGUAGES, text), "zh": (in_chinese or {}).get(text, text)}


def _phone(chance: random.Random) -> str:
    """Two to five groups of digits, as a number is written on a card: "06 12 34 56 78"."""
    lengths = chance.choice([(3, 4), (2, 2, 2, 2, 2), (4, 6), (3, 3, 4), (4, 3)])
    return " ".join("".join(chance.choice("0123456789") for _ in range(length)) for length in lengths)


def a_date(chance: random.Random, year: int | None = None) -> _Forms:
    """A day of a month, of a year if one is given; English has many ways to write it."""
    number = chance.randrange(12)
    day = chance.randint(1, monthrange(year or 2023, number + 1)[1])
    month = _listed()["month"][number]
    nth, after = ordinal(day), f" {year}" if year else ""
    ways = [f"{day} {month['en']}", f"{month['en']} {day}", f"{month['en']} {nth}", f"the {nth} of {month['en']}"]
    english = chance.choice(ways)
    comma = "," if after and english.startswith(month["en"]) and chance.random() < 0.8 else ""
    return {
        "en": f"{english}{comma}{after}",
        "fr": f"{'1er' if day == 1 else day} {month['fr']}{after}",
        "de": f"{day}. {month['de']}{after}",
        "zh": f"{f'{year}年' if year else ''}{number + 1}月{day}{'日' if chance.random() < 0.75 else '号'}",
    }


def a_month(chance: random.Random, year: int) -> _Forms:
    """A month of a year."""
    number = chance.randrange(12)
    month = _listed()["month"][number]
    return {**{code: f"{month[code]} {year}" for code in ("en", "fr", "de")}, "zh": f"{year}年{number + 1}月"}


def _time(hour: int, minute: int) -> _Forms:
    clock = f"{hour}:{minute:02}"
    return {
        "en": clock,
        "fr": f"{hour} h {minute:02}",
        "de": f"{clock} Uhr",
        "zh": f"{hour}点半" if minute == 30 else f"{hour}点{minute}分",
    }
