"""One step in numbers: those that were computed, so that any of them can be computed again by hand."""

import json
import math

import numpy as np
import pytest
import torch
from explain_cases import EACH, FAMILY, LOOKING, case_of, named, random_translator

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam, Greedy, forced_log_probs
from s2s_demo.errors import SettingError
from s2s_demo.explain import Drop, Uniform, as_plain, breakpoints, formulas, open_case, overview, step
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.text import Batch


def softmax(values: np.ndarray) -> np.ndarray:
    powers = np.exp(values - values.max())
    return powers / powers.sum()


@pytest.mark.parametrize("settings", LOOKING, ids=named)
def test_every_number_of_a_look_can_be_computed_by_hand(settings):
    inside = step(case_of(**settings), 2)
    annotations = np.stack([piece.annotation for piece in inside.source])
    attention = ATTENTIONS[settings["attention"]]
    if settings["attention"] != "hard" and inside.alignment.sum():  # one place, whatever the energies; nothing at all
        assert softmax(inside.energies) * inside.alignment.sum() == pytest.approx(inside.alignment, abs=1e-6)
    if attention.sums_to_one:
        assert inside.alignment.sum() == pytest.approx(1, abs=1e-6)
    if attention is not MultiHead:  # whose heads take values of their own
        assert inside.alignment @ annotations == pytest.approx(inside.context, abs=1e-5)
    assert (inside.own_alignment == inside.alignment).all()


@pytest.mark.parametrize("settings", EACH, ids=named)
def test_features_give_logits_and_logits_give_the_price(settings):
    case = case_of(**settings)
    inside, output = step(case, 1), case.model.output
    logits = output.weight.numpy() @ inside.features + output.bias.numpy()
    if inside.p_gen is not None:
        copied = np.bincount(case.source, inside.alignment, minlength=len(logits))
        logits = np.log(inside.p_gen * softmax(logits) + (1 - inside.p_gen) * copied)
    log_probs = np.log(softmax(logits))
    for piece in [*inside.likeliest, inside.written]:
        assert piece.logit == pytest.approx(logits[piece.token], abs=1e-4)
        assert piece.log_prob == pytest.approx(log_probs[piece.token], abs=1e-4)
        assert piece.rank == 1 + (log_probs > log_probs[piece.token]).sum()
    assert [piece.rank for piece in inside.likeliest] == list(range(1, 11))
    assert inside.others == pytest.approx(1 - sum(math.exp(piece.log_prob) for piece in inside.likeliest), abs=1e-6)
    assert inside.entropy == pytest.approx(-(np.exp(log_probs) * log_probs).sum(), abs=1e-4)


@pytest.mark.parametrize("settings", FAMILY, ids=named)
def test_the_prices_of_all_steps_are_those_of_forced_decoding(settings):
    case = case_of(**settings)
    batch = Batch.of([(case.source[:-1], case.written[:-1])])
    log_probs, alignment = forced_log_probs(case.model, batch)
    for number in range(1, len(case.written) + 1):
        inside = step(case, number)
        assert inside.written.log_prob == pytest.approx(float(log_probs[0, number - 1]), abs=1e-5)
        assert inside.alignment == pytest.approx(alignment[0, number - 1].numpy(), abs=1e-5)


@pytest.mark.parametrize("settings", EACH, ids=named)
def test_a_step_begins_where_the_one_before_it_ended(settings):
    case = case_of(**settings)
    first, second = step(case, 1), step(case, 2)
    assert list(first.states_after) == list(second.states_before)
    for name, values in first.states_after.items():
        assert (values == second.states_before[name]).all()
    assert second.last_word == first.written.piece


def test_the_decoder_and_the_encoder_name_their_states():
    inside = step(case_of(decoder="gnmt", attention="additive", decoder_layers=2), 1)
    assert list(inside.states_before) == [
        *("lower 1", "lower 2", "upper 1", "upper 2"),
        *("lower 1 cell", "lower 2 cell", "upper 1 cell", "upper 2 cell"),
    ]
    fed = step(case_of(decoder="luong", attention="dot", input_feeding=True, cell="gru"), 1)
    assert list(fed.states_before) == ["state", "feed"]
    assert [set(piece.states) for piece in fed.source] == [{"forward", "backward"}] * len(fed.source)


def test_an_annotation_is_made_of_the_states_that_are_shown():
    case = case_of(decoder="luong", attention="dot")
    encoder = case.model.encoder
    for piece in step(case, 1).source:
        both = torch.tensor(np.concatenate([piece.states["forward"], piece.states["backward"]]))
        made = encoder.norm(encoder.bridge(both) + encoder.skip(torch.tensor(piece.embedding)))
        assert made.numpy() == pytest.approx(piece.annotation, abs=1e-5)


def test_nothing_stays_on_the_model():
    case = case_of(decoder="gnmt", attention="additive")
    modules, before = list(case.model.modules()), {name: set(vars(part)) for name, part in case.model.named_modules()}
    step(case, 2, [Uniform()])
    assert list(case.model.modules()) == modules
    assert {name: set(vars(part)) for name, part in case.model.named_modules()} == before


def test_a_model_that_never_looks_has_no_query_and_no_energies():
    inside = step(case_of(decoder="fixed", attention="none"), 1)
    assert inside.query is None
    assert inside.energies is None
    assert not inside.alignment.any()


def test_an_edited_look_is_shown_beside_the_models_own():
    case = case_of(decoder="luong", attention="general")
    inside = step(case, 2, [Uniform(step=2)])
    assert inside.alignment == pytest.approx(np.full(len(case.source), 1 / len(case.source)))
    assert inside.own_alignment == pytest.approx(softmax(inside.energies), abs=1e-6)


