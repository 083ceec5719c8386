"""What Transformers and convolutional readers are made of: places as waves, and a step around which one can go."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from s2s_demo.model.attention.multi_head import Heads
from s2s_demo.model.tensors import dropout
from s2s_demo.settings import setting

NORMS = ("pre", "post")


@dataclass(frozen=True, kw_only=True)
class TransformerSettings(Heads):
    """What a Transformer's layers are like."""

    norm: str = setting("pre", choices=NORMS, what="norm", help="before each step (learns more easily) or after it")
    widening: int = setting(4, low=1, high=16, what="widening", help="how many times wider the inner layer is")


def sinusoids(length: int, size: int, device: torch.device) -> Tensor:
    """Places 0, 1, ... as waves of growing length [T, H] (Vaswani et al. 2017, section 3.5): every length has some."""
    rates = torch.exp(torch.arange(0, size, 2, device=device) * (-math.log(10_000) / size))
    angles = torch.arange(length, device=device)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)[:, :size]


class Residual(nn.Module):
    """x + f(x), normalised before f (Xiong et al. 2020), after the sum (Vaswani et al. 2017), or not at all."""

    def __init__(self, size: int, norm: str | None, rate: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(size) if norm else nn.Identity()
        self.first, self.rate = norm == "pre", rate

    def forward(self, x: Tensor, work: Callable[[Tensor], Tensor], noise: torch.Generator | None) -> Tensor:
        """x [B, Q, H] -> the same shape; `work` is f."""
        if self.first:
            return x + dropout(work(self.norm(x)), self.rate, noise)
        normed: Tensor = self.norm(x + dropout(work(x), self.rate, noise))
        return normed


def feed_forward(size: int, widening: int) -> nn.Sequential:
    """Each place by itself: W_2 max(0, W_1 x)."""
    return nn.Sequential(nn.Linear(size, widening * size), nn.ReLU(), nn.Linear(widening * size, size))


def resized(given: int, wanted: int) -> nn.Module:
    """Nothing, or a matrix where two sizes differ."""
    return nn.Identity() if given == wanted else nn.Linear(given, wanted, bias=False)


def mean_over(x: Tensor, mask: Tensor) -> Tensor:
    """The mean of x [B, S, M] over the real places of each sentence [B, M]."""
    return (x * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
