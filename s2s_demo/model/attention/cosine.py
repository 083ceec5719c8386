"""Cosine attention: only directions count."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.model.attention.base import Attention


class Cosine(Attention):
    r"""Graves et al. 2014, eq. 5-6: $e_i = \beta \cos(W_q q, W_m m_i)$.

    The sharpness $\beta > 0$ is learned, because a cosine alone never leaves $[-1, 1]$ and its
    softmax stays flat.
    """

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.query = nn.Linear(query_size, attention_size, bias=False)
        self.memory = nn.Linear(memory_size, attention_size, bias=False)
        self.log_sharpness = nn.Parameter(torch.tensor(2.0))

    def keys(self, annotations: Tensor) -> Tensor:
        return functional.normalize(self.memory(annotations), dim=-1)

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        asked = functional.normalize(self.query(query), dim=-1)
        return self.log_sharpness.exp() * (asked @ keys.transpose(1, 2))
