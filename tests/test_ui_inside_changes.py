"""What a visitor changes on tab Inside, and how it is taken back."""

import pytest
from inside_cases import act, asked, payload, small_library
from pages import ask, event, is_skipped

from s2s_demo.explain import Drop, Uniform, Weigh, Write, what_if
from s2s_demo.serving.library import Library
from s2s_demo.ui.inside.acts import ACTS
from s2s_demo.ui.inside.handlers import on_act, on_sentence
from s2s_demo.ui.inside.link import MOST_EDITS


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    return small_library(monkeypatch)


def test_another_word_is_priced_as_explain_prices_it(library):
    first = asked(library)
    other = next(choice for choice in payload(first.step)["choices"] if not choice["written"])
    shown = act(library, first, "write", 1, piece=other["piece"])
    found = payload(shown.what_if)
    expected = what_if(first.reading.case, [Write(step=1, piece=other["piece"])])
    assert found["delta"] == pytest.approx(expected.delta, abs=1e-5)
    assert found["new_total"] == pytest.approx(expected.new.total_log_prob, abs=1e-5)
    assert [word["text"] for word in found["new"]] == [word.text for word in expected.new.words]
    assert len(found["edits"]) == 1


@pytest.mark.parametrize(
    ("what", "more", "kind"),
    [
        ("weigh", {"source": 1, "weight": 0.9}, Weigh),
        ("look", {"how": "uniform"}, Uniform),
        ("look", {"how": "uniform", "everywhere": True}, Uniform),
    ],
)
def test_another_look_is_shown_beside_the_models_own_and_can_be_undone(library, what, more, kind):
    first = asked(library)
    shown = act(library, first, what, 1, **more)
    (edit,) = shown.reading.edits
    assert isinstance(edit, kind)
    rows = payload(shown.step)["rows"]
    assert sum(row["weight"] for row in rows) == pytest.approx(1, abs=1e-5)
    assert [row["weight"] for row in rows] != pytest.approx([row["own"] for row in rows], abs=1e-3)
    before = {choice["piece"]: choice["log_prob"] for choice in payload(first.step)["choices"]}
    for choice in payload(shown.step)["choices"]:
        assert choice["was"] == pytest.approx(before.get(choice["piece"], choice["was"]), abs=1e-5)
    assert payload(first.step)["choices"][0]["was"] is None
    back = act(library, shown, "undo", 1, keep=0)
    assert payload(back.what_if) == payload(first.what_if)
    assert payload(back.step) == payload(first.step)


def test_a_bar_dragged_twice_is_one_change(library):
    shown = asked(library)
    for weight in (0.3, 0.9):
        shown = act(library, shown, "weigh", 1, source=1, weight=weight)
    assert shown.reading.edits == (Weigh(step=1, source=1, weight=0.9),)


@pytest.mark.parametrize(
    ("what", "more", "says"),
    [
        ("write", {"text": " "}, "please type a word"),
        ("write", {"piece": "nothing like it"}, "has no piece"),
        ("weigh", {"source": 99, "weight": 0.5}, "it must lie between 1 and"),
        ("weigh", {"source": 1, "weight": "much"}, "weight is 'much'"),
        ("look", {"how": "away"}, "away"),
        ("drop", {"source": None}, "source is none"),
    ],
)
def test_a_change_that_makes_no_sense_is_told_and_changes_nothing(library, what, more, says):
    shown = act(library, asked(library), what, **more)
    assert says in shown.message.lower()
    assert is_skipped(shown.reading)
    assert is_skipped(shown.step)


@pytest.mark.parametrize("step", [None, -3, 10**9, "2", 1.5])
def test_a_step_that_is_not_there_is_the_nearest(library, step):
    found = payload(act(library, asked(library), "step", step).step)
    assert found["step"] in (1, found["steps"])


def test_there_are_only_so_many_changes(library):
    shown = asked(library)
    shown = shown._replace(reading=shown.reading.under([Drop(source=1)] * MOST_EDITS))
    assert "undo one first" in act(library, shown, "drop", 1, source=1).message


def test_a_change_leaves_the_searches_of_the_sentence_as_they_are(library):
    assert is_skipped(act(library, asked(library), "drop", source=1).searches)


def test_nothing_is_done_before_anything_is_shown(library):
    for shown in (ask(on_act, library, event(act="undo"), None), ask(on_sentence, library, None, 1)):
        assert is_skipped(shown.step)
    assert set(ACTS) >= {"write", "weigh", "look", "drop", "undo"}
