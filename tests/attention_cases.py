"""Attentions with first weights of one seed, and what they are asked."""

import torch
from torch import Tensor

from s2s_demo.model import Look, Memory
from s2s_demo.model.attention import ATTENTIONS, Attention
from s2s_demo.settings import made_member

SIZE, PLACES, WORDS = 8, 6, 5


def made(kind: str, **settings: object) -> Attention:
    torch.manual_seed(3)
    return made_member(ATTENTIONS[kind], SIZE, SIZE, SIZE, settings=settings)


def case(attention: Attention, seed: int = 0) -> tuple[Tensor, Memory]:
    """Five queries, and a memory of six places and one of four."""
    torch.manual_seed(seed)
    query, annotations = torch.randn(2, WORDS, SIZE), torch.randn(2, PLACES, SIZE)
    mask = torch.tensor([[True] * PLACES, [True] * 4 + [False] * 2])
    return query, Memory(annotations, attention.keys(annotations), mask, annotations[:, 0])


def seen(attention: Attention, noise: torch.Generator | None = None) -> Look:
    look: Look = attention.along(*case(attention), noise)
    return look
