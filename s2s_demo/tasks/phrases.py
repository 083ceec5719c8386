"""A phrasebook of our own: greetings and courtesies, which people type first and corpora hardly hold."""

import csv
import random
from functools import lru_cache
from pathlib import Path

from s2s_demo.errors import check_choice
from s2s_demo.tasks.augment import NAMES, made_up_name
from s2s_demo.text import Pair

PLACES = ("Paris", "Berlin", "Madrid", "Oslo", "Boston", "Toronto", "Chicago", "Sydney")  # alike in en, fr and de
LANGUAGES = ("en", "fr", "de", "zh")


@lru_cache
def _rows() -> list[dict[str, str]]:
    with open(Path(__file__).with_name("phrasebook.tsv"), encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def phrases(source: str, target: str, chance: random.Random) -> list[Pair]:
    """Every phrase once, with a name, place and number drawn for it."""
    check_choice("language of the phrasebook", source, LANGUAGES)
    check_choice("language of the phrasebook", target, LANGUAGES)
    pairs = []
    for row in _rows():
        drawn = {
            "name": chance.choice(NAMES) if chance.random() < 0.8 else made_up_name(chance),
            "place": chance.choice(PLACES),
            "number": str(chance.randint(2, 12) if "o'clock" in row["en"] else chance.randint(2, 90)),
        }
        pairs.append(Pair(row[source].format(**drawn), row[target].format(**drawn)))
    return pairs
