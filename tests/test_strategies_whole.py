"""Strategies that judge whole outputs: against brute force, plain beams, and what can be counted by hand."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
import sacrebleu
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TABLE, A, B, found, opinionated, sources

from s2s_demo.decoding import (
    Beam,
    CoverageBeam,
    DiverseBeam,
    Exact,
    Exhaustive,
    MinimumBayesRisk,
    Sampling,
    forced_log_probs,
    search,
)
from s2s_demo.decoding.bayes_risk import UTILITIES, expected_utility
from s2s_demo.decoding.character_f import character_f
from s2s_demo.decoding.coverage import LEAST, penalty
from s2s_demo.decoding.exhaustive import outputs_of
from s2s_demo.errors import SettingError
from s2s_demo.text import EOS, Batch

SEEDS = st.integers(0, 1000)


# Exact and exhaustive


@settings(max_examples=6)
@given(SEEDS, st.sampled_from([0.0, 0.75, 2.0]))
def test_the_exhaustive_list_is_that_of_forced_decoding(seed: int, alpha: float) -> None:
    model = opinionated(seed, vocabulary_size=7)
    _, hypotheses = found(model, Exhaustive(tokens=4, length_penalty=alpha, size=6))
    every = [words for length in range(4) for words in product((4, 5, 6), repeat=length)]
    assert len(every) == outputs_of(3, 4) == 1 + 3 + 9 + 27
    source = sources(0, (3,), 7)[0][0, :-1].tolist()
    log_probs, _ = forced_log_probs(model, Batch.of([(source, words) for words in every]))
    scores = log_probs.double().sum(dim=1) / torch.tensor([len(words) + 1.0 for words in every]).double() ** alpha
    best = scores.topk(6)
    assert [one.score for one in hypotheses] == pytest.approx(best.values.tolist(), abs=1e-5)
    assert hypotheses[0].text == " ".join(map(str, [*every[int(best.indices[0])], EOS]))


def test_exact_search_says_what_it_proved_and_where_the_beam_fell_short() -> None:
    source, mask = sources(0, (3,), 7)
    (trace,) = search(TABLE, source, mask, Exact(size=1, length_penalty=0))
    tree, hypotheses = found(TABLE, Exact(size=2, length_penalty=0))
    assert hypotheses[0].tokens == (str(B), str(EOS))
    assert {str(node.token) for node in tree.nodes if node.step == 1 and node.status == "kept"} == {str(A), str(B)}
    assert (trace.facts["proved"], trace.facts["nodes"]) == (True, 3)
    assert str(trace.said).startswith("Proved: no translation scores higher (3 beginnings")


def test_exact_search_that_stops_at_a_limit_says_so_and_keeps_the_beams_best() -> None:
    model, beam = opinionated(5), Beam(size=2, length_penalty=1, max_length=6)
    (trace,) = search(model, *sources(0, (3,), 7), Exact(size=2, length_penalty=1, max_length=6, most_nodes=1))
    assert not trace.facts["proved"]
    assert str(trace.said).startswith("Best so far, not proved")
    assert found(model, Exact(**{**vars(beam), "most_nodes": 1}))[1][0].score >= found(model, beam)[1][0].score - 1e-6


def test_an_exhaustive_search_of_too_much_is_refused_with_the_count() -> None:
    with pytest.raises(SettingError, match=r"5 words to choose from make 97,656 outputs of up to 8 tokens"):
        found(opinionated(1), Exhaustive(tokens=8))


def test_an_exhaustive_search_counts_itself_beside_the_beam() -> None:
    (trace,) = search(opinionated(1), *sources(0, (3,), 7), Exhaustive(size=2, tokens=3))
    assert trace.facts["outputs"] == trace.facts["nodes"] == 1 + 5 + 25
    assert trace.facts["considered"] == 2 * 6 * 3
    assert str(trace.said).startswith("All 31 outputs of up to 3 tokens were priced")


# Diverse beam


@settings(max_examples=8)
@given(SEEDS, st.integers(1, 4), st.integers(1, 3), st.sampled_from([0.0, 0.7, 50.0]))
def test_the_first_group_is_a_plain_beam_of_its_size(seed: int, places: int, groups: int, diversity: float) -> None:
    model = opinionated(seed)
    diverse = found(model, DiverseBeam(size=places * groups, groups=groups, diversity=diversity))[1]
    plain = found(model, Beam(size=places))[1]
    ours = {one.tokens: one.score for one in diverse}
    for one in plain:
        if one.tokens in ours or one is plain[0]:
            assert ours[one.tokens] == pytest.approx(one.score, abs=1e-6)


@settings(max_examples=6)
@given(SEEDS, st.integers(1, 5))
def test_one_group_is_a_plain_beam(seed: int, size: int) -> None:
    model = opinionated(seed)
    one, other = found(model, DiverseBeam(size=size, groups=1))[0], found(model, Beam(size=size))[0]
    assert [(n.parent, n.token, n.rank, n.status) for n in one.nodes] == [
        (n.parent, n.token, n.rank, n.status) for n in other.nodes
    ]


def test_groups_that_pay_dearly_begin_with_different_words_and_those_that_do_not_with_the_same() -> None:
    for diversity, different in ((0.0, 1), (50.0, 4)):
        tree, _ = found(opinionated(3), DiverseBeam(size=4, groups=4, diversity=diversity))
        kept = [node.token for node in tree.nodes if node.step == 1 and node.status in ("kept", "finished", "returned")]
        assert len(kept) == 4
        assert len(set(kept)) == different


def test_the_places_of_a_beam_are_shared_among_the_groups() -> None:
    assert DiverseBeam(size=5, groups=2).places == ((0, 3), (3, 5))
    assert DiverseBeam(size=2, groups=5).places == ((0, 1), (1, 2))


# Coverage


def test_the_coverage_penalty_is_that_of_the_paper() -> None:
    looked = np.array([[0.5, 0.5, 0.0], [0.5, 0.75, 0.0]], np.float32)
    assert penalty(looked) == pytest.approx(np.log(LEAST))
    assert penalty(looked[:, :2]) == 0
    assert penalty(looked[:1, :2]) == pytest.approx(2 * np.log(0.5))


def test_without_a_price_coverage_changes_nothing_and_with_one_it_ranks_what_is_finished() -> None:
    model = opinionated(11)
    free, plain = (found(model, strategy)[1] for strategy in (CoverageBeam(size=4, coverage=0), Beam(size=4)))
    assert [(one.tokens, one.score) for one in free] == [(one.tokens, one.score) for one in plain]
    tree, priced = found(model, CoverageBeam(size=4, coverage=1))
    for one in priced:
        expected = one.total_log_prob / len(one.tokens) ** 0.75 + penalty(one.alignment[:, :-1])
        assert one.score == pytest.approx(expected, abs=1e-6)
        assert tree.nodes[one.leaf].score == one.score
    assert [one.score for one in priced] == sorted((one.score for one in priced), reverse=True)


# Minimum Bayes risk


@settings(max_examples=6)
@given(SEEDS)
def test_of_one_draw_the_draw_is_chosen(seed: int) -> None:
    model = opinionated(seed)
    ours, theirs = MinimumBayesRisk(samples=1, seed=seed), Sampling(seed=seed)
    assert found(model, ours)[1][0].tokens == found(model, theirs)[1][0].tokens


@settings(max_examples=6)
@given(SEEDS)
def test_with_exact_match_the_mode_is_chosen(seed: int) -> None:
    strategy = MinimumBayesRisk(samples=12, seed=seed, utility="exact_match")
    _, hypotheses = found(opinionated(seed), strategy)
    counts = Counter(one.text for one in hypotheses)
    assert counts[hypotheses[0].text] == max(counts.values())
    assert hypotheses[0].score == pytest.approx(max(counts.values()) / len(hypotheses))


@pytest.mark.parametrize("utility", UTILITIES)
def test_no_draw_agrees_better_with_all_than_the_chosen_one(utility: str) -> None:
    texts = ["the cat sat", "a cat sat", "the cat sat", "the dog", "a cat"]
    worth = expected_utility(texts, UTILITIES[utility])
    by_hand = [sum(UTILITIES[utility](ours, theirs) for theirs in texts) / len(texts) for ours in texts]
    assert worth == pytest.approx(by_hand)
    assert texts[int(np.argmax(worth))] == "the cat sat"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("the cat sat", "a cat sat"), ("Ein Mann schläft.", "Ein Hund schläft."), ("abcdefgh", "abcdefg"), ("a", "b")],
)
def test_our_chrf_is_sacrebleus(ours: str, theirs: str) -> None:
    expected = sacrebleu.CHRF(eps_smoothing=False).sentence_score(ours, [theirs]).score / 100
    assert character_f(ours, theirs) == pytest.approx(expected, abs=1e-9)


# All of them


@pytest.mark.parametrize("strategy", [Exact(), Exhaustive(), DiverseBeam(), CoverageBeam(), MinimumBayesRisk()])
def test_what_goes_on_from_a_prefix_goes_on_as_by_its_beam_or_its_dice(strategy: Beam | Sampling) -> None:
    first = strategy.choose(torch.log_softmax(torch.randn(1, strategy.width, 9), -1), strategy.start(1), 0)
    assert (first.slots >= 0).any()
