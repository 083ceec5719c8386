"""A recording, read as a spectrogram: which tones sound, a few times a second."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from s2s_demo.errors import InputError
from s2s_demo.signals.signal import MOST_ROWS, Features, Pixels, Signal, grey, in_rows
from s2s_demo.signals.wav import RATE, Samples, read_wav
from s2s_demo.words import Said

WINDOW, HOP = 64, 32  # samples: 32 and 16 milliseconds
LOWEST, TONES = 10, 22  # of the window's tones, 31 Hz apart, those from 312 to 969 Hz
QUIET = 3.0  # e-foldings below the loudest at which a tone counts as nothing
SMALLEST = 1e-4


@dataclass(frozen=True)
class Sound(Signal):
    """A WAV file at any usual rate, as the logarithm of how loud each of 22 tones is, 62 times a second.

    Loudness is measured against the loudest tone of the recording.  Behind the tones of a frame stands how loud the
    loudest of them is: what sounds long or short does so at any pitch, which would else be learnt for each tone anew.
    Six frames are one place: a tenth of a second.
    """

    media: ClassVar[str] = "audio/wav"
    frames: ClassVar[int] = 6
    size: ClassVar[int] = 6 * (TONES + 1)

    def rows(self, content: bytes) -> Features:
        return self.of(read_wav(content))

    def of(self, samples: Samples) -> Features:
        """A sound at RATE as rows."""
        if len(samples) > (longest := MOST_ROWS * self.frames * HOP):
            raise InputError("signal.sound-length", seconds=len(samples) / RATE, most=longest / RATE)
        loud = spectrogram(samples)[:, LOWEST : LOWEST + TONES]
        if (loudest := loud.max()) < SMALLEST:
            raise InputError("signal.silence")
        tones = np.maximum(1 + np.log(np.maximum(loud / loudest, SMALLEST)) / QUIET, 0)
        return in_rows(np.concatenate([tones, tones.max(axis=1, keepdims=True)], axis=1), self.frames)

    def image(self, features: Features) -> Pixels:
        return grey(features.reshape(-1, TONES + 1)[:, :TONES].T[::-1])  # high tones on top

    def box(self, row: int) -> tuple[int, int, int, int]:
        return row * self.frames, 0, self.frames, TONES

    def name(self, row: int) -> str:
        return f"{row * self.frames * HOP / RATE:.2f}s"

    def where(self, row: int, rows: int) -> Said:
        seconds = self.frames * HOP / RATE
        return Said("senses.places.sound", {"start": row * seconds, "end": (row + 1) * seconds})


def spectrogram(samples: Samples, window: int = WINDOW, hop: int = HOP) -> Features:
    """How loud each tone is around each moment [N, window / 2 + 1]: magnitudes of a short-time Fourier transform.

    As `torch.stft` with a Hann window computes it; a sound shorter than a window is continued by silence.
    """
    if len(samples) < window:
        samples = np.pad(samples, (0, window - len(samples)))
    windows = np.lib.stride_tricks.sliding_window_view(samples, window)[::hop]
    hann = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)).astype(np.float32)
    return np.abs(np.fft.rfft(windows * hann)).astype(np.float32)
