"""Several processes that train one model: each learns from a part of every batch, and all take the same step.

`torchrun` starts the processes and tells each who it is; on one machine or several, on CPUs (gloo) or GPUs (NCCL).
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor, distributed
from torch.nn import Parameter

T = TypeVar("T")


@dataclass(frozen=True)
class Team:
    """Process `rank` of `size`; alone, nothing is shared and nothing is waited for."""

    rank: int = 0
    size: int = 1

    @classmethod
    def of_environment(cls) -> "Team":
        """The processes that `torchrun` started, once all of them are there; else this one alone."""
        size = int(os.environ.get("WORLD_SIZE", "1"))
        if size < 2:
            return cls()
        if torch.cuda.is_available():
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        if not distributed.is_initialized():
            distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
        return cls(distributed.get_rank(), size)

    @property
    def leads(self) -> bool:
        """Whether this process speaks for all."""
        return self.rank == 0

    def share(self, rows: Sequence[T]) -> Sequence[T]:
        """Our part of a batch; none where there are too few."""
        return rows[self.rank :: self.size]

    @torch.no_grad()
    def together(
        self, parameters: Iterable[Parameter], loss: Tensor, seconds: float, weight: float
    ) -> tuple[Tensor, float]:
        """Make every gradient that of the whole batch; the whole batch's loss, and the seconds of who leads.

        `weight` is the part of the batch's target tokens that this process learnt from: losses are means over tokens,
        so gradients and losses of parts add up to those of the whole.
        """
        if self.size < 2:
            return loss, seconds
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        others = torch.stack([loss.detach().float() * weight, loss.new_tensor(seconds if self.leads else 0.0)])
        flat = torch.cat([*(gradient.flatten() * weight for gradient in gradients), others])
        distributed.all_reduce(flat)
        *parts, others = flat.split([*(gradient.numel() for gradient in gradients), 2])
        for gradient, part in zip(gradients, parts, strict=True):
            gradient.copy_(part.view_as(gradient))
        return others[0], float(others[1])
