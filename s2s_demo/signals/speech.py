"""A voice, read as a spectrogram in bands that are as wide as an ear's."""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np

from s2s_demo.errors import InputError
from s2s_demo.signals.signal import MOST_ROWS, Features, Pixels, Signal, grey, in_rows
from s2s_demo.signals.sound import SMALLEST, spectrogram
from s2s_demo.signals.wav import Samples, read_wav
from s2s_demo.words import Said

RATE = 8000  # samples a second, as over a telephone
WINDOW, HOP = 256, 160  # samples: 32 and 20 milliseconds
BANDS = 32
LOWEST, HIGHEST = 100.0, 3800.0  # Hz
QUIET = 11.5  # e-foldings of power below the loudest, 50 dB, at which a band counts as nothing


@dataclass(frozen=True)
class Speech(Signal):
    """A WAV file at any usual rate, as the logarithm of how loud each of 32 bands from 100 to 3,800 Hz is.

    Bands grow wider with their pitch (the mel scale); 50 times a second each is measured against the loudest band of
    the recording.  Four frames are one place: 80 milliseconds, about one sound of speech.
    """

    media: ClassVar[str] = "audio/wav"
    frames: ClassVar[int] = 4
    size: ClassVar[int] = 4 * BANDS

    def rows(self, content: bytes) -> Features:
        return self.of(read_wav(content, RATE))

    def of(self, samples: Samples) -> Features:
        """A sound at RATE as rows."""
        if len(samples) > (longest := MOST_ROWS * self.frames * HOP):
            raise InputError("signal.sound-length", seconds=len(samples) / RATE, most=longest / RATE)
        power = spectrogram(samples, WINDOW, HOP) ** 2 @ bands()
        if (loudest := power.max()) < SMALLEST:
            raise InputError("signal.silence")
        return in_rows(np.maximum(1 + np.log(np.maximum(power / loudest, 1e-9)) / QUIET, 0), self.frames)

    def image(self, features: Features) -> Pixels:
        return grey(features.reshape(-1, BANDS).T[::-1])  # high tones on top

    def box(self, row: int) -> tuple[int, int, int, int]:
        return row * self.frames, 0, self.frames, BANDS

    def name(self, row: int) -> str:
        return f"{row * self.frames * HOP / RATE:.2f}s"

    def where(self, row: int, rows: int) -> Said:
        seconds = self.frames * HOP / RATE
        return Said("senses.places.sound", {"start": row * seconds, "end": (row + 1) * seconds})


@cache
def bands() -> Features:
    """How much of each tone of a window counts for each band [WINDOW / 2 + 1, BANDS]: triangles, evenly in mels."""
    tones = np.linspace(0, RATE / 2, WINDOW // 2 + 1)[:, None]
    low, high = (2595 * np.log10(1 + hertz / 700) for hertz in (LOWEST, HIGHEST))
    edges = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    triangles = np.minimum((tones - left) / (middle - left), (right - tones) / (right - middle)).clip(0)
    found: Features = triangles.astype(np.float32)
    found.setflags(write=False)
    return found
