"""Every kind of attention against numbers worked out by hand, for q = (1, 2) and m = (1, 0), (0, 1), (1, 1)."""

from math import log, sqrt

import pytest
import torch
from torch import Tensor

from s2s_demo.errors import SettingError
from s2s_demo.model import Memory
from s2s_demo.model.attention import ATTENTIONS, Attention
from s2s_demo.model.attention.monotonic import Monotonic
from s2s_demo.settings import made_member

QUERY = torch.tensor([[[1.0, 2.0]]])
ANNOTATIONS = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]])
IDENTITY = torch.eye(2)
SWAP = IDENTITY.flip(0)

# kind: (its weights, the energies that follow)
BY_HAND: dict[str, tuple[dict[str, Tensor], list[float]]] = {
    "dot": ({}, [1, 2, 3]),
    "scaled_dot": (
        {"query.weight": IDENTITY, "memory.weight": IDENTITY},
        [1 / sqrt(2), 2 / sqrt(2), 3 / sqrt(2)],
    ),
    "general": ({"memory.weight": SWAP}, [2, 1, 3]),
    # tanh 1 = .761594, tanh 2 = .964028, tanh 3 = .995055: the energies are tanh(2) + tanh(2), ...
    "additive": (
        {"query.weight": IDENTITY, "memory.weight": IDENTITY, "score.weight": torch.ones(1, 2)},
        [0.964028 + 0.964028, 0.761594 + 0.995055, 0.964028 + 0.995055],
    ),
    "concat": (
        {
            "both.weight": torch.cat([IDENTITY, IDENTITY], dim=1),
            "both.bias": torch.zeros(2),
            "score.weight": torch.ones(1, 2),
        },
        [0.964028 + 0.964028, 0.761594 + 0.995055, 0.964028 + 0.995055],
    ),
    "cosine": (
        {"query.weight": IDENTITY, "memory.weight": IDENTITY, "log_sharpness": torch.tensor(log(2.0))},
        [2 * 1 / sqrt(5), 2 * 2 / sqrt(5), 2 * 3 / sqrt(10)],
    ),
}


def look(attention: Attention, query: Tensor, annotations: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    mask = torch.ones(annotations.shape[:2], dtype=torch.bool) if mask is None else mask
    memory = Memory(annotations, attention.keys(annotations), mask, annotations.mean(dim=1))
    with torch.no_grad():
        seen = attention(query, memory)
    return seen.context, seen.alignment


def by_hand(kind: str) -> Attention:
    attention = made_member(ATTENTIONS[kind], 2, 2, 2, settings={})
    attention.load_state_dict(BY_HAND[kind][0])
    return attention


def test_every_energy_is_worked_out_by_hand() -> None:
    own = {kind: made.energies for kind, made in ATTENTIONS.items() if made.energies is not Attention.energies}
    worked_out = {own[kind] for kind in BY_HAND} | {Monotonic.energies}  # additive, and an offset
    assert set(own.values()) == worked_out


@pytest.mark.parametrize("kind", BY_HAND)
def test_energies_are_those_worked_out_by_hand(kind: str) -> None:
    attention = by_hand(kind)
    energies = attention.energies(QUERY, attention.keys(ANNOTATIONS))
    torch.testing.assert_close(energies, torch.tensor([[BY_HAND[kind][1]]], dtype=torch.float32), atol=2e-6, rtol=0)


def test_dot_attention_by_hand_to_the_context() -> None:
    # e = (1, 2, 3), so the alignment is (e^-2, e^-1, 1) / 1.503215 = (.090031, .244728, .665241)
    context, alignment = look(by_hand("dot"), QUERY, ANNOTATIONS)
    torch.testing.assert_close(alignment, torch.tensor([[[0.090031, 0.244728, 0.665241]]]), atol=1e-6, rtol=0)
    torch.testing.assert_close(context, torch.tensor([[[0.755272, 0.909969]]]), atol=1e-6, rtol=0)


def test_a_masked_word_hands_its_share_to_the_others() -> None:
    # without the third word: e = (1, 2), so (1, e) / (1 + e) = (.268941, .731059)
    context, alignment = look(by_hand("dot"), QUERY, ANNOTATIONS, torch.tensor([[True, True, False]]))
    torch.testing.assert_close(alignment, torch.tensor([[[0.268941, 0.731059, 0.0]]]), atol=1e-6, rtol=0)
    torch.testing.assert_close(context, torch.tensor([[[0.268941, 0.731059]]]), atol=1e-6, rtol=0)
    assert alignment[0, 0, 2] == 0


def test_cosine_attention_sees_directions_only() -> None:
    _, near = look(by_hand("cosine"), QUERY, ANNOTATIONS)
    _, far = look(by_hand("cosine"), 9 * QUERY, 5 * ANNOTATIONS)
    torch.testing.assert_close(near, far)


def test_dot_attention_refuses_sizes_that_cannot_be_compared() -> None:
    with pytest.raises(SettingError, match="choose general or scaled_dot"):
        ATTENTIONS["dot"](3, 2, 2)


@pytest.mark.parametrize("kind", [kind for kind in BY_HAND if kind != "dot"])
def test_queries_and_annotations_may_differ_in_size(kind: str) -> None:
    attention = made_member(ATTENTIONS[kind], 5, 3, 4, settings={})
    context, alignment = look(attention, torch.randn(2, 6, 5), torch.randn(2, 7, 3))
    assert context.shape == (2, 6, 3)
    assert alignment.shape == (2, 6, 7)
