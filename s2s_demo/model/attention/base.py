"""What every attention shares: energies -> mask -> softmax -> context, written once."""

from dataclasses import replace
from typing import ClassVar

import torch
from torch import Tensor, nn

from s2s_demo.model.tensors import Look, Memory


class Attention(nn.Module):
    r"""Looks at the source annotations $m_1 \dots m_S$ with a query $q$ (a decoder state).

    $\alpha = \mathrm{softmax}(e), \quad c = \sum_i \alpha_i m_i$; most kinds differ in the energy
    $e_i$ alone.  Q queries look at once: target positions in training, hypotheses in a search, so
    the memory is never copied per hypothesis.
    """

    looks: bool = True
    sums_to_one: ClassVar[bool] = True  # else a row may sum to less: the rest looks at nothing
    scored: bool = True  # else no single energy stands behind a weight: its logarithm does, as `logarithms` says
    windowed: bool = False  # whether it sees a part of the source at a time
    layers_looking: int = 1

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__()

    def keys(self, annotations: Tensor) -> Tensor:
        """annotations [B, S, M] -> what queries are compared with [B, S, A]; once per sentence."""
        return annotations

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        """query [B, Q, H], keys [B, S, A] -> unnormalised scores [B, Q, S]."""
        raise NotImplementedError

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        """query [B, Q, H] -> what it sees; padding gets exactly 0.

        `past` is what the look before said (`Look.past`), None at the first word.  A kind that draws does so with
        `noise` in training, and takes its likeliest place without.
        """
        energies = masked(self.energies(query, memory.keys), memory.mask)
        return look_at(memory, torch.softmax(energies, dim=-1), energies)

    def along(self, query: Tensor, memory: Memory, noise: torch.Generator | None = None) -> Look:
        """A target's queries [B, T, H] in their order: at once, or one by one where a kind remembers."""
        return self(query, memory, noise=noise)  # type: ignore[no-any-return]

    def under(self, alignment: Tensor, own: Look, memory: Memory) -> Look:
        """What would have been seen with another alignment [B, Q, S] than in its `own` look; the energies stay."""
        context = alignment.to(memory.annotations.dtype) @ memory.annotations
        return replace(own, context=context, alignment=alignment)


class Remembering(Attention):
    """An attention whose next look needs the last: a whole target takes a loop, here and nowhere else."""

    def along(self, query: Tensor, memory: Memory, noise: torch.Generator | None = None) -> Look:
        looks: list[Look] = []
        for t in range(query.shape[1]):
            looks.append(self(query[:, t : t + 1], memory, looks[-1].past if looks else None, noise))
        return Look.joined(looks)


def masked(energies: Tensor, mask: Tensor) -> Tensor:
    """energies [B, Q, S] in full precision, -inf where mask [B, S] says padding."""
    return energies.float().masked_fill(~mask[:, None, :], float("-inf"))


def look_at(memory: Memory, alignment: Tensor, energies: Tensor, past: Tensor | None = None) -> Look:
    """The look of an alignment [B, Q, S]: its context is the mean of the annotations that it weighs."""
    return Look(alignment.to(memory.annotations.dtype) @ memory.annotations, alignment, energies, past=past)


def logarithms(alignment: Tensor, mask: Tensor) -> Tensor:
    """Energies that tell of an alignment [B, Q, S] which is no softmax: its logarithms, -inf on padding."""
    return masked(alignment.clamp_min(1e-30).log(), mask)
