"""A front end of convolutions, which see frames across the borders of places and shorten time."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.errors import SettingError
from s2s_demo.model.config import ModelConfig
from s2s_demo.model.front_ends.base import FrontEnd
from s2s_demo.settings import setting

GAIN = 4.0  # by which the last map makes of what is heard numbers as large as those of words


class ConvolutionalFrontEnd(FrontEnd):
    r"""Convolutions over frames; each but the first halves or thirds their number, until a place is one vector.

    $z^l_i = \max(0, W^l z^{l-1}_{i-k \dots i+k} + b^l)$.  Frames come many times as often as letters, and attention
    finds its way among few places sooner than among many (Chan et al. 2016, section 3.1, shorten time eightfold by a
    pyramid of LSTMs; convolutions do the same at once).  For ink and for sound.
    """

    @dataclass(frozen=True, kw_only=True)
    class Settings:
        """How far and how much it sees."""

        width: int = setting(5, low=3, high=15, what="width of a convolution", help="frames it sees, an odd number")
        channels: int = setting(64, low=8, high=512, what="channels", help="numbers a frame within the front end")

    def __init__(self, config: ModelConfig, settings: Settings) -> None:
        super().__init__(config)
        if settings.width % 2 == 0:
            raise SettingError("model.front-end-width", width=settings.width)
        strides, sizes = [1, *factors(self.frames)], [self.size // self.frames]
        sizes += [settings.channels] * len(strides)
        self.layers = nn.ModuleList(
            nn.Conv1d(given, wanted, settings.width, stride, settings.width // 2)
            for given, wanted, stride in zip(sizes, sizes[1:], strides, strict=False)
        )
        self.map = nn.Linear(settings.channels, config.embedding_size)

    def draw(self, generator: torch.Generator) -> None:
        """He et al. 2015, and more at the end.

        Most of a spectrogram is silence.  By Xavier's weights a tone would end in numbers of .03, beside words of 1:
        an encoder then learns how long a letter is, and not which one.
        """
        for layer in (*self.layers, self.map):
            nn.init.kaiming_normal_(layer.weight, generator=generator)
        with torch.no_grad():
            self.map.weight.mul_(GAIN)

    def seen(self, features: Tensor, mask: Tensor) -> Tensor:
        sentences, places, _ = features.shape
        x = features.reshape(sentences, places * self.frames, -1).transpose(1, 2)
        for layer in self.layers:
            real = mask.repeat_interleave(x.shape[2] // places, dim=1)
            x = functional.relu(layer(x * real[:, None]))  # padding is as the silence after the end
        found: Tensor = self.map(x.transpose(1, 2))
        return found


def factors(number: int) -> Iterator[int]:
    """Its prime factors, the smallest first."""
    divisor = 2
    while number > 1:
        if number % divisor == 0:
            yield divisor
            number //= divisor
        else:
            divisor += 1
