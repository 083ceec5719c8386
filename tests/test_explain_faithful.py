"""Three explanations of a word: each computed rightly, and right where the truth is known."""

import itertools
import json

import numpy as np
import pytest
import torch
from explain_cases import EACH, case_of, named
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.checkpoint import load, save_checkpoint
from s2s_demo.decoding import Greedy
from s2s_demo.explain import PLANTED, Case, Drop, as_plain, open_case, planted, strip, what_if
from s2s_demo.explain.faithful import gradient_times_input, gradients, kendall_tau, occlusions, prices_of, sentence_on
from s2s_demo.explain.planted import COLOURS
from s2s_demo.explain.walk import Twin, Walk, prices
from s2s_demo.text import EOS, pad_sources

NUMBERS = st.lists(st.integers(-3, 3), min_size=2, max_size=7)


@given(st.integers(0, 999))
def test_the_shares_of_a_linear_value_sum_to_it_less_its_constant(seed):
    chance = torch.Generator().manual_seed(seed)
    x, weights = (torch.randn(4, 3, generator=chance) for _ in range(2))
    shares = gradient_times_input(lambda x: (x * weights).sum() + 7.0, x)
    assert shares.tolist() == pytest.approx((x * weights).sum(dim=-1).tolist(), abs=1e-5)
    assert float(shares.sum()) == pytest.approx(float((x * weights).sum() + 7.0) - 7.0, abs=1e-5)


@pytest.mark.parametrize("family", EACH, ids=named)
def test_a_gradient_says_what_a_small_change_of_a_word_changes(family):
    case, small = case_of(**family), 1e-2
    model, (source, mask) = case.model, case.batch
    shares = gradients(case, [1])
    with torch.no_grad():
        embedded = model.embed(model.source_embedding, source)

        def price(scale: float) -> float:
            changed = embedded.clone()
            changed[0, list(case.source_words[0].positions)] *= scale
            read = model.embed(model.target_embedding, case.target_in)
            features, look = model.decoder.run(read, model.read(changed, mask))
            logits = model.logits(features, model.pointed(features, read, look), source)
            return float(torch.log_softmax(logits[0, 1], dim=-1)[case.written[1]])

        assert shares[0] == pytest.approx((price(1 + small) - price(1 - small)) / (2 * small), abs=0.02, rel=0.05)


@pytest.mark.parametrize("family", EACH, ids=named)
def test_an_occlusion_is_what_the_word_costs_without(family):
    case = case_of(**family)
    log_probs, _, worth = occlusions(case)
    assert worth.shape == (len(case.source_words), len(case.written))
    for row, word in enumerate(case.source_words):
        dropped = torch.zeros_like(case.batch[1])
        dropped[0, list(word.positions)] = True
        without = prices(Walk(case, None, dropped).to(len(case.written)), case.written)
        assert worth[row] == pytest.approx(log_probs - np.array(without), abs=1e-4)


@pytest.mark.parametrize("family", EACH, ids=named)
def test_leaving_out_what_is_masked_changes_nothing(family):
    case = case_of(**family)
    source, mask = pad_sources([case.row, (*case.row, *case.row[:2])])  # the first has padding
    padding = torch.zeros_like(mask)
    padding[0] = ~mask[0]
    kept, left_out = (
        prices_of(twin, case, twin.encode(source, mask)) for twin in (Twin(case.model), Twin(case.model, None, padding))
    )
    assert kept.tolist() == left_out.tolist()


@pytest.mark.parametrize("family", EACH, ids=named)
def test_what_occlusion_says_is_what_a_what_if_charges(family):
    case = case_of(strategy=Greedy(max_length=8), **family)
    found = what_if(case, [Drop(source=1)])
    if not found.changed:
        assert occlusions(case)[2][0].sum() == pytest.approx(-found.edited_delta, abs=1e-4)
    assert strip(case, 1).log_prob == pytest.approx(sum(found.old.log_probs[p - 1] for p in strip(case, 1).steps))


@given(NUMBERS, NUMBERS)
def test_kendalls_tau_is_its_definition(one, other):
    width = min(len(one), len(other))
    a, b = np.array(one[:width], float), np.array(other[:width], float)
    signs = [(np.sign(a[i] - a[j]), np.sign(b[i] - b[j])) for i, j in itertools.combinations(range(width), 2)]
    untied = [sum(1 for pair in signs if pair[side]) for side in (0, 1)]
    expected = sum(x * y for x, y in signs) / (untied[0] * untied[1]) ** 0.5 if all(untied) else 0.0
    assert kendall_tau(a, b) == pytest.approx(expected)
    assert -1 - 1e-9 <= kendall_tau(a, b) <= 1 + 1e-9


