"""Additive attention: a small network compares."""

import torch
from torch import Tensor, nn

from s2s_demo.model.attention.base import Attention


class Additive(Attention):
    r"""Bahdanau et al. 2015, eq. 6: $e_i = v^\top \tanh(W_q q + W_m m_i)$.

    A one-layer network scores each pair; queries and annotations may have different sizes.
    """

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.query = nn.Linear(query_size, attention_size, bias=False)
        self.memory = nn.Linear(memory_size, attention_size, bias=False)
        self.score = nn.Linear(attention_size, 1, bias=False)

    def keys(self, annotations: Tensor) -> Tensor:
        keys: Tensor = self.memory(annotations)
        return keys

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        hidden = torch.tanh(self.query(query)[:, :, None] + keys[:, None])  # [B, Q, S, A]
        energies: Tensor = self.score(hidden).squeeze(-1)
        return energies
