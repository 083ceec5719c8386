"""Tab Inside without a browser: what is shown are the numbers of `explain`, and what a visitor does changes them."""

import json
import re

import numpy as np
import pytest
from explain_cases import random_translator
from pages import ask, event, is_skipped

from s2s_demo import checkpoint
from s2s_demo.explain import Drop, Uniform, Weigh, Write, formulas, what_if
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question, parameters_of
from s2s_demo.ui.inside.acts import ACTS
from s2s_demo.ui.inside.handlers import TAB, on_act, on_ask, on_load, on_open, on_sentence
from s2s_demo.ui.inside.link import MOST_EDITS, link_of
from s2s_demo.ui.inside.shown import Shown
from s2s_demo.ui.parts.mathml import mathml
from s2s_demo.ui.tabs import TABS
from s2s_demo.ui.translate.handlers import on_return

MODELS = {
    "looks": {"decoder": "gnmt", "attention": "additive", "decoder_layers": 2},
    "none": {"decoder": "fixed", "attention": "none"},
}


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: list(MODELS))
    monkeypatch.setattr(checkpoint, "load", lambda name: random_translator(1, **MODELS[name]))
    return Library()


def asked(library: Library, text: str = "two dogs run", model: str = "looks") -> Shown:
    shown: Shown = ask(on_ask, library, *Question(text, model, "beam", {"beam_size": 3}).values())
    assert shown.message == ""
    return shown


def act(library: Library, shown: Shown, what: str, step: int = 2, **more: object) -> Shown:
    found: Shown = ask(on_act, library, event(act=what, step=step, **more), shown.reading)
    return found


def payload(value: str) -> dict:
    return json.loads(value)


def test_the_numbers_shown_are_those_of_the_records(library):
    shown = act(library, asked(library), "step", 2)
    found, inside = payload(shown.step), shown.reading.inside(2)
    assert (found["step"], found["steps"]) == (2, inside.steps)
    likeliest = [choice for choice in found["choices"] if choice["rank"] <= 10]
    assert [(c["piece"], c["logit"], c["log_prob"]) for c in likeliest] == [
        (piece.piece, piece.logit, piece.log_prob) for piece in inside.likeliest
    ]
    assert [c["piece"] for c in found["choices"] if c["written"]] == [inside.written.piece]
    assert found["others"] == inside.others
    assert found["query"]["values"] == pytest.approx(inside.query, abs=1e-4)
    assert found["context"]["values"] == pytest.approx(inside.context, abs=1e-4)
    assert len(found["knows"]) == 1 + len(inside.states_before)


def test_the_attention_shown_is_the_softmax_of_the_energies_shown(library):
    shown = asked(library, "two dogs run along the beach")
    rows = payload(shown.step)["rows"]
    powers = np.exp([row["energy"] for row in rows])
    assert powers / powers.sum() == pytest.approx([row["weight"] for row in rows], abs=1e-5)
    assert [row["word"] for row in rows] == [word.text for word in shown.reading.case.source_words]


def test_the_probabilities_of_the_words_are_those_of_their_steps(library):
    shown = asked(library)
    prices = [np.exp(facts.log_prob) for facts in shown.reading.facts]
    for word in payload(shown.step)["words"]:
        assert word["p"] == pytest.approx(np.prod([prices[step - 1] for step in word["steps"]]))


def test_a_model_without_attention_shows_no_look(library):
    shown = asked(library, model="none")
    found = payload(shown.step)
    assert (found["rows"], found["query"], found["context"]) == ([], None, None)
    assert {formula["part"] for formula in found["formulas"]} == {"encoder", "decoder", "output"}
    assert payload(shown.reasons)["badges"] == []
    assert "has no attention" in act(library, shown, "look", how="uniform").message


def test_another_word_is_priced_as_explain_prices_it(library):
    first = asked(library)
    other = next(choice for choice in payload(first.step)["choices"] if not choice["written"])
    shown = act(library, first, "write", 1, piece=other["piece"])
    found = payload(shown.what_if)
    expected = what_if(first.reading.case, [Write(step=1, piece=other["piece"])])
    assert (found["delta"], found["new_total"]) == (expected.delta, expected.new.total_log_prob)
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


