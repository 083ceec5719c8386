"""The convolutional encoder: every word sees its neighbours, layer by layer a few more."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.errors import SettingError
from s2s_demo.model.config import ModelConfig
from s2s_demo.model.encoders.base import Encoder
from s2s_demo.model.sublayers import mean_over, resized, sinusoids
from s2s_demo.model.tensors import dropout
from s2s_demo.settings import setting

HALF = 0.5**0.5  # keeps the variance of a sum of two


class ConvolutionalEncoder(Encoder):
    r"""Gehring et al. 2017, section 3: stacked convolutions with gates.

    $z^l = (v(z^{l-1}) + z^{l-1}) \sqrt{1/2}$, where $v = A \otimes \sigma(B)$ is a gated linear unit over the k
    places around each, and what is looked at is $(z^L + x) \sqrt{1/2}$.  L layers see $L (k - 1) + 1$ words; all are
    read at once.  For sources whose words can be told by their neighbourhood: numerals, dates, letters and sounds.
    Places are the waves of Vaswani et al. 2017 (the paper learns them), so that every length has some.
    """

    @dataclass(frozen=True, kw_only=True)
    class Settings:
        """How far a convolution sees."""

        kernel: int = setting(3, low=1, high=15, what="width k of a convolution", help="places it sees, an odd number")

    def __init__(self, config: ModelConfig, settings: Settings) -> None:
        super().__init__(config)
        if settings.kernel % 2 == 0:
            raise SettingError("model.kernel", kernel=settings.kernel)
        size = config.hidden_size
        self.enter = resized(config.embedding_size, size)
        self.layers = nn.ModuleList(
            nn.Conv1d(size, 2 * size, settings.kernel, padding=settings.kernel // 2)
            for _ in range(config.encoder_layers)
        )
        self.summarise = nn.Linear(size, size)

    def forward(self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, Tensor]:
        x = self.enter(embedded)
        x = z = x + sinusoids(x.shape[1], x.shape[2], x.device).to(x.dtype)
        for layer in self.layers:
            seen = dropout(z * mask[..., None], self.config.hidden_dropout, noise)  # padding is as the end of the line
            gated = functional.glu(layer(seen.transpose(1, 2)), dim=1).transpose(1, 2)
            z = (gated + z) * HALF
        annotations = (z + x) * HALF
        return annotations, torch.tanh(self.summarise(mean_over(annotations, mask)))
