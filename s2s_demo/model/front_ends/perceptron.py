"""A front end that sees more in a place than weights of its numbers."""

from dataclasses import dataclass

from torch import Tensor, nn

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.front_ends.base import FrontEnd
from s2s_demo.settings import setting


class PerceptronFrontEnd(FrontEnd):
    r"""$x_i = W_2 \max(0, W_1 f_i + b_1) + b_2$: a network for each place by itself.

    For places that hold a thing each: a patch of a picture, a frame of a film.  Hidden units see edges and colours
    wherever in the patch they lie.
    """

    @dataclass(frozen=True, kw_only=True)
    class Settings:
        """How much it sees."""

        units: int = setting(128, low=8, high=2048, what="units", help="hidden units, each of which sees one thing")

    def __init__(self, config: ModelConfig, settings: Settings) -> None:
        super().__init__(config)
        self.map = nn.Sequential(
            nn.Linear(self.size, settings.units), nn.ReLU(), nn.Linear(settings.units, config.embedding_size)
        )

    def seen(self, features: Tensor, mask: Tensor) -> Tensor:
        found: Tensor = self.map(features)
        return found
