"""Local attention: a window on the source instead of all of it."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from s2s_demo.model.attention.base import look_at, masked
from s2s_demo.model.attention.general import General
from s2s_demo.model.tensors import Look, Memory
from s2s_demo.settings import setting


@dataclass(frozen=True, kw_only=True)
class Window:
    """How far a local attention sees."""

    reach: int = setting(
        3, low=1, high=100, what="reach D of the window", help="places to either side of its centre that are seen"
    )


class LocalMonotone(General):
    r"""Luong et al. 2015, section 3.2, local-m: the window moves on with the words, $p_t = t$.

    $\alpha_t = \mathrm{softmax}(q^\top W m_i)$ over $|i - p_t| \le D$, and 0 elsewhere; past the end of the source
    the window stays on its last word.  For sides of one order and about one length, such as letters and sounds.
    """

    Settings = Window
    windowed = True

    def __init__(self, query_size: int, memory_size: int, attention_size: int, settings: Window) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.reach = settings.reach

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        place = query.new_zeros(*query.shape[:2], 1, dtype=torch.float32) if past is None else past
        last = memory.mask.sum(dim=1)[:, None, None] - 1
        seen = window(masked(self.energies(query, memory.keys), memory.mask), torch.minimum(place, last), self.reach)
        return look_at(memory, torch.softmax(seen, dim=-1), seen, past=place + 1)

    def along(self, query: Tensor, memory: Memory, noise: torch.Generator | None = None) -> Look:
        """All at once: what is remembered is the number of the word alone."""
        places = torch.arange(query.shape[1], device=query.device, dtype=torch.float32)
        return self(query, memory, places[None, :, None].expand(len(query), -1, 1))  # type: ignore[no-any-return]


class LocalPredictive(General):
    r"""Luong et al. 2015, eq. 9-10, local-p: the decoder says where the window lies.

    $p_t = S \cdot \mathrm{sigmoid}(v_p^\top \tanh(W_p q))$, and $\alpha_t = \mathrm{softmax}(q^\top W m_i) \cdot
    \exp(-(i - p_t)^2 / 2 \sigma^2)$ over $|i - p_t| \le D$, where $\sigma$ is half of $D$; without the bell the softmax
    alone.  For long sources of which each word needs a few neighbours, in whatever order.
    """

    @dataclass(frozen=True, kw_only=True)
    class Settings(Window):
        """How far it sees, and how evenly."""

        bell: bool = setting(True, switch="no-bell", what="bell", help="what is far from the centre counts less")

    sums_to_one = False
    windowed = True

    def __init__(self, query_size: int, memory_size: int, attention_size: int, settings: Settings) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.reach, self.bell = settings.reach, settings.bell
        self.place = nn.Linear(query_size, attention_size, bias=False)
        self.pointer = nn.Linear(attention_size, 1, bias=False)

    def centre(self, query: Tensor, mask: Tensor) -> Tensor:
        """query [B, Q, H] -> p_t [B, Q, 1], between 0 and the length of each source."""
        return mask.sum(dim=1)[:, None, None] * torch.sigmoid(self.pointer(torch.tanh(self.place(query))).float())

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        centre = self.centre(query, memory.mask)
        seen = window(masked(self.energies(query, memory.keys), memory.mask), centre, self.reach)
        alignment = torch.softmax(seen, dim=-1)
        if self.bell:
            bell = -(distances(centre, seen.shape[-1]) ** 2) / (2 * (self.reach / 2) ** 2)
            alignment, seen = alignment * bell.exp(), seen + bell
        return look_at(memory, alignment, seen)


def distances(centre: Tensor, length: int) -> Tensor:
    """How far each place of a source lies from a centre [B, Q, 1]: [B, Q, S]."""
    return torch.arange(length, device=centre.device) - centre


def window(energies: Tensor, centre: Tensor, reach: int) -> Tensor:
    """energies [B, Q, S] with -inf farther than `reach` from the centre [B, Q, 1]."""
    return energies.masked_fill(distances(centre, energies.shape[-1]).abs() > reach, float("-inf"))
