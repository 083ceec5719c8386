"""What tab Inside is asked for by hand: searches, a reference, a wish, a file."""

import json

import pytest
from inside_cases import act, asked, payload, small_library
from pages import is_skipped

from s2s_demo.serving.library import Library
from tests.tools.instruments import limit_of, measured


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    return small_library(monkeypatch)


def test_searches_wait_to_be_asked_and_are_then_those_of_explain(library):
    first = asked(library)
    assert payload(first.searches)["rows"] == []
    shown = act(library, first, "searches", text="")
    found, lanes = payload(shown.searches), first.reading.lanes
    assert [row["name"] for row in found["rows"]] == ["Greedy", "Beam", "Sample", "Exact"]
    for row, lane in zip(found["rows"], lanes.lanes, strict=True):
        assert (row["total"], row["score"]) == (lane.translation.total_log_prob, lane.score)
        assert sum(word["price"] for word in row["words"]) == pytest.approx(row["total"], abs=1e-4)
        assert row["differs_at"] == (lane.differs_at or 0)
    assert f"{lanes.lanes[-1].nodes:,} nodes" in found["rows"][-1]["proof"]
    assert found["empty"] == str(lanes.empty)
    assert is_skipped(shown.step)


def test_a_reference_is_priced_word_by_word_and_judged(library):
    first = asked(library)
    found = payload(act(library, first, "searches", text=" un chien ").searches)
    judged = first.reading.verdict("un chien")
    assert found["verdict"] == str(judged.said)
    assert [word["price"] for word in found["rows"][-1]["words"]] == [w.log_prob for w in judged.reference.words]


def test_a_wish_shows_the_look_that_explain_finds(library):
    first = asked(library)
    found = payload(act(library, first, "wish", 2, text="chien").wish)
    wish = first.reading.document(2)["wish"]
    assert found["said"].count("chien") == 1
    assert sum(row["found"] for row in found["rows"]) == pytest.approx(sum(wish["found"]), abs=1e-5)
    assert [row["own"] for row in found["rows"]] != [row["found"] for row in found["rows"]]
    assert f"{100 * wish['moved']:.0f} %" in found["far"]
    assert payload(act(library, first, "step", 1).wish)["rows"] == []


def test_the_file_holds_all_that_is_shown_and_what_was_asked_for(library):
    shown = act(library, asked(library), "drop", source=1)
    act(library, shown, "wish", 2, text="chien")
    saved = payload(act(library, shown, "save", 2).download)
    document = json.loads(saved["content"])
    step = payload(act(library, shown, "step", 2).step)
    assert [each["log_prob"] for each in document["step"]["likeliest"]] == pytest.approx(
        [choice["log_prob"] for choice in step["choices"] if choice["rank"] <= 10], abs=1e-5
    )
    assert document["what_if"]["delta"] == pytest.approx(payload(shown.what_if)["delta"], abs=1e-5)
    assert document["what_if"]["edits"] == [{"name": "drop", "source": 1}]
    assert document["wish"]["text"] == "chien"
    assert {"steps", "breakpoints", "faithful", "doctor", "model", "source", "translation"} <= set(document)
    assert "lanes" not in document


def test_every_instrument_answers_a_sentence_of_twelve_words_at_once():
    """Within four times what `python -m tests.tools.instruments` allows: other work slows a processor down."""
    found = measured(Library(), "en-fr", 1)
    late = {name: cost for name, (cost,) in found.items() if cost > 4 * limit_of(name)}
    assert not late


def test_nothing_can_be_wished_for_without_attention(library):
    shown = asked(library, model="none")
    assert not payload(shown.wish)["looks"]
    assert "has no attention" in act(library, shown, "wish", 1, text="chien").message
