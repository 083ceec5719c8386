"""Sentences that say when something is, with a date in place of "yesterday" or "last year".

Corpora hold few dates, and always the same ones; they hold many sentences in which one may stand.
"""

import random
import re
from collections.abc import Mapping
from typing import NamedTuple

from s2s_demo.tasks.phrases import a_date, a_month
from s2s_demo.text import Pair

_WORDS = {
    "day": (
        {"en": "yesterday", "fr": "hier", "de": "gestern", "zh": "昨天"},
        {"en": "today", "fr": "aujourd'hui", "de": "heute", "zh": "今天"},
        {"en": "tomorrow", "fr": "demain", "de": "morgen", "zh": "明天"},
    ),
    "month": (
        {"en": "last year", "fr": "l'an(?:née)? (?:dernière?|passée?)", "de": "(?:im )?letzte[sn] Jahr", "zh": "去年"},
        {"en": "this year", "fr": "cette année", "de": "(?:im )?diese[sm] Jahr", "zh": "今年"},
        {"en": "next year", "fr": "l'an(?:née)? prochaine?", "de": "(?:im )?nächste[sn] Jahr", "zh": "明年"},
        {"en": "last month", "fr": "le mois dernier", "de": "(?:im )?letzten Monat", "zh": "上个?月"},
        {"en": "next month", "fr": "le mois prochain", "de": "(?:im )?nächsten Monat", "zh": "下个?月"},
    ),
}
_WRITTEN = {
    "day": {"en": "on {}", "fr": "le {}", "de": "am {}", "zh": "{}"},
    "month": {"en": "in {}", "fr": "en {}", "de": "im {}", "zh": "{}"},
}
# What may stand neither before nor after such a word where a date takes its place as it is.
_NOT_BEHIND = {
    "en": "about after before between by for from like of since than till to until",
    "fr": "à avant de depuis dès jusqu'à pour que sur",
    "de": "ab als auf bis für in nach seit von vor wie zu",
    "zh": "到 从 在 前 后 是 比 像 于",
}
_NOT_BEFORE = {
    "en": "afternoon and at evening is morning night noon off or was will would",
    "fr": "après-midi est et était matin midi ou sera soir",
    "de": "abend früh ist mittag morgen nachmittag nacht oder und vormittag war wird",
    "zh": "早 晚 上 下 中 夜 的 是 和",
}


class _Place(NamedTuple):
    """Where a text says when: text[start:end], one word of those in `_WORDS[kind]`."""

    kind: str
    number: int
    start: int
    end: int


def with_a_date(pair: Pair, source: str, target: str, chance: random.Random) -> Pair | None:
    """The pair with the same date on both sides in place of its "yesterday" or "last year".

    None if it has no such word, more than one, or one in whose place no date can stand as it is.
    """
    here, there = _place(pair.source, source), _place(pair.target, target)
    if here is None or there is None or here[:2] != there[:2]:
        return None
    year = chance.randint(1900, 2035)
    date = a_month(chance, year) if here.kind == "month" else a_date(chance, year if chance.random() < 0.6 else None)
    return Pair(_put(pair.source, here, date, source), _put(pair.target, there, date, target))


def _place(text: str, language: str) -> _Place | None:
    found = [
        _Place(kind, number, *match.span())
        for kind, words in _WORDS.items()
        for number, forms in enumerate(words)
        for match in re.finditer(_alone(forms[language], language), text, re.IGNORECASE)
    ]
    if len(found) != 1:
        return None
    (only,) = found
    before, after = text[: only.start].casefold().rstrip(), text[only.end :].casefold().lstrip()
    is_chinese = language == "zh"
    last = before[-1:] if is_chinese else re.split(r"\s", before)[-1]
    following = re.match(r"\w?" if is_chinese else r"[\w-]*", after)
    assert following is not None
    unfit = last in _NOT_BEHIND[language].split() or following[0] in _NOT_BEFORE[language].split()
    return None if unfit else only


def _alone(word: str, language: str) -> str:
    return word if language == "zh" else rf"(?<![\w'’-])(?:{word})(?![\w'’-])"


def _put(text: str, place: _Place, date: Mapping[str, str], language: str) -> str:
    said = _WRITTEN[place.kind][language].format(date[language])
    if text[place.start].isupper():
        said = said[0].upper() + said[1:]
    return text[: place.start] + said + text[place.end :]
