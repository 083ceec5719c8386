"""What every front end promises."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.model.config import ModelConfig
from s2s_demo.signals import SIGNALS


class FrontEnd(nn.Module):
    r"""Turns the features of a signal into what an encoder reads: a vector for each place, as an embedding does.

    The end of a source has a vector of its own, which is learnt.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.size, self.frames = SIGNALS[config.signal].size, SIGNALS[config.signal].frames
        self.end = nn.Parameter(torch.zeros(config.embedding_size))

    def draw(self, generator: torch.Generator) -> None:
        """First weights of its own, where those that every matrix of a model gets do not suit it."""

    def forward(self, features: Tensor, mask: Tensor) -> Tensor:
        """features [B, S, F], mask [B, S] -> [B, S, E]; nothing of a place depends on padding or on other sources."""
        is_end = mask & ~functional.pad(mask[:, 1:], (0, 1))  # the last real place of each
        return torch.where(is_end[..., None], self.end, self.seen(features, mask))

    def seen(self, features: Tensor, mask: Tensor) -> Tensor:
        """The same, of all places but the ends."""
        raise NotImplementedError
