"""The recurrent encoder: two ways to read a batch of different lengths, and a size of its own."""

import pytest
import torch

from s2s_demo.model import ModelConfig
from s2s_demo.model.encoders.recurrent import RecurrentEncoder

LENGTHS = torch.tensor([4, 7, 1, 6])


def encoder(**changes: object) -> RecurrentEncoder:
    settings = {"vocabulary_size": 9, "embedding_size": 6, "hidden_size": 8, "hidden_dropout": 0.0} | changes
    return RecurrentEncoder(ModelConfig(**settings), RecurrentEncoder.Settings(size=5))  # type: ignore[arg-type]


def batch() -> tuple[torch.Tensor, torch.Tensor]:
    chance = torch.Generator().manual_seed(0)
    return torch.randn(4, 7, 6, generator=chance), torch.arange(7) < LENGTHS[:, None]


@pytest.mark.parametrize("bidirectional", [True, False])
@pytest.mark.parametrize("layers", [1, 3])
def test_what_learns_reads_the_same_as_what_translates(layers: int, bidirectional: bool) -> None:
    model, (x, mask) = encoder(encoder_layers=layers, bidirectional=bidirectional), batch()
    learning = model(x, mask, None)
    with torch.no_grad():
        translating = model(x, mask, None)
    for one, other in zip(learning, translating, strict=True):
        torch.testing.assert_close(one.detach(), other, rtol=0, atol=1e-6)


def test_both_ways_have_the_same_gradients() -> None:
    model, (x, mask) = encoder(encoder_layers=2), batch()
    found = []
    for way in (model._read, model._read_padded):
        model.zero_grad()
        outputs, last = way(x, mask)
        (outputs.square().sum() + last.sum()).backward()
        found.append([weight.grad for weight in model.network.parameters()])
    for one, other in zip(*found, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-6)


def test_an_encoder_may_be_smaller_than_what_reads_it() -> None:
    model, (x, mask) = encoder(), batch()
    annotations, summary = model(x, mask, None)
    assert model.network.hidden_size == 5
    assert (annotations.shape, summary.shape) == ((4, 7, 8), (4, 8))
    assert [states.shape for states in model.states(x).values()] == [(4, 7, 5)] * 2
