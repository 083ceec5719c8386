"""Coverage attention: it knows what it has looked at."""

from dataclasses import replace

import torch
from torch import Tensor, nn

from s2s_demo.model.attention.additive import Additive
from s2s_demo.model.attention.base import Remembering, look_at, masked
from s2s_demo.model.tensors import Look, Memory


class Coverage(Remembering, Additive):
    r"""See et al. 2017, eq. 10-11, after Tu et al. 2016: additive attention that is told what it has seen.

    $e_{t,i} = v^\top \tanh(W_q q + W_m m_i + w_c \kappa_{t,i})$, where $\kappa_t = \sum_{s < t} \alpha_s$ adds up the
    rows before.  For long outputs that would repeat or forget a part of the source; the coverage loss goes with it.
    """

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.covered = nn.Linear(1, attention_size, bias=False)

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        seen = query.new_zeros(*query.shape[:2], memory.mask.shape[1]) if past is None else past
        hidden = torch.tanh(self.query(query)[:, :, None] + memory.keys[:, None] + self.covered(seen[..., None]))
        energies = masked(self.score(hidden).squeeze(-1), memory.mask)
        alignment = torch.softmax(energies, dim=-1)
        return look_at(memory, alignment, energies, past=seen + alignment)

    def under(self, alignment: Tensor, own: Look, memory: Memory) -> Look:
        assert own.past is not None
        return replace(super().under(alignment, own, memory), past=own.past + alignment - own.alignment)
