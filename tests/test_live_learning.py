"""What the presets promise: a task learnt within its updates and seconds, and an alignment that one can check."""

import datetime
import time
from dataclasses import dataclass

import numpy as np
import pytest
from live_cases import finished

from s2s_demo.decoding import Greedy
from s2s_demo.live import PRESETS, Run
from s2s_demo.tasks import make_task
from s2s_demo.tasks.dates import FORMS, TARGET_SPANS, gold_spans, spell
from s2s_demo.text import Pair
from s2s_demo.translator import Translation

PROCESSOR_SECONDS = 60.0  # of training; about 10 on a core of one's own, twice that on a shared one


@dataclass(frozen=True)
class Answers:
    """Held-out pairs and what a preset's model made of them."""

    pairs: list[Pair]
    translations: list[Translation]

    @property
    def exact_match(self) -> float:
        made = zip(self.pairs, self.translations, strict=True)
        return sum(translation.text == pair.target for pair, translation in made) / len(self.pairs)


def learn(preset: str, pairs: list[Pair]) -> Answers:
    """Train as the page does, from the preset's first update to its last; then translate the pairs."""
    settings = PRESETS[preset]
    run, began = Run(settings, make_task(settings.task), judge_every=settings.updates), time.process_time()
    assert finished(run, seconds=600).view().update == settings.updates
    assert time.process_time() - began < PROCESSOR_SECONDS
    return Answers(pairs, run.translator().translate_all([pair.source for pair in pairs], Greedy()))


@pytest.fixture(scope="module")
def dates() -> Answers:
    """25 held-out dates in each of the twelve spellings."""
    held_out = list(dict.fromkeys(pair.target for pair in make_task("dates").test()))[:25]
    pairs = [Pair(spell(datetime.date.fromisoformat(date), form), date) for form in FORMS for date in held_out]
    assert len(pairs) == 300
    return learn("Dates, in seconds", pairs)


def test_dates_are_learnt_in_every_spelling(dates: Answers) -> None:
    assert dates.exact_match >= 0.99


@pytest.mark.parametrize("part", TARGET_SPANS)
def test_each_figure_of_a_date_looks_at_the_part_it_comes_from(dates: Answers, part: str) -> None:
    (first, end), hits = TARGET_SPANS[part], list[bool]()
    for pair, translation in zip(dates.pairs, dates.translations, strict=True):
        start, stop = gold_spans(pair.source)[part]
        alignment = translation.sentences[0].best.alignment  # both sides begin with the space before the first word
        looked_at = alignment[1 + first : 1 + end].argmax(axis=1) - 1
        hits += [start <= place < stop for place in looked_at]
    assert np.mean(hits) >= 0.95


def test_words_are_reversed_that_were_never_seen() -> None:
    task = make_task("reverse")
    assert learn("Reverse, in seconds", task.val() + task.test()).exact_match >= 0.99
