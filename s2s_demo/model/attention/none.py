"""No attention: the sentence as one fixed vector, whatever is asked."""

import torch
from torch import Tensor

from s2s_demo.model.attention.base import Attention
from s2s_demo.model.tensors import Look, Memory


class NoAttention(Attention):
    r"""Cho et al. 2014, Sutskever et al. 2014: $c = h_S$, the encoder's last state, at every step.

    What attention was invented to replace: everything has to fit into one vector, so long
    sentences suffer.  The alignment is all zeros, because nothing was looked at.
    """

    looks = False

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        context = memory.summary[:, None].expand(-1, query.shape[1], -1)
        nothing = query.new_zeros(len(query), query.shape[1], memory.mask.shape[1])
        return Look(context, nothing, nothing)
