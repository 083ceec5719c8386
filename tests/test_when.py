"""A date in place of "yesterday": the same on both sides, or none."""

import calendar
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.tasks.when import with_a_date
from s2s_demo.text import Pair

GERMAN = dict(
    zip(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
        calendar.month_name[1:],
        strict=True,
    )
)
ENGLISH = re.compile("|".join(GERMAN.values()))
SEEDS = st.integers(0, 10_000)


@given(SEEDS)
def test_a_day_becomes_a_date_that_both_sides_say(seed: int) -> None:
    pair = with_a_date(Pair("He came here yesterday.", "Er kam gestern hierher."), "en", "de", random.Random(seed))
    assert pair is not None
    english = ENGLISH.search(pair.source)
    german = re.fullmatch(r"Er kam am (\d+)\. (\w+)( \d{4})? hierher\.", pair.target)
    assert english is not None
    assert german is not None
    day, month, year = german.groups()
    assert re.match(r"He came here on .*\.$", pair.source)
    assert re.findall(r"\d+", pair.source) == [day, *([year.strip()] if year else [])]
    assert GERMAN[month] == english[0]


@given(SEEDS)
def test_a_year_becomes_a_month_of_one(seed: int) -> None:
    pair = with_a_date(Pair("L'année dernière, il a plu.", "It rained last year."), "fr", "en", random.Random(seed))
    assert pair is not None
    assert re.fullmatch(r"En \w+ \d{4}, il a plu\.", pair.source)
    assert re.fullmatch(r"It rained in \w+ \d{4}\.", pair.target)
    assert pair.source.split()[2][:4] == pair.target.rstrip(".").split()[-1]


@given(SEEDS)
def test_chinese_has_the_date_without_a_preposition(seed: int) -> None:
    pair = with_a_date(Pair("我明天去。", "Tomorrow I will go."), "zh", "en", random.Random(seed))
    assert pair is not None
    assert re.fullmatch(r"我(\d{4}年)?\d{1,2}月\d{1,2}[日号]去。", pair.source)
    assert re.fullmatch(r"On [^.]*\d[^.]* I will go\.", pair.target)


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("He is here.", "Il est là."),
        ("Come tomorrow.", "Viens aujourd'hui."),  # another day
        ("Yesterday is gone.", "Hier est passé."),
        ("Come tomorrow morning.", "Viens demain matin."),
        ("He stays until tomorrow.", "Il reste jusqu'à demain."),
        ("See you tomorrow!", "À demain !"),
        ("It is today's paper.", "C'est le journal d'aujourd'hui."),
        ("The day after tomorrow.", "Après-demain."),
        ("Today or tomorrow?", "Aujourd'hui ou demain ?"),
        ("Not yesterday, yesterday!", "Pas hier, hier !"),
    ],
)
def test_nothing_changes_where_a_date_cannot_stand_as_it_is(english: str, french: str) -> None:
    assert with_a_date(Pair(english, french), "en", "fr", random.Random(1)) is None


def test_a_sentence_that_begins_with_the_date_has_a_capital() -> None:
    pair = with_a_date(
        Pair("I am busy. Tomorrow I can.", "Je suis pris. Demain je peux."), "en", "fr", random.Random(2)
    )
    assert pair is not None
    assert ". On " in pair.source
    assert ". Le " in pair.target
