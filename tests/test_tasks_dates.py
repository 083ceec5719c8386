import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.tasks.dates import FORMS, MONTHS, TARGET_SPANS, WEEKDAYS, Dates, gold_spans, ordinal, spell

ANY_DATE = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
MAY = datetime.date(2021, 5, 3)


def test_there_are_at_least_eight_different_spellings_of_a_date() -> None:
    spellings = {spell(MAY, form) for form in FORMS}
    assert len(spellings) == len(FORMS) >= 8
    assert {"3 May 2021", "Monday, May 3rd 2021", "May 3, 2021", "the 3rd of May 2021", "3-May-2021"} <= spellings


@given(ANY_DATE, st.sampled_from(FORMS))
def test_a_spelling_says_its_date_and_no_other(date: datetime.date, form: str) -> None:
    text = spell(date, form)
    year = re.findall(r"\d{4}", text)
    day = re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    months = [i for i, name in enumerate(MONTHS, 1) if re.search(rf"\b{name[:3]}", text, re.IGNORECASE)]
    assert (year, [int(number) for number in day], months) == ([str(date.year)], [date.day], [date.month])


@given(ANY_DATE, st.sampled_from([form for form in FORMS if "day}" in form and ("Wday" in form or "Weekday" in form)]))
def test_the_weekday_is_the_true_one(date: datetime.date, form: str) -> None:
    named = [i for i, name in enumerate(WEEKDAYS) if re.search(rf"\b{name[:3]}(?:{name[3:]})?\b", spell(date, form))]
    assert named == [date.weekday()]


def test_targets_are_iso_dates_of_the_calendar() -> None:
    for pair in Dates().train(0, 1):
        assert datetime.date.fromisoformat(pair.target).isoformat() == pair.target


@given(ANY_DATE, st.sampled_from(FORMS))
def test_gold_spans_hold_the_part_they_name(date: datetime.date, form: str) -> None:
    source = spell(date, form)
    spans = gold_spans(source)
    said = {name: source[start:end] for name, (start, end) in spans.items()}
    assert said["year"] == str(date.year)
    assert int(said["day"]) == date.day
    assert said["month"].lower() in (MONTHS[date.month - 1].lower(), MONTHS[date.month - 1][:3].lower())


def test_the_month_of_march_is_its_whole_name() -> None:
    assert gold_spans("Monday, March 1st 2021")["month"] == (8, 13)


def test_target_spans_cut_an_iso_date_into_its_parts() -> None:
    assert {name: "2021-05-03"[start:end] for name, (start, end) in TARGET_SPANS.items()} == {
        "year": "2021",
        "month": "05",
        "day": "03",
    }


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (23, "23rd"), (30, "30th"), (31, "31st")],
)  # fmt: skip
def test_ordinals_end_as_they_are_spoken(number: int, said: str) -> None:
    assert ordinal(number) == said


def test_the_examples_are_true_dates_in_known_spellings() -> None:
    for source in Dates().examples:
        spans = gold_spans(source)
        year, day = (int(source[slice(*spans[name])]) for name in ("year", "day"))
        month = [name[:3].lower() for name in MONTHS].index(source[slice(*spans["month"])][:3].lower()) + 1
        assert source in {spell(datetime.date(year, month, day), form) for form in FORMS}
