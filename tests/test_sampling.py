"""Sampling against the distribution it should follow."""

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TABLE, A, B, batch, found, model, opinionated, sources
from torch import Tensor

from s2s_demo.decoding import Greedy, Sampling, forced_log_probs, search
from s2s_demo.decoding.strategy import ALTERNATIVES
from s2s_demo.text import EOS, Batch


def first_words(strategy: Sampling, seeds: int) -> Tensor:
    """How often each token was drawn first [V]."""
    counts = torch.zeros(6)
    for seed in range(seeds):
        tree, _ = found(TABLE, Sampling(**{**vars(strategy), "seed": seed, "samples": 100, "max_length": 2}))
        for node in tree.nodes[1:]:
            if node.step == 1 and node.status != "cut":
                counts[int(node.token)] += 1
    return counts


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        (Sampling(), {A: 0.5, B: 0.4, EOS: 0.1}),
        (Sampling(temperature=0.5), {A: 25 / 42, B: 16 / 42, EOS: 1 / 42}),
        (Sampling(top_k=2), {A: 5 / 9, B: 4 / 9}),
        (Sampling(top_p=0.55), {A: 5 / 9, B: 4 / 9}),
        (Sampling(top_p=0.45), {A: 1.0}),
        (Sampling(top_k=1), {A: 1.0}),
    ],
)
def test_words_are_drawn_as_often_as_the_model_says(strategy: Sampling, expected: dict[int, float]) -> None:
    counts = first_words(strategy, 20)
    assert counts.sum() == 2000
    hoped = torch.tensor([2000 * expected.get(token, 0.0) for token in range(6)])
    assert (counts[hoped == 0] == 0).all()
    chi_square = ((counts - hoped).square() / hoped.clamp_min(1e-9)).sum()
    assert chi_square < 13.8  # two degrees of freedom: exceeded once in a thousand


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.sampled_from([{"top_k": 1}, {"top_p": 0.001}, {"temperature": 0.01}]))
def test_sampling_without_choice_is_greedy(seed: int, narrow: dict[str, Any]) -> None:
    made = opinionated(seed, vocabulary_size=7)
    sampled, greedy = found(made, Sampling(seed=seed, **narrow))[1][0], found(made, Greedy())[1][0]
    assert sampled.tokens == greedy.tokens
    assert sampled.total_log_prob == pytest.approx(greedy.total_log_prob)


def test_another_seed_draws_other_words() -> None:
    made = opinionated(1, vocabulary_size=7)
    texts = [{h.text for h in found(made, Sampling(seed=seed, samples=5))[1]} for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize("seed", [0, 2**31, 2**62])
def test_every_seed_allowed_can_be_used(seed: int) -> None:
    assert found(TABLE, Sampling(seed=seed))[1]


def test_more_samples_keep_the_first_ones() -> None:
    made = opinionated(5, vocabulary_size=7)
    few, many = (sorted(h.total_log_prob for h in found(made, Sampling(samples=k))[1]) for k in (1, 10))
    assert any(few[0] == pytest.approx(total) for total in many)


def test_recorded_numbers_are_the_models_own_whatever_the_temperature() -> None:
    cold, hot = (found(TABLE, Sampling(temperature=t, max_length=2))[0] for t in (0.1, 10))
    for tree in (cold, hot):
        prices = {int(node.token): node.log_prob for node in tree.nodes[1:] if node.step == 1}
        assert [prices[token] for token in (A, B, EOS)] == pytest.approx(torch.tensor([0.5, 0.4, 0.1]).log().tolist())


def test_a_word_drawn_from_far_down_is_recorded_at_its_own_price_and_rank() -> None:
    made = model(2, vocabulary_size=40, tied=False)
    tree, _ = found(made, Sampling(samples=20, max_length=3))
    source = sources(0, (3,), 7)[0][0, :-1].tolist()
    first = {node.rank: node for node in tree.nodes[1:] if node.step == 1}
    assert max(first) > ALTERNATIVES
    every_word = list(range(EOS, 40))
    log_probs, _ = forced_log_probs(made, Batch.of([(source, [word]) for word in every_word]))
    best_first = sorted(zip(log_probs[:, 0].tolist(), every_word, strict=True), reverse=True)
    for rank, node in first.items():
        price, word = best_first[rank - 1]
        assert int(node.token) == word
        assert node.log_prob == pytest.approx(price, abs=1e-5)
        assert node.total_log_prob == pytest.approx(price, abs=1e-5)


def test_draws_do_not_depend_on_what_else_is_in_the_batch() -> None:
    made = opinionated(4, vocabulary_size=300)
    lengths = tuple(1 + i % 9 for i in range(64))
    source, mask = sources(3, lengths, 300)
    for strategy in (Sampling(seed=5), Sampling(seed=6, temperature=1.5), Sampling(top_p=0.9), Sampling(top_k=20)):
        together = search(made, source, mask, strategy)
        for i, length in enumerate(lengths):
            (alone,) = search(made, source[i : i + 1, : length + 1], mask[i : i + 1, : length + 1], strategy)
            drawn = [[step.tokens[step.slots.argmax()] for step in trace.steps] for trace in (alone, together[i])]
            assert drawn[0] == drawn[1]


def test_judging_leaves_the_dice_of_the_process_alone() -> None:
    made = model(1, embedding_dropout=0.5)
    before = torch.get_rng_state()
    made(batch(1), None, 0.0)
    assert torch.equal(torch.get_rng_state(), before)
