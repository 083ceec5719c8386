"""First sight: the answer to the first question is in the page, for those who ask nothing else."""

import time

import pytest

from s2s_demo import checkpoint
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.translator import Translator
from s2s_demo.ui.served.first import TABS, FirstSight
from s2s_demo.ui.tabs import TABS as LIVE_TABS
from s2s_demo.words import say, speaking

SOON = 30.0


@pytest.fixture
def first(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> FirstSight:
    monkeypatch.setattr(checkpoint, "available", lambda: [Question.model])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    entry = Entry(Question.model, "English to French", "", "", (0, 0, 0, ""))
    monkeypatch.setattr("s2s_demo.serving.library._entry", lambda name: entry)
    return FirstSight(Library())


def when_ready(first: FirstSight, address: str = "", language: str = "en") -> str:
    end = time.monotonic() + SOON
    while not first.html("", "en") and time.monotonic() < end:
        time.sleep(0.01)
    return first.html(address, language)


def test_the_first_answer_and_its_whole_search_are_in_the_html(first: FirstSight) -> None:
    html = when_ready(first)
    assert "S2S.firstSight({" in html
    assert f'"texts":["{Question.text}"]' in html


def test_nothing_in_it_is_found_in_place_of_what_is_live(first: FirstSight) -> None:
    html = when_ready(first)
    assert ' id="' not in html
    assert 'aria-hidden="true" inert' in html


def test_it_is_said_in_the_language_of_the_page(first: FirstSight) -> None:
    with speaking("zh"):
        title = say("page.title")
    assert title in when_ready(first, "lang=zh", "zh")


@pytest.mark.parametrize("address", ["text=A+dog.", "model=dates", "beam=3", "tab=train", "embed=1", "lang=zh&text=x"])
def test_who_asks_something_else_sees_no_answer_to_what_was_not_asked(address: str, first: FirstSight) -> None:
    assert when_ready(first, address) == ""


def test_where_nothing_can_be_answered_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "available", list)
    first = FirstSight(Library())
    time.sleep(0.2)
    assert first.html("", "en") == ""


def test_it_names_the_tabs_of_the_page() -> None:
    assert list(TABS) == list(LIVE_TABS)
