"""A phrasebook of our own: greetings and courtesies, which people type first and corpora hardly hold."""

import csv
import random
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from s2s_demo.errors import check_choice
from s2s_demo.tasks.names import NAMES, NAMES_IN_CHINESE, PLACES, PLACES_IN_CHINESE, SURNAMES, made_up_name
from s2s_demo.text import Pair

LANGUAGES = ("en", "fr", "de", "zh")

_OTHER_SURNAMES = NAMES[NAMES.index("Anderson") :]


@lru_cache
def _rows() -> list[dict[str, str]]:
    with open(Path(__file__).with_name("phrasebook.tsv"), encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def phrases(source: str, target: str, chance: random.Random) -> list[Pair]:
    """Every phrase once, with names, a place and a number drawn for it.

    Where several phrases are one in the source language ("Bonjour !"), the first is its translation.
    """
    check_choice("language of the phrasebook", source, LANGUAGES)
    check_choice("language of the phrasebook", target, LANGUAGES)
    chinese, pairs = "zh" in (source, target), {}
    places = list(PLACES_IN_CHINESE if chinese else PLACES)
    for row in _rows():
        drawn = {
            "name": _name(NAMES_IN_CHINESE, NAMES, chance, chinese),
            "surname": _name(SURNAMES, _OTHER_SURNAMES, chance, chinese),
            "place": chance.choice(places),
            "number": str(chance.randint(2, 12) if "o'clock" in row["en"] else chance.randint(2, 90)),
        }
        if row[source] not in pairs:
            pairs[row[source]] = Pair(*(row[code].format(**_said(drawn, code)) for code in (source, target)))
    return list(pairs.values())


def _name(in_chinese: Collection[str], others: Collection[str], chance: random.Random, chinese: bool) -> str:
    """Seldom one nobody has heard of; half of those beside a Chinese text have a Chinese form."""
    if chance.random() < 0.2:
        return made_up_name(chance)
    return chance.choice(list(in_chinese if chinese and chance.random() < 0.5 else others))


def _said(drawn: dict[str, str], language: str) -> dict[str, str]:
    """The things drawn, as the language writes them."""
    if language != "zh":
        return drawn
    forms = {"name": NAMES_IN_CHINESE, "surname": SURNAMES, "place": PLACES_IN_CHINESE, "number": {}}
    return {blank: forms[blank].get(text, text) for blank, text in drawn.items()}
