"""A phrasebook of our own: greetings and courtesies, which people type first and corpora hardly hold."""

import csv
import random
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from s2s_demo.errors import check_choice
from s2s_demo.tasks.augment import NAMES, made_up_name
from s2s_demo.text import Pair

LANGUAGES = ("en", "fr", "de", "zh")

# Written alike in English, French and German; after a consonant French needs no d' before them.
PLACES = {
    "Bangkok": "曼谷", "Berlin": "柏林", "Boston": "波士顿", "Budapest": "布达佩斯", "Chicago": "芝加哥",
    "Dublin": "都柏林", "Lima": "利马", "Liverpool": "利物浦", "Madrid": "马德里", "Manchester": "曼彻斯特",
    "Melbourne": "墨尔本", "Nairobi": "内罗毕", "Paris": "巴黎", "Stockholm": "斯德哥尔摩", "Sydney": "悉尼",
    "Toronto": "多伦多", "Vancouver": "温哥华",
}  # fmt: skip
# Names that have one usual form in Chinese; all others keep their letters there.
FIRST_NAMES = {
    "Adam": "亚当", "Albert": "阿尔伯特", "Alex": "亚历克斯", "Alice": "爱丽丝", "Anna": "安娜", "Ben": "本",
    "Carla": "卡拉", "Daniel": "丹尼尔", "David": "大卫", "Diana": "戴安娜", "Emma": "艾玛", "Eric": "埃里克",
    "Eva": "伊娃", "Frank": "弗兰克", "Helen": "海伦", "Henry": "亨利", "Jack": "杰克", "James": "詹姆斯",
    "Julia": "朱莉娅", "Kevin": "凯文", "Laura": "劳拉", "Leo": "利奥", "Linda": "琳达", "Lisa": "丽莎",
    "Maria": "玛丽亚", "Mark": "马克", "Max": "马克斯", "Michael": "迈克尔", "Nina": "尼娜", "Oliver": "奥利弗",
    "Patrick": "帕特里克", "Paul": "保罗", "Peter": "彼得", "Robert": "罗伯特", "Sarah": "莎拉", "Simon": "西蒙",
    "Thomas": "托马斯", "Victor": "维克多", "William": "威廉",
}  # fmt: skip
SURNAMES = {
    "Chen": "陈", "Huang": "黄", "Li": "李", "Liu": "刘", "Wang": "王", "Wu": "吴", "Yang": "杨", "Zhang": "张",
    "Zhao": "赵", "Johnson": "约翰逊", "Miller": "米勒", "Smith": "史密斯", "Wilson": "威尔逊",
}  # fmt: skip
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
    pairs = {}
    for row in _rows():
        drawn = {
            "name": _name(FIRST_NAMES, NAMES, chance, "zh" in (source, target)),
            "surname": _name(SURNAMES, _OTHER_SURNAMES, chance, "zh" in (source, target)),
            "place": chance.choice(list(PLACES)),
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
    forms = {"name": FIRST_NAMES, "surname": SURNAMES, "place": PLACES, "number": {}}
    return {blank: forms[blank].get(text, text) for blank, text in drawn.items()}
