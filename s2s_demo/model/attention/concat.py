"""Concat attention: one matrix over query and annotation together."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.model.attention.base import Attention


class Concat(Attention):
    r"""Luong et al. 2015, eq. 8: $e_i = v^\top \tanh(W [q; m_i])$.

    The same family of functions as additive attention, written with one matrix; the matrix is
    cut in two so that the annotations' half is computed once per sentence.
    """

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.query_size = query_size
        self.both = nn.Linear(query_size + memory_size, attention_size)
        self.score = nn.Linear(attention_size, 1, bias=False)

    def keys(self, annotations: Tensor) -> Tensor:
        return functional.linear(annotations, self.both.weight[:, self.query_size :], self.both.bias)

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        asked = functional.linear(query, self.both.weight[:, : self.query_size])
        energies: Tensor = self.score(torch.tanh(asked[:, :, None] + keys[:, None])).squeeze(-1)
        return energies