def test_the_same_order_agrees_and_the_opposite_one_does_not():
    assert kendall_tau(np.array([1.0, 2, 3]), np.array([10.0, 20, 21])) == pytest.approx(1)
    assert kendall_tau(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])) == pytest.approx(-1)


def test_a_word_of_several_pieces_is_explained_whole():
    case = case_of(decoder="luong", attention="dot")
    case = case.writing([*case.translator.tokenizer.encode("livre un"), EOS])
    found = strip(case, 2)
    assert (found.word, found.steps) == ("livre", case.steps_of(1))
    assert found.attention.sum() == pytest.approx(1, abs=1e-5)
    assert json.loads(json.dumps(as_plain(found)))["said"]["text"]


def test_without_attention_two_explanations_are_left():
    found = strip(case_of(decoder="fixed", attention="none"), 1)
    assert found.attention is None
    assert [agreement.between for agreement in found.agreements] == [("gradient", "occlusion")]
    assert found.said.key == "explain.faithful.no-attention"


# Planted truth

PLACES = [("the {} bird sings here", 1), ("a cat sleeps under the {} tree today", 5), ("{} house", 0)]


def planted_case(name: str, sentence: str, colour: str) -> Case:
    return open_case(planted(name), sentence.format(colour), Greedy())


@pytest.mark.parametrize("colour", COLOURS[::2])
@pytest.mark.parametrize(("sentence", "place"), PLACES)
@pytest.mark.parametrize("name", PLANTED)
def test_a_strip_finds_the_reason_that_was_planted(name, sentence, place, colour):
    case = planted_case(name, sentence, colour)
    assert case.text(case.written) == colour
    found = strip(case, 1)
    assert found.source[place] == colour
    assert found.gradient.argmax() == found.occlusion.argmax() == place
    others = np.delete(found.occlusion, place)
    assert found.occlusion[place] > 1
    assert np.abs(others).max() < 0.01


@pytest.mark.parametrize(("sentence", "place"), PLACES)
def test_where_attention_is_the_truth_the_strip_says_so_and_where_it_is_uniform_too(sentence, place):
    honest = strip(planted_case("planted-attention", sentence, "green"), 1)
    assert honest.attention[place] > 0.95
    assert honest.said.key == "explain.faithful.agree"
    assert all(agreement.same_top for agreement in honest.agreements)
    uniform = strip(planted_case("planted-state", sentence, "green"), 1)
    assert uniform.attention == pytest.approx(np.full(len(uniform.source), 1 / len(uniform.source)), abs=1e-6)
    assert uniform.said.key == "explain.faithful.even"
    assert uniform.said.facts["hung"] == "green"


@pytest.mark.parametrize(
    ("attention", "gradient", "occlusion", "key"),
    [
        ([0.7, 0.2, 0.1], [3, 1, 2], [5, 2, 1], "agree"),
        ([0.7, 0.2, 0.1], [1, 3, 2], [5, 2, 1], "agree"),  # the whole order is the same
        ([0.7, 0.2, 0.1], [1, 3, 2], [5, 1, 2], "agree"),
        ([0.6, 0.3, 0.09, 0.01], [1, 3, 2, 0], [5, 1, 2, 3], "partly"),
        ([0.2, 0.7, 0.1], [3, 1, 2], [5, 2, 1], "differ"),
        ([0.4, 0.3, 0.3], [3, 1, 2], [5, 2, 1], "even"),
    ],
)
def test_one_sentence_says_how_far_the_explanations_agree(attention, gradient, occlusion, key):
    kinds = {"attention": attention, "gradient": gradient, "occlusion": occlusion}
    said = sentence_on(
        {name: np.array(values, float) for name, values in kinds.items()}, tuple("abcd"[: len(attention)])
    )
    assert said.key == f"explain.faithful.{key}"
    assert str(said).count("“") >= 1


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_model_is_a_checkpoint_like_any_other(name, tmp_path):
    save_checkpoint(planted(name), tmp_path / name, "fp32")
    again = load(tmp_path / name, "cpu")
    assert again.translate("a white cat sleeps", Greedy()).text == "white"


def test_a_shipped_model_hangs_on_the_digit_that_it_writes():
    case = open_case(load("dates", "cpu"), "May 7th 2021", Greedy())
    assert case.text(case.written) == "2021-05-07"
    found = strip(case, len(case.written) - 1)
    assert found.word == "7"
    assert found.source[found.occlusion.argmax()] == "7"


@pytest.mark.gpu
def test_gradients_go_through_an_lstm_in_evaluation_on_a_gpu():
    here, there = (open_case(load("numerals-en", device), "nine hundred", Greedy()) for device in ("cpu", "cuda"))
    assert gradients(there, [1]) == pytest.approx(gradients(here, [1]), abs=1e-3)
