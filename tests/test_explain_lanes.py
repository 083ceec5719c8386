"""Searches side by side, and the verdict on a reference."""

import math

import pytest
from explain_cases import FAMILY, case_of, named, written

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam, DiverseBeam, Exact, Greedy
from s2s_demo.errors import InputError
from s2s_demo.explain import lanes, open_case, verdict
from s2s_demo.explain.forced import forced_prices
from s2s_demo.explain.lanes import strategies_with
from s2s_demo.text import EOS


@pytest.mark.parametrize("family", FAMILY[::3], ids=named)
def test_the_exact_lane_is_the_best_and_prices_are_the_models_own(family):
    case = case_of(**family)
    found = lanes(case, (Greedy(max_length=5), Beam(size=2, max_length=5)), Beam(size=2, max_length=5), most_nodes=200)
    assert [lane.name for lane in found.lanes] == ["greedy", "beam", "exact"]
    best = max(lane.score for lane in found.lanes)
    assert found.lanes[-1].score == pytest.approx(best, abs=1e-6)
    for lane in found.lanes:
        length = len(lane.translation.tokens)
        assert lane.score == pytest.approx(lane.translation.total_log_prob / length**0.75, abs=1e-4)
    assert [lane.proved is None for lane in found.lanes] == [True, True, False]


def test_the_lanes_are_the_usual_ones_with_the_cases_own_strategy_among_them():
    case = case_of(strategy=Beam(size=2, max_length=4), decoder="luong", attention="dot")
    found = lanes(case, most_nodes=50)
    assert [lane.name for lane in found.lanes] == ["greedy", "beam", "sampling", "exact"]
    own = found.lanes[1].translation.tokens
    assert own == tuple(case.translator.tokenizer.pieces[token] for token in case.written)
    assert (found.alpha, found.most_nodes) == (case.strategy.alpha, 50)


@pytest.mark.parametrize(
    ("own", "names"),
    [
        (Greedy(max_length=3), ["greedy", "beam", "sampling"]),
        (Exact(), ["greedy", "beam", "sampling"]),
        (DiverseBeam(), ["greedy", "beam", "sampling", "diverse_beam"]),
    ],
)
def test_a_strategy_of_another_kind_has_a_lane_of_its_own_and_exact_search_only_one(own, names):
    lanes = strategies_with(own)
    assert [lane.name for lane in lanes] == names
    assert (own in lanes) == (own.name != "exact")


def test_saying_nothing_wins_where_it_costs_less_than_the_best_translation():
    case = case_of(strategy=Beam(size=2, max_length=4), decoder="luong", attention="dot")
    found = lanes(case, most_nodes=50)
    best = max(lane.translation.total_log_prob for lane in found.lanes)
    facts = found.empty.facts
    assert facts["best"] == best
    assert facts["price"] == found.empty_log_prob == pytest.approx(forced_prices(case, [(EOS,)])[0][0], abs=1e-5)
    assert (found.empty.key == "explain.empty.wins") == (found.empty_log_prob > best)
    assert facts["floor"] == pytest.approx(math.log(0.1 / len(case.translator.tokenizer)))


def test_a_lane_says_where_it_leaves_the_first_one():
    found = lanes(open_case(load("dates", "cpu"), "May 3rd 2021"), (Greedy(), Greedy(max_length=3)))
    first, short, exact = found.lanes
    assert first.translation.text == exact.translation.text == "2021-05-03"
    assert (first.differs_at, exact.differs_at, exact.proved) == (None, None, True)
    assert short.differs_at == len(short.translation.words)
    assert found.empty_log_prob < -5


def test_a_reference_that_the_model_likes_better_is_a_search_error_and_one_it_likes_less_a_model_error():
    case = open_case(load("dates", "cpu"), "May 3rd 2021")
    worse = verdict(case, "2021-05-04")
    assert (worse.said.key, worse.margin < 0) == ("explain.verdict.model", True)
    missed = written(case, *case.tokens_of("2021-03"))
    better = verdict(missed, "2021-05-03")
    assert (better.said.key, better.margin > 0) == ("explain.verdict.search", True)
    assert verdict(case, "2021-05-03").said.key == "explain.verdict.same"
    assert "Search error" in str(better.said)
    assert "Model error" in str(worse.said)


@pytest.mark.parametrize("family", FAMILY[::4], ids=named)
def test_a_reference_costs_what_forced_decoding_says(family):
    case = case_of(**family)
    found = verdict(case, "un livre")
    other = written(case, *case.translator.tokenizer.encode("un livre"))
    (prices,) = forced_prices(case, [other.written])
    assert found.reference.total_log_prob == pytest.approx(sum(prices), abs=1e-5)
    assert found.reference_score == pytest.approx(sum(prices) / len(prices) ** 0.75, abs=1e-5)
    assert [word.text for word in found.reference.words] == ["un", "livre", "<eos>"]


def test_an_empty_reference_is_refused():
    with pytest.raises(InputError, match="nothing to write"):
        verdict(case_of(), "  ")