def test_a_record_is_plain_data_that_json_holds():
    plain = json.loads(json.dumps(as_plain(step(case_of(decoder="luong", attention="dot"), 2))))
    assert softmax(np.array(plain["energies"])) == pytest.approx(np.array(plain["alignment"]), abs=1e-5)
    assert plain["written"]["log_prob"] < 0


def test_what_is_infinite_is_null_in_json():
    plain = as_plain(step(case_of(decoder="luong", attention="dot"), 1, [Drop(source=1)]))
    assert plain["energies"][0] is None
    assert plain["alignment"][0] == 0
    assert "Infinity" not in json.dumps(plain)


@pytest.mark.parametrize("settings", EACH, ids=named)
def test_an_overview_says_of_every_step_what_the_step_says(settings):
    case = case_of(**settings)
    for facts in overview(case):
        inside = step(case, facts.step)
        assert (facts.piece, facts.log_prob) == (inside.written.piece, pytest.approx(inside.written.log_prob, abs=1e-5))
        assert facts.entropy == pytest.approx(inside.entropy, abs=1e-5)
        look = inside.alignment[inside.alignment > 0].astype(float)
        assert facts.look_entropy == pytest.approx(-(look * np.log(look)).sum(), abs=1e-5)
    assert len(overview(case)) == len(case.written)


@pytest.mark.parametrize("settings", EACH, ids=named)
def test_every_part_of_a_model_has_its_formulas(settings):
    found = formulas(random_translator(**settings).model)
    parts = {formula.part for formula in found}
    assert parts == {"encoder", "decoder", "output"} | ({"attention"} if settings["attention"] != "none" else set())
    assert all("=" in formula.latex and formula.left for formula in found)
    assert len({formula.latex for formula in found}) == len(found)


def test_a_kind_of_attention_that_defines_a_symbol_otherwise_does_not_show_the_usual_formula():
    found = formulas(random_translator(decoder="luong", attention="monotonic").model)
    lefts = [formula.left for formula in found if formula.part == "attention"]
    assert lefts == ["p_i", r"\alpha_{t,i}", "c"]


@pytest.mark.parametrize("settings", LOOKING, ids=named)
def test_softmax_stands_over_a_look_only_where_it_makes_the_weights_out_of_scores(settings):
    case = case_of(**settings)
    lefts = [formula.left for formula in formulas(case.translator.model) if formula.part == "attention"]
    assert (r"\alpha" in lefts or r"\alpha_t" in lefts) == step(case, 2).scored


def test_a_word_of_several_pieces_begins_at_its_first_step():
    case = case_of(decoder="luong", attention="dot").writing([*case_of().translator.tokenizer.encode("livre chat"), 3])
    first, second, end = case.written_words
    assert case.step_of(2) == second.positions[0] + 1 == len(first.positions) + 1
    assert case.steps_of(case.step_of(2)) == tuple(place + 1 for place in second.positions)
    assert case.step_of(3) == len(case.written) == end.positions[0] + 1


@pytest.mark.parametrize("number", [0, 99])
def test_a_step_that_was_never_taken_is_refused(number):
    with pytest.raises(SettingError, match=f"step is {number}; it must lie between 1 and"):
        step(case_of(), number)
    with pytest.raises(SettingError, match="number of the word"):
        case_of().step_of(number)


@pytest.mark.parametrize("name", ["en-fr", "reverse", "dates-none"])
def test_a_shipped_model_shows_the_numbers_of_its_own_search(name):
    translator = load(name, "cpu")
    text = {"en-fr": "A man sleeps.", "reverse": "abcde"}.get(name, "Monday, May 3rd 2021")
    (sentence,) = translator.translate(text, Greedy()).sentences
    case = open_case(translator, text, Greedy())
    path = sentence.tree.path(sentence.best.leaf)
    for node in path[:4]:
        inside = step(case, node.step)
        assert inside.written.log_prob == pytest.approx(node.log_prob, abs=1e-5)
        assert inside.alignment == pytest.approx(node.alignment, abs=1e-5)
        assert inside.likeliest[0].piece == node.token


def test_all_heads_of_all_layers_are_there_and_those_of_the_last_are_the_look_that_can_be_changed():
    case = case_of(decoder="transformer", attention="multi_head", decoder_layers=2)
    inside = step(case, 2)
    assert inside.layers == 2
    assert inside.heads.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert inside.heads[len(inside.heads) // 2 :].mean(axis=0) == pytest.approx(inside.alignment, abs=1e-6)
    changed = step(case, 2, [Uniform(step=2)])
    assert changed.heads[0] == pytest.approx(inside.heads[0], abs=1e-6)
    assert changed.heads[-4:].mean(axis=0) == pytest.approx(1 / len(case.source), abs=1e-5)
    assert step(case_of(decoder="luong", attention="dot"), 1).heads is None


@pytest.mark.parametrize("family", EACH, ids=named)
def test_breakpoints_are_the_steps_in_doubt_and_where_greedy_search_parts(family):
    case = case_of(strategy=Beam(size=3, max_length=8), **family)
    facts = overview(case)
    found = breakpoints(case, facts)
    assert found.doubtful == tuple(f.step for f in facts if math.exp(f.log_prob) < 0.5)
    assert found.undecided == tuple(f.step for f in facts if f.entropy > 1)
    firsts = [step(case, number).likeliest[0].token for number in range(1, len(case.written) + 1)]
    parts = [n for n, (one, other) in enumerate(zip(case.written, firsts, strict=True), start=1) if one != other]
    assert (found.parting, found.other) == (parts[0] if parts else None, "greedy")


def test_greedy_search_is_compared_with_a_beam():
    case = case_of(strategy=Greedy(), decoder="luong", attention="dot")
    assert breakpoints(case, overview(case)).other == "beam"
