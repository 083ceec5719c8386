"""Exact search: the best of all, and what it may say when it had to stop."""

import math
from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TABLE, A, B, opinionated, sources

from s2s_demo.decoding import Beam, forced_log_probs, read_hypotheses, search
from s2s_demo.decoding.exact import Found, exact_search
from s2s_demo.errors import SettingError
from s2s_demo.model import Seq2Seq
from s2s_demo.text import EOS, Batch

SEEDS = st.integers(0, 10_000)
ALPHAS = st.sampled_from([0.0, 0.6, 1.0, 2.0])
DECODERS = st.sampled_from(["gnmt", "luong", "bahdanau"])


def exact(model: Seq2Seq, beam: Beam, seed: int = 0, **limits) -> Found:
    return exact_search(model, *sources(seed, (3,), 7), beam, **{"most_seconds": 60.0, "most_nodes": 10**6} | limits)


def brute_force(model: Seq2Seq, longest: int, alpha: float) -> tuple[float, tuple[int, ...]]:
    """The best of all targets of three words and up to `longest` tokens, each priced by forced decoding."""
    every = [words for length in range(longest) for words in product((4, 5, 6), repeat=length)]
    source = sources(0, (3,), 7)[0][0, :-1].tolist()
    log_probs, _ = forced_log_probs(model, Batch.of([(source, words) for words in every]))
    scores = log_probs.double().sum(dim=1) / torch.tensor([len(words) + 1.0 for words in every]).double() ** alpha
    best = int(scores.argmax())
    return float(scores[best]), (*every[best], EOS)


@settings(max_examples=25)
@given(SEEDS, DECODERS, ALPHAS, st.integers(1, 5))
def test_it_is_brute_force(seed, decoder, alpha, longest):
    model = opinionated(seed, vocabulary_size=7, decoder=decoder)
    found = exact(model, Beam(size=1, length_penalty=alpha, max_length=longest))
    score, tokens = brute_force(model, longest, alpha)
    assert found.proved
    assert found.score == pytest.approx(score, abs=1e-5)
    assert found.tokens == tokens
    assert found.total_log_prob == pytest.approx(found.score * len(found.tokens) ** alpha)


@settings(max_examples=20)
@given(SEEDS, DECODERS, ALPHAS, st.integers(1, 4), st.sampled_from([1, 3, 10**6]))
def test_it_is_never_below_the_beam_even_where_it_had_to_stop(seed, decoder, alpha, size, most_nodes):
    model, beam = opinionated(seed, decoder=decoder), Beam(size=size, length_penalty=alpha, max_length=5)
    (trace,) = search(model, *sources(0, (3,), 7), beam)
    (best,) = read_hypotheses(trace, [str(i) for i in range(9)], lambda ids, _: str(ids), 1, 4)
    assert exact(model, beam, most_nodes=most_nodes).score >= best.score - 1e-6


def test_it_finds_what_a_greedy_search_misses():
    found = exact(TABLE, Beam(size=1, length_penalty=0))
    assert (found.tokens, found.proved) == ((B, EOS), True)
    assert found.total_log_prob == pytest.approx(math.log(0.36), abs=1e-5)
    assert found.empty_log_prob == pytest.approx(math.log(0.1), abs=1e-5)
    assert found.nodes == 3, "nothing, A and B: all other ways on are below .36"
    assert A not in found.tokens


def test_a_search_that_had_to_stop_says_that_nothing_is_proved():
    found = exact(opinionated(5), Beam(size=1, length_penalty=1, max_length=12), most_nodes=1)
    assert (found.proved, found.nodes) == (False, 1)


def test_the_price_of_saying_nothing_is_that_of_the_end_at_the_first_step():
    model = opinionated(3, vocabulary_size=7)
    source = sources(0, (3,), 7)[0][0, :-1].tolist()
    log_probs, _ = forced_log_probs(model, Batch.of([(source, [])]))
    assert exact(model, Beam(size=2, max_length=5)).empty_log_prob == pytest.approx(float(log_probs[0, 0]), abs=1e-5)


@pytest.mark.parametrize(("limits", "message"), [({"most_nodes": 0}, "nodes is 0"), ({"most_seconds": 0}, "seconds")])
def test_limits_that_make_no_sense_are_refused(limits, message):
    with pytest.raises(SettingError, match=message):
        exact(opinionated(3), Beam(), **limits)
