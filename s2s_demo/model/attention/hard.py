"""Hard attention: one place at a time."""

import torch
from torch import Tensor
from torch.nn import functional

from s2s_demo.model.attention.additive import Additive
from s2s_demo.model.attention.base import look_at, masked
from s2s_demo.model.tensors import Look, Memory


class Hard(Additive):
    r"""Xu et al. 2015, section 4.1: of all places, one is looked at, $a_t \sim \mathrm{softmax}(e), \; c_t = m_{a_t}$.

    In training the place is drawn, and draws that made the gold words likelier than usual become likelier
    themselves (Williams 1992); afterwards the likeliest place is taken.  Rows of its map have a single 1: use it
    where one must know what was looked at, and give it more time than a soft attention needs.
    """

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        energies = masked(self.energies(query, memory.keys), memory.mask)
        log_probs = torch.log_softmax(energies, dim=-1)
        place = log_probs.argmax(dim=-1, keepdim=True) if noise is None else drawn(log_probs, noise)
        alignment = functional.one_hot(place[..., 0], energies.shape[-1]).to(energies.dtype)
        look = look_at(memory, alignment, energies)
        chosen = None if noise is None else log_probs.gather(-1, place)[..., 0]
        return Look(look.context, alignment, energies, log_prob=chosen)


def drawn(log_probs: Tensor, noise: torch.Generator) -> Tensor:
    """A place for each query, log_probs [B, Q, S] -> [B, Q, 1]."""
    places = torch.multinomial(log_probs.detach().exp().flatten(0, 1), 1, generator=noise)
    return places.view(*log_probs.shape[:2], 1)
