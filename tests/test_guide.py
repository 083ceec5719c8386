"""Guided alignment: which places are allowed, what looking elsewhere costs, and that it is learnt."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from tiny import SENTENCES, batch, echo_tokenizer
from tiny import model as tiny_model

from s2s_demo.alignment import MutualAligner, WordGuide
from s2s_demo.errors import SettingError
from s2s_demo.tasks import Task
from s2s_demo.text import Pair, Tokenizer
from s2s_demo.training import LearningRate, Training, TrainingConfig
from s2s_demo.training.guide import allowed_places, misplaced

RATE = LearningRate(kind="constant", peak=0.02, warm_up=0)
PAIRS = [Pair(f"the {e} sleeps.", f"le {f} dort.") for e, f in (("cat", "chat"), ("dog", "chien"), ("bird", "oiseau"))]
CORPUS = [*PAIRS, *(Pair(e, f) for e, f in (("the", "le"), ("dog", "chien"), ("bird", "oiseau"), ("sleeps", "dort")))]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.train([text for pair in CORPUS for text in (pair.source, pair.target)] * 3, "bpe", 320)


def test_a_linked_piece_may_look_at_its_links_any_other_everywhere_but_at_eos() -> None:
    pairs = batch(1, ((3, 2), (2, 3)))  # sentence 2 is padded at the source, sentence 1 at the target
    allowed = allowed_places([np.array([[0, 2], [0, 0]]), np.empty((0, 2), dtype=np.int64)], pairs)
    assert allowed.int().tolist() == [
        [[1, 0, 1, 0], [1, 1, 1, 0], [0, 0, 0, 1], [1, 1, 1, 0]],
        [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0]],
    ]


def test_the_penalty_is_the_mean_of_minus_log_of_the_allowed_weight() -> None:
    alignment = torch.tensor([[[0.5, 0.25, 0.25], [0.2, 0.8, 0.0], [1.0, 0.0, 0.0]]])
    allowed = torch.tensor([[[True, False, True], [False, True, False], [False, False, True]]])
    mask = torch.tensor([[True, True, False]])
    expected = -(np.log(0.75) + np.log(0.8)) / 2
    assert misplaced(alignment.log(), allowed, mask).item() == pytest.approx(expected, abs=1e-6)


def test_the_penalty_pulls_hardest_where_the_allowed_weight_has_vanished() -> None:
    energies = torch.tensor([[[0.0, -300.0]], [[0.0, -3.0]]], requires_grad=True)  # weights of e^-300 and e^-3
    allowed, mask = torch.tensor([[[False, True]]] * 2), torch.ones(2, 1, dtype=torch.bool)
    loss = misplaced(energies, allowed, mask)
    assert loss.item() == pytest.approx((300 + 3.0486) / 2, abs=1e-3)
    (slope,) = torch.autograd.grad(loss, energies)
    torch.testing.assert_close(slope[0], torch.tensor([[0.5, -0.5]]))
    assert slope[1, 0, 1] > slope[0, 0, 1]


def test_padding_has_no_part_in_the_penalty() -> None:
    energies = torch.tensor([[[1.0, float("-inf")], [0.5, float("-inf")]]], requires_grad=True)
    allowed, mask = torch.tensor([[[True, False], [False, False]]]), torch.tensor([[True, False]])
    (slope,) = torch.autograd.grad(misplaced(energies, allowed, mask), energies)
    assert slope.isfinite().all()


def test_links_of_words_reach_all_their_pieces(tokenizer: Tokenizer) -> None:
    guide = WordGuide(MutualAligner.train(CORPUS * 5), tokenizer)
    pair = PAIRS[2]
    source, target = tokenizer.encode(pair.source), tokenizer.encode(pair.target)
    cells = guide(pair, source, target)
    links = {(tokenizer.pieces[target[t]], tokenizer.pieces[source[s]]) for t, s in cells}
    assert links == {("▁le", "▁the"), ("▁oiseau", "▁bird"), ("▁dort", "▁sleeps"), (".", ".")}
    assert guide(pair, source, target) is cells  # found once


def test_pieces_that_do_not_spell_the_text_are_not_guided(tokenizer: Tokenizer) -> None:
    guide = WordGuide(MutualAligner.train(CORPUS), tokenizer)
    assert guide(PAIRS[0], [1], [1]).shape == (0, 2)


class Corpus(Task):
    """The six pairs, over and over."""

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return CORPUS * 4

    def val(self) -> list[Pair]:
        return PAIRS

    test = val


def run(tokenizer: Tokenizer, weight: float) -> float:
    """How much weight misses the links after 60 updates, in nats."""
    guide = WordGuide(MutualAligner.train(CORPUS * 5), tokenizer)
    made = tiny_model(1, vocabulary_size=len(tokenizer))
    config = TrainingConfig(learning_rate=RATE, guided_alignment=1.0, tokens_per_batch=60)
    training = Training(made, tokenizer, Corpus(), config, guide)
    training.config = replace(config, guided_alignment=weight)
    for _ in range(60):
        training.advance()
    pairs, allowed, *_ = training._next_batch()
    assert allowed is not None
    return misplaced(made(pairs)[1].energies, allowed, pairs.target_mask).item()


def test_a_guided_model_looks_where_the_aligner_says(tokenizer: Tokenizer) -> None:
    assert run(tokenizer, 1.0) < 0.5 * run(tokenizer, 0.0)


@pytest.mark.parametrize("attention", ["none", "scaled_dot"])
def test_guiding_needs_an_attention_and_an_aligner(attention: str) -> None:
    made = tiny_model(1, vocabulary_size=len(echo_tokenizer()), attention=attention, decoder="luong")
    with pytest.raises(SettingError, match="guided alignment needs"):
        Training(made, echo_tokenizer(), Corpus(), TrainingConfig(guided_alignment=0.3))


def test_sentences_with_nothing_linked_are_no_special_case(tokenizer: Tokenizer) -> None:
    guide = WordGuide(MutualAligner.train([Pair("a", "b")]), tokenizer)
    encoded = [(tokenizer.encode(text), tokenizer.encode(text)) for text in SENTENCES[:2]]
    cells = [guide(Pair(text, text), *sides) for text, sides in zip(SENTENCES, encoded, strict=False)]
    assert all(found.shape == (0, 2) for found in cells)
