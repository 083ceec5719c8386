"""Addresses of a step: what they open, and which are offered."""

import json

import pytest
from inside_cases import act, asked, payload, small_library
from pages import ask, is_skipped

from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question, parameters_of
from s2s_demo.ui.inside.handlers import TAB, on_load, on_open, on_sentence
from s2s_demo.ui.inside.link import link_of
from s2s_demo.ui.tabs import TABS
from s2s_demo.ui.translate.handlers import on_return


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    return small_library(monkeypatch)


def test_a_link_opens_the_tab_at_the_step_under_the_same_changes(library):
    changed = act(library, asked(library, "two dogs run. A man is reading."), "look", 2, how="uniform")
    link = link_of(changed.reading, 2)
    opened = ask(on_load, library, **link)
    assert opened.tabs.selected == TAB
    assert TAB in TABS
    assert opened.form.text == "two dogs run. A man is reading."
    assert opened.shown.reading.edits == changed.reading.edits
    assert payload(opened.shown.step) == payload(changed.step)


def test_a_link_without_a_step_leaves_the_tab_alone(library):
    opened = ask(on_load, library, text="two dogs run")
    assert is_skipped(opened.tabs)
    assert is_skipped(opened.shown.step)


@pytest.mark.parametrize("edits", ["[", '[{"name": "drop"}]', "7", '[{"name": "away"}]'])
def test_changes_in_a_link_that_make_no_sense_are_left_out(library, edits):
    opened = ask(on_load, library, text="two dogs run", model="looks", step="1", edits=edits)
    assert opened.shown.reading.edits == ()
    assert payload(opened.shown.what_if)["edits"] == []


def test_changes_of_another_sentence_are_told_and_left_out(library):
    edits = json.dumps([{"name": "drop", "source": 40}])
    opened = ask(on_load, library, text="two dogs run", model="looks", step="1", edits=edits)
    assert "source word is 40" in opened.shown.message
    assert opened.shown.reading.edits == ()


def test_the_tab_opens_with_what_the_address_asks_and_keeps_what_is_there(library):
    address = "?text=two+dogs+run&model=looks&beam=3"
    opened = ask(on_open, library, address, None)
    assert opened.shown.reading.question.text == "two dogs run"
    again = ask(on_open, library, address, opened.shown.reading)
    assert is_skipped(again.shown.step)
    other = ask(on_open, library, "?text=a+man&model=looks", opened.shown.reading)
    assert payload(other.shown.step)["source"] == "a man"


def test_the_tab_opens_at_the_step_and_the_hypothesis_that_another_tab_names(library):
    address = "?text=two+dogs+run&model=looks&beam=3&hypothesis=2&step=2"
    opened = ask(on_open, library, address, None).shown
    assert payload(opened.step)["step"] == 2
    assert opened.reading.hypothesis == 1
    assert opened.reading.case.written != asked(library).reading.case.written
    assert link_of(opened.reading, 2)["hypothesis"] == "2"
    again = ask(on_open, library, address.replace("step=2", "step=1"), opened.reading).shown
    assert payload(again.step)["step"] == 1
    assert is_skipped(again.what_if)
    other = ask(on_open, library, address.replace("hypothesis=2", "hypothesis=1"), opened.reading).shown
    assert other.reading.hypothesis == 0


def test_a_step_asked_for_before_the_tabs_own_event_comes_is_kept(library):
    address = "?text=two+dogs+run&model=looks&strategy=greedy&step=2"
    opened = ask(on_load, library, **parameters_of(address)).shown
    moved = act(library, opened, "step", 1)
    assert payload(moved.step)["step"] == 1
    late = ask(on_open, library, address, opened.reading)  # was under way since the page opened
    assert is_skipped(late.shown.step)
    later = ask(on_open, library, address, opened.reading)  # somebody comes from a word of the picture
    assert payload(later.shown.step)["step"] == 2


def test_translate_takes_the_question_that_comes_back_and_keeps_its_own_otherwise(library):
    mine = Question("two dogs run", "looks", "beam")
    back = ask(on_return, library, "?text=a+man&model=looks&strategy=greedy", mine)
    assert (back.form.text, back.form.strategy) == ("a man", "greedy")
    assert back.shown.question.text == "a man"
    for address in ("", "?text=two+dogs+run&model=looks"):
        assert is_skipped(ask(on_return, library, address, mine).shown.picture)


def test_links_ask_a_class_of_this_step_and_of_a_search_that_can_be_chosen_from(library):
    asks = payload(asked(library).step)["asks"]
    assert asks["look"]["step"] == "1"
    assert "at" not in asks["look"]
    for kind in ("survivors", "beam"):
        assert (asks[kind]["beam"], asks[kind]["at"]) == ("2", "1")
        assert "step" not in asks[kind]
    assert "look" not in payload(asked(library, model="none").step)["asks"]


def test_what_is_no_address_asks_for_nothing():
    assert parameters_of(None) == parameters_of("") == {}
    assert parameters_of("?a=1&b=x+y") == {"a": "1", "b": "x y"}


def test_another_sentence_of_the_text_can_be_chosen(library):
    shown = asked(library, "Two dogs run. A man is reading a book.")
    assert shown.sentence["visible"]
    second = ask(on_sentence, library, shown.reading, 1)
    assert second.reading.sentence == 1
    assert payload(second.step)["source"].startswith("A man")
    assert link_of(second.reading, 1)["sentence"] == "2"
