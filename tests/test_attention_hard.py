"""Hard attention (Xu et al. 2015): one place a row, and gradients through what was drawn."""

import pytest
import torch
from attention_cases import PLACES, SIZE, made, seen
from tiny import batch, model
from torch import Tensor
from torch.nn import functional

from s2s_demo.model import Look
from s2s_demo.model.attention.hard import Hard, drawn
from s2s_demo.training.draws import learn_from_draws


@pytest.mark.parametrize("noise", [None, torch.Generator().manual_seed(1)])
def test_rows_of_hard_attention_have_a_single_1(noise: torch.Generator | None) -> None:
    look = seen(made("hard"), noise)
    assert ((look.alignment == 1).sum(dim=-1) == 1).all()
    assert ((look.alignment == 0).sum(dim=-1) == PLACES - 1).all()
    assert (look.log_prob is None) == (noise is None)


def test_without_noise_hard_attention_takes_the_likeliest_place() -> None:
    hard = made("hard")
    assert isinstance(hard, Hard)
    look = seen(hard)
    assert torch.equal(look.alignment.argmax(dim=-1), look.energies.argmax(dim=-1))


def test_places_are_drawn_as_often_as_they_are_likely() -> None:
    log_probs = torch.log_softmax(torch.tensor([1.0, 0.0, -1.0, float("-inf")]), dim=0)
    places = drawn(log_probs.expand(1, 10_000, 4), torch.Generator().manual_seed(2))
    share = functional.one_hot(places.flatten(), 4).float().mean(dim=0)
    expected = log_probs.exp()
    assert ((share - expected).abs() <= 3 * (expected * (1 - expected) / 10_000).sqrt()).all()


def gradients(baseline: float) -> tuple[Tensor, Tensor]:
    """Of the energies: that of each place if it is drawn [S, S], and the probability of each place [S]."""
    torch.manual_seed(4)
    energies, rewards = torch.randn(PLACES, requires_grad=True), torch.randn(PLACES) - 3
    log_probs, one = torch.log_softmax(energies, dim=0), torch.tensor([[True], [True]])
    found = []
    for place in range(PLACES):  # the other sentence of the batch sets the baseline, and draws nothing that matters
        chosen = torch.stack([log_probs[place], torch.zeros(())])[:, None]
        paid = torch.stack([rewards[place], torch.tensor(baseline)])[:, None]
        found.append(torch.autograd.grad(2 * learn_from_draws(chosen, paid, one), energies, retain_graph=True)[0])
    expected = torch.autograd.grad(-(log_probs.exp() * rewards).sum(), energies, retain_graph=True)[0]
    p = log_probs.exp().detach()
    torch.testing.assert_close((p[:, None] * torch.stack(found)).sum(dim=0), expected, atol=1e-5, rtol=1e-5)
    return torch.stack(found), p


def test_the_mean_gradient_over_all_draws_is_exact_whatever_the_baseline() -> None:
    spread = []
    for baseline in (0.0, -3.0):  # the rewards lie around -3
        found, p = gradients(baseline)
        mean = (p[:, None] * found).sum(dim=0)
        spread.append(float((p[:, None] * (found - mean) ** 2).sum()))
    assert spread[1] < spread[0] / 2, "a good baseline changes the variance"


def test_a_draw_is_paid_for_all_that_follows_it_and_for_nothing_before() -> None:
    log_probs = torch.zeros(1, 3, requires_grad=True)
    mask = torch.tensor([[True, True, False]])
    objective = learn_from_draws(log_probs, torch.tensor([[-1.0, -2.0, -9.0]]), mask)
    (slope,) = torch.autograd.grad(objective, log_probs)
    assert slope.tolist() == [[1.5, 1.0, 0.0]]  # -R / 2 words: R = -3, -2


def test_the_exact_marginal_of_a_sampled_look_is_the_mean_over_its_draws() -> None:
    """What hard attention estimates: p(y) = sum over places of p(place) p(y given place), by Luong's decoder."""
    luong = model(2, attention="hard", decoder="luong", hidden_dropout=0.0, embedding_dropout=0.0)
    pairs = batch(3, ((3, 1),))
    with torch.no_grad():
        memory = luong.encode(pairs.source, pairs.source_mask)
        first = luong.start(memory)
        assert first.cell is not None
        words_in = luong._scaled(pairs.target_in[:, :1])
        query, _ = luong.decoder.network(words_in, (first.hidden[:, :, 0], first.cell[:, :, 0]))  # type: ignore[operator]
        p = torch.softmax(luong.decoder.attention(query, memory).energies, dim=-1)[0, 0]
        words = []
        for place in range(len(p)):
            look = Look(memory.annotations[:, place, None], query, query)
            features = luong.decoder.narrow(luong.decoder.attended(query, look))  # type: ignore[operator]
            words.append(torch.softmax(luong.output(features)[0, 0], dim=-1))
        exact = (p[:, None] * torch.stack(words)).sum(dim=0)
        dice = torch.Generator().manual_seed(1)
        draws = 2000
        seen_often = luong.decoder.attention(query.expand(1, draws, SIZE), memory, None, dice)
        features = luong.decoder.narrow(luong.decoder.attended(query.expand(1, draws, SIZE), seen_often))  # type: ignore[operator]
        mean = torch.softmax(luong.output(features)[0], dim=-1).mean(dim=0)
    torch.testing.assert_close(mean, exact, atol=0.01, rtol=0)
