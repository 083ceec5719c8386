"""Tab Inside without a browser: what is shown are the numbers of `explain`."""

import re

import numpy as np
import pytest
from explain_cases import random_translator
from inside_cases import MODELS, act, asked, payload, reasons, small_library
from pages import is_skipped

from s2s_demo import checkpoint
from s2s_demo.explain import formulas
from s2s_demo.serving.library import Library
from s2s_demo.ui.parts.mathml import mathml


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    return small_library(monkeypatch)


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


def test_a_pointer_says_how_probably_a_word_is_copied_and_by_which_formula(library, monkeypatch):
    monkeypatch.setattr(checkpoint, "load", lambda name: random_translator(1, attention="dot", pointer=True))
    shown = asked(library)
    found = payload(shown.step)
    assert found["p_gen"] == shown.reading.inside(found["step"]).p_gen
    assert 0 < found["p_gen"] < 1
    latex = [formula["latex"] for formula in found["formulas"] if formula["part"] == "output"]
    assert any(r"\sum_{i: x_i = w}" in one for one in latex)
    assert "sym-energy" not in "".join(map(mathml, latex))


@pytest.mark.parametrize("kind", ["monotonic", "multi_head"])
def test_where_no_energy_stands_behind_a_weight_its_logarithm_is_shown(library, monkeypatch, kind):
    monkeypatch.setattr(checkpoint, "load", lambda name: random_translator(1, attention=kind))
    found = payload(asked(library).step)
    assert not found["scored"]
    for row in found["rows"]:
        assert row["energy"] == (pytest.approx(np.log(row["weight"]), abs=1e-5) if row["weight"] else None)


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
    assert payload(reasons(library, shown).reasons)["badges"] == []
    assert "has no attention" in act(library, shown, "look", how="uniform").message


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


def test_stops_are_the_breakpoints(library):
    shown = asked(library)
    stops = {stop["name"]: stop["steps"] for stop in payload(shown.step)["stops"]}
    found = shown.reading.breakpoints
    assert stops == {
        "doubtful": list(found.doubtful),
        "entropy": list(found.undecided),
        "parting": [found.parting] if found.parting else [],
    }


def test_each_number_is_computed_once(library, monkeypatch):
    shown = act(library, asked(library), "step", 2)
    first = reasons(library, shown, 2)
    for name in ("walk_under", "forced", "strip"):
        monkeypatch.setattr(f"s2s_demo.ui.inside.reading.{name}", None)
    assert payload(act(library, shown, "step", 2).step) == payload(shown.step)
    assert payload(reasons(library, shown, 2).reasons) == payload(first.reasons)


@pytest.mark.parametrize("name", MODELS)
def test_formulas_mark_the_symbols_that_are_drawn_and_no_letter_of_a_word(name):
    for formula in formulas(random_translator(1, **MODELS[name]).model):
        written = mathml(formula.latex)
        assert written.startswith('<math xmlns="http://www.w3.org/1998/Math/MathML"')
        assert "mathvariant" not in written
        assert set(re.findall(r"sym-(\w+)", written)) <= {"query", "memory", "energy", "alpha", "context"}
    assert '<mi class="sym-alpha">&#x003B1;</mi>' in mathml(r"\alpha = \mathrm{softmax}(e)")
    assert "<mi>softmax</mi>" in mathml(r"\alpha = \mathrm{softmax}(e)")
