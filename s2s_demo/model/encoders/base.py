"""What every encoder promises."""

import torch
from torch import Tensor, nn

from s2s_demo.model.config import ModelConfig


class Encoder(nn.Module):
    """Reads a source sentence and writes one annotation per position, and one summary."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config

    def forward(self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, Tensor]:
        """embedded [B, S, E], mask [B, S] -> annotations [B, S, M], summary [B, M]; M = hidden_size."""
        raise NotImplementedError

    def states(self, embedded: Tensor) -> dict[str, Tensor]:
        """What stands behind the annotations, by name: one vector a position [B, S, D] each, of unpadded sentences."""
        return {}

    def maps(self, embedded: Tensor, mask: Tensor) -> Tensor | None:
        """Where its words look at each other, layer by layer and head by head [L, B, N, S, S]; None: they do not."""
        return None
