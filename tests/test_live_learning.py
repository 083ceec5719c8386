"""What the presets promise: a task learnt within its updates and seconds, and an alignment that one can check."""

import datetime

import numpy as np
import pytest
from live_presets import Answers, learn

from s2s_demo.tasks import make_task
from s2s_demo.tasks.dates import FORMS, TARGET_SPANS, gold_spans, spell
from s2s_demo.text import Pair

PROCESSOR_SECONDS = 60.0  # of training; about 10 on a core of one's own, twice that on a shared one


@pytest.fixture(scope="module")
def dates() -> Answers:
    """25 held-out dates in each of the twelve spellings."""
    held_out = list(dict.fromkeys(pair.target for pair in make_task("dates").test()))[:25]
    pairs = [Pair(spell(datetime.date.fromisoformat(date), form), date) for form in FORMS for date in held_out]
    assert len(pairs) == 300
    return learn("dates-in-seconds", pairs)


def test_dates_are_learnt_in_every_spelling(dates: Answers) -> None:
    assert dates.exact_match() >= 0.99
    assert dates.seconds < PROCESSOR_SECONDS


@pytest.mark.parametrize("part", TARGET_SPANS)
def test_each_figure_of_a_date_looks_at_the_part_it_comes_from(dates: Answers, part: str) -> None:
    (first, end), hits = TARGET_SPANS[part], list[bool]()
    for pair, translation in zip(dates.pairs, dates.translations, strict=True):
        start, stop = gold_spans(pair.source)[part]
        alignment = translation.sentences[0].best.alignment  # both sides begin with the space before the first word
        looked_at = alignment[1 + first : 1 + end].argmax(axis=1) - 1
        if part == "day" and stop - start == 1:
            looked_at = looked_at[1:]  # nothing in "3 May" stands for the 0 of 03
        hits += [start <= place < stop for place in looked_at]
    assert np.mean(hits) >= 0.95


def test_words_are_reversed_that_were_never_seen() -> None:
    task = make_task("reverse")
    found = learn("reverse-in-seconds", task.val() + task.test())
    assert found.exact_match() >= 0.99
    assert found.seconds < PROCESSOR_SECONDS
