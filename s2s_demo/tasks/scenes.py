"""Captions of pictures that nobody took, in English and Chinese: Multi30k has none in Chinese.

`scenes.tsv` has people, animals, clothes, what they do and where; Chinese says where before what is done,
and after how one stands or sits.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from s2s_demo.errors import DataError
from s2s_demo.text import Pair

_NUMBERS = {"Two": "两", "Three": "三", "Four": "四", "Some": "一些", "A group of": "一群"}


def scenes(source: str, target: str, chance: random.Random) -> Pair:
    """One caption and its translation."""
    if {source, target} != {"en", "zh"}:
        raise DataError("corpus.scenes", source=source, target=target)
    english, chinese = _caption(chance)
    return Pair(english, chinese) if source == "en" else Pair(chinese, english)


@lru_cache
def listed() -> Mapping[str, list[dict[str, str]]]:
    """The rows of each kind."""
    lists = defaultdict(list)
    with open(Path(__file__).with_name("scenes.tsv"), encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            lists[row["kind"]].append(row)
    return lists


def _caption(chance: random.Random) -> tuple[str, str]:
    """Who, in what, does what, where."""
    is_animal = chance.random() < 0.2
    who = _drawn("animal" if is_animal else "person", chance)
    number = chance.choice([*_NUMBERS]) if chance.random() < 0.3 else ""
    worn = ("", "") if is_animal or number or chance.random() < 0.4 else _worn(chance)
    english = f"{number} {who['plural']} are" if number else f"{_article(who['en']).capitalize()} {worn[0]}is"
    counted = _NUMBERS.get(number, "一") + ("" if number in ("Some", "A group of") else who["measure"])
    done = _done(is_animal, chance)
    return f"{english} {done[0]}", f"{counted}{worn[1]}{who['zh']}{done[1]}"


def _worn(chance: random.Random) -> tuple[str, str]:
    """What somebody has on."""
    colour, garment = _drawn("colour", chance), _drawn("garment", chance)
    article = _article(f"{colour['en']} {garment['en']}")
    verb = garment["measure"] + chance.choice(["", "着"])
    return f"in {article} ", f"{verb}{colour['zh']}{chance.choice(['', '的'])}{garment['zh']}的"


def _done(is_animal: bool, chance: random.Random) -> tuple[str, str]:
    """What goes on, and where."""
    if chance.random() < 0.35:
        posture, spot = _drawn("posture", chance), _drawn("spot", chance)
        return f"{posture['en']} {spot['en']}.", f"{posture['zh']}在{spot['zh']}。"
    deed = _drawn("frolic" if is_animal else "activity", chance)
    now = chance.choice(["", "", "正"])
    if chance.random() < 0.3:
        return f"{deed['en']}.", f"{now and '正在'}{deed['zh']}。"
    place = _drawn("place", chance)
    return f"{deed['en']} {place['en']}.", f"{now}在{place['zh']}{deed['zh']}。"


def _drawn(kind: str, chance: random.Random) -> dict[str, str]:
    return chance.choice(listed()[kind])


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
