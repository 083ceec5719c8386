"""What every attention shares: energies -> mask -> softmax -> context, written once."""

import torch
from torch import Tensor, nn

from s2s_demo.model.tensors import Look, Memory


class Attention(nn.Module):
    r"""Looks at the source annotations $m_1 \dots m_S$ with a query $q$ (a decoder state).

    $\alpha = \mathrm{softmax}(e), \quad c = \sum_i \alpha_i m_i$; the kinds differ in the energy
    $e_i$ alone.  Q queries look at once: target positions in training, hypotheses in a search, so
    the memory is never copied per hypothesis.
    """

    looks = True

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__()

    def keys(self, annotations: Tensor) -> Tensor:
        """annotations [B, S, M] -> what queries are compared with [B, S, A]; once per sentence."""
        return annotations

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        """query [B, Q, H], keys [B, S, A] -> unnormalised scores [B, Q, S]."""
        raise NotImplementedError

    def forward(self, query: Tensor, memory: Memory) -> Look:
        """query [B, Q, H] -> what it sees; padding gets exactly 0."""
        energies = self.energies(query, memory.keys).float()
        energies = energies.masked_fill(~memory.mask[:, None, :], float("-inf"))
        alignment = torch.softmax(energies, dim=-1)
        return Look(alignment.to(memory.annotations.dtype) @ memory.annotations, alignment, energies)