def test_translate_takes_the_question_that_comes_back_and_keeps_its_own_otherwise(library):
    mine = Question("two dogs run", "looks", "beam")
    back = ask(on_return, library, "?text=a+man&model=looks&strategy=greedy", mine)
    assert (back.form.text, back.form.strategy) == ("a man", "greedy")
    assert back.shown.question.text == "a man"
    for address in ("", "?text=two+dogs+run&model=looks"):
        assert is_skipped(ask(on_return, library, address, mine).shown.picture)


def test_the_encoder_shows_what_it_knows_of_each_piece_and_not_of_what_is_dropped(library):
    shown = asked(library)
    found, pieces = payload(shown.encoder), shown.reading.inside(1).source
    for row, piece in zip(found["pieces"], pieces, strict=True):
        vectors = [piece.embedding, *piece.states.values(), piece.annotation]
        for drawn, vector in zip(row["vectors"], vectors, strict=True):
            assert drawn["values"] == pytest.approx(vector[: drawn["size"]], abs=1e-4)
    dropped = payload(act(library, shown, "drop", source=1).encoder)["pieces"][0]
    assert not any(dropped["vectors"][0]["values"])
    assert is_skipped(act(library, shown, "step", 2).encoder)


def test_each_head_has_a_row_of_source_words(library, monkeypatch):
    several = {"decoder": "transformer", "attention": "multi_head", "decoder_layers": 2}
    monkeypatch.setattr(checkpoint, "load", lambda name: random_translator(1, **several))
    shown = asked(library)
    found = payload(shown.step)
    assert [head["name"] for head in found["heads"]][:5] == [
        *(f"layer 1, head {head}" for head in (1, 2, 3, 4)),
        "layer 2, head 1",
    ]
    for head in found["heads"]:
        assert len(head["weights"]) == len(found["rows"])
        assert sum(head["weights"]) == pytest.approx(1, abs=1e-5)


def test_links_ask_a_class_of_this_step_and_of_a_search_that_can_be_chosen_from(library):
    asks = payload(asked(library).step)["asks"]
    assert asks["look"]["step"] == "1"
    assert "at" not in asks["look"]
    for kind in ("survivors", "beam"):
        assert (asks[kind]["beam"], asks[kind]["at"]) == ("2", "1")
        assert "step" not in asks[kind]
    assert "look" not in payload(asked(library, model="none").step)["asks"]


def test_stops_are_the_breakpoints(library):
    shown = asked(library)
    stops = {stop["name"]: stop["steps"] for stop in payload(shown.step)["stops"]}
    found = shown.reading.breakpoints
    assert stops == {
        "doubtful": list(found.doubtful),
        "entropy": list(found.undecided),
        "parting": [found.parting] if found.parting else [],
    }


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


def test_a_change_leaves_the_searches_of_the_sentence_as_they_are(library):
    assert is_skipped(act(library, asked(library), "drop", source=1).searches)


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


def test_nothing_can_be_wished_for_without_attention(library):
    shown = asked(library, model="none")
    assert not payload(shown.wish)["looks"]
    assert "has no attention" in act(library, shown, "wish", 1, text="chien").message


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


def test_each_number_is_computed_once(library, monkeypatch):
    shown = act(library, asked(library), "step", 2)
    monkeypatch.setattr("s2s_demo.ui.inside.reading.step", None)
    monkeypatch.setattr("s2s_demo.ui.inside.reading.strip", None)
    assert payload(act(library, shown, "step", 2).step) == payload(shown.step)


def test_nothing_is_done_before_anything_is_shown(library):
    for shown in (ask(on_act, library, event(act="undo"), None), ask(on_sentence, library, None, 1)):
        assert is_skipped(shown.step)
    assert set(ACTS) >= {"write", "weigh", "look", "drop", "undo"}


@pytest.mark.parametrize("name", MODELS)
def test_formulas_mark_the_symbols_that_are_drawn_and_no_letter_of_a_word(name):
    for formula in formulas(random_translator(1, **MODELS[name]).model):
        written = mathml(formula.latex)
        assert written.startswith('<math xmlns="http://www.w3.org/1998/Math/MathML"')
        assert "mathvariant" not in written
        assert set(re.findall(r"sym-(\w+)", written)) <= {"query", "memory", "energy", "alpha", "context"}
    assert '<mi class="sym-alpha">&#x003B1;</mi>' in mathml(r"\alpha = \mathrm{softmax}(e)")
    assert "<mi>softmax</mi>" in mathml(r"\alpha = \mathrm{softmax}(e)")
