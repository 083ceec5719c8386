"""The plainest front end."""

from torch import Tensor, nn

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.front_ends.base import FrontEnd


class LinearFrontEnd(FrontEnd):
    r"""$x_i = W f_i + b$: one matrix for all places.  A word's embedding is the same, with $f_i$ one-hot."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.map = nn.Linear(self.size, config.embedding_size)

    def seen(self, features: Tensor, mask: Tensor) -> Tensor:
        found: Tensor = self.map(features)
        return found
