"""Multi-head attention: several small looks at once."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from s2s_demo.errors import SettingError
from s2s_demo.model.attention.base import Attention, logarithms
from s2s_demo.model.tensors import Look, Memory
from s2s_demo.settings import setting


@dataclass(frozen=True, kw_only=True)
class Heads:
    """How many look."""

    heads: int = setting(
        4, low=1, high=32, what="number of heads", help="looks at once, each with its share of the size"
    )


class MultiHead(Attention):
    r"""Vaswani et al. 2017, section 3.2.2: N heads look for different things, each in its own $A / N$ dimensions.

    $\mathrm{head}_n = \mathrm{softmax}(W_q^n q \cdot W_k^n m / \sqrt{A / N}) \, W_v^n m, \; c = W_o [\mathrm{head}_1;
    \dots; \mathrm{head}_N]$.  The map shown is the mean of the heads'.  For sources of which a word needs more than
    one place: a figure and the month beside it, a verb and its subject.
    """

    Settings = Heads
    scored = False

    def __init__(self, query_size: int, memory_size: int, attention_size: int, settings: Heads) -> None:
        super().__init__(query_size, memory_size, attention_size)
        if attention_size % settings.heads:
            raise SettingError("model.heads", heads=settings.heads, size=attention_size)
        self.heads = settings.heads
        self.query = nn.Linear(query_size, attention_size)
        self.memory = nn.Linear(memory_size, 2 * attention_size)
        self.output = nn.Linear(attention_size, memory_size)
        self.scale = (attention_size // settings.heads) ** -0.5

    def keys(self, annotations: Tensor) -> Tensor:
        """annotations [B, S, M] -> keys and values side by side [B, S, 2A]."""
        keys: Tensor = self.memory(annotations)
        return keys

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        context, heads = self.attend(query, memory.keys, memory.mask[:, None])
        alignment = heads.mean(dim=1)
        return Look(context, alignment, logarithms(alignment, memory.mask), heads=heads)

    def attend(self, query: Tensor, keys: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """query [B, Q, H], keys [B, S, 2A], mask [B or 1, Q or 1, S] -> context [B, Q, M], heads [B, N, Q, S]."""
        asked, key = self._divided(self.query(query) * self.scale), self._divided(keys.chunk(2, dim=-1)[0])
        energies = (asked @ key.transpose(2, 3)).float().masked_fill(~mask[:, None], float("-inf"))
        heads = torch.softmax(energies, dim=-1)
        return self._taken(heads, keys), heads

    def under(self, alignment: Tensor, own: Look, memory: Memory) -> Look:
        """Every head's weights change in the proportion in which their mean does."""
        assert own.heads is not None
        before = own.alignment[:, None]
        heads = torch.where(before > 0, own.heads * alignment[:, None] / before.clamp_min(1e-30), alignment[:, None])
        return replace(own, context=self._taken(heads, memory.keys), alignment=alignment, heads=heads)

    def _taken(self, heads: Tensor, keys: Tensor) -> Tensor:
        """What the weights of all heads [B, N, Q, S] take of the values: [B, Q, M]."""
        value = self._divided(keys.chunk(2, dim=-1)[1])
        taken: Tensor = self.output((heads.to(value.dtype) @ value).transpose(1, 2).flatten(2))
        return taken

    def _divided(self, x: Tensor) -> Tensor:
        """x [B, Q, A] -> [B, N, Q, A / N]."""
        divided: Tensor = x.unflatten(-1, (self.heads, -1)).transpose(1, 2)
        return divided
