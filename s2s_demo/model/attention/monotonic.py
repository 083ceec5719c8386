"""Monotonic attention: it never goes back."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.model.attention.additive import Additive
from s2s_demo.model.attention.base import Remembering, logarithms, look_at, masked
from s2s_demo.model.tensors import Look, Memory
from s2s_demo.settings import setting

CERTAIN = 200.0  # an energy whose probability is 1 to the last digit


class Monotonic(Remembering, Additive):
    r"""Raffel et al. 2017, eq. 9: from where it stopped last, it reads on until a place says "here".

    Place $i$ says so with probability $p_i = \mathrm{sigmoid}(e_i + r)$, so $\alpha_{t,i} = p_i \sum_{k \le i}
    \alpha_{t-1,k} \prod_{l=k}^{i-1} (1 - p_l)$ in training; afterwards the first place with $p_i > 1/2$ is taken, and
    past the end nothing is seen.  Noise on the energies teaches it to be sure.  For speech, spelling and whatever
    else keeps its order: it could write while it still listens.
    """

    @dataclass(frozen=True, kw_only=True)
    class Settings:
        """How it is taught to be sure."""

        noise: float = setting(
            1.0, low=0, high=10, what="noise on energies", help="spread of what is added in training"
        )

    sums_to_one = False
    scored = False

    def __init__(self, query_size: int, memory_size: int, attention_size: int, settings: Settings) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.offset = nn.Parameter(torch.tensor(-1.0))  # r: at first it reads on rather than stops
        self.noise = settings.noise

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        return super().energies(query, keys) + self.offset

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        energies = masked(self.energies(query, memory.keys), memory.mask)
        if past is None:  # before the first word it stands at the first place
            past = functional.one_hot(energies.new_zeros(energies.shape[:2], dtype=torch.long), energies.shape[-1])
        if noise is None:
            stops = torch.where(energies > 0, CERTAIN, -CERTAIN)
        else:
            shaken = torch.randn(energies.shape, generator=noise, device=energies.device)
            stops = energies + self.noise * shaken
        alignment = read_on(stops, past.float()) * memory.mask[:, None]
        return look_at(memory, alignment, logarithms(alignment, memory.mask), past=alignment)

    def under(self, alignment: Tensor, own: Look, memory: Memory) -> Look:
        return replace(super().under(alignment, own, memory), past=alignment)


def read_on(energies: Tensor, before: Tensor) -> Tensor:
    """Where a reader stops: energies of stopping, and the probability that it starts, both [B, Q, S] -> [B, Q, S].

    The paper divides by a product of many (1 - p), which a computer rounds to 0; here it is a difference of
    logarithms: the way from k to i is passed with probability exp(C_i - C_k), where C_i = sum of log(1 - p_l), l < i.
    """
    energies = energies.double().clamp(-CERTAIN, CERTAIN)
    passed = functional.logsigmoid(-energies).cumsum(dim=-1).roll(1, dims=-1)
    passed[..., 0] = 0
    ways = (passed[..., :, None] - passed[..., None, :]).tril()  # [B, Q, S (stop), S (start)]
    reached = (ways.exp().tril() @ before.double()[..., None])[..., 0]
    return (torch.sigmoid(energies) * reached).float()
