"""Moving pictures: a strip of square frames, read frame by frame."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from s2s_demo.errors import InputError
from s2s_demo.signals.png import read_png
from s2s_demo.signals.raster import resized
from s2s_demo.signals.signal import Features, Pixels, Signal, grey
from s2s_demo.words import Said

FRAME = 16  # pixels along each side
MOST_FRAMES = 40


@dataclass(frozen=True)
class Film(Signal):
    """A picture of frames side by side, each as wide as it is high; dark is what moves (Venugopalan et al. 2015).

    Behind the pixels of a frame stands by how much each of them differs from the frame before (as Simonyan and
    Zisserman 2014 give motion a stream of its own).
    """

    media: ClassVar[str] = "image/png"
    frames: ClassVar[int] = 1
    size: ClassVar[int] = 2 * FRAME * FRAME

    def rows(self, content: bytes) -> Features:
        strip = read_png(content).mean(axis=2, dtype=np.float32)
        count = round(strip.shape[1] / strip.shape[0])
        if not 1 <= count <= MOST_FRAMES:
            raise InputError("signal.frames", width=strip.shape[1], height=strip.shape[0], most=MOST_FRAMES)
        strip = resized(strip, FRAME, FRAME * count)
        frames: Features = 1 - strip.reshape(FRAME, count, FRAME).swapaxes(0, 1).reshape(count, -1) / 255
        return np.concatenate([frames, np.diff(frames, axis=0, prepend=frames[:1])], axis=1)

    def image(self, features: Features) -> Pixels:
        return grey(features[:, : FRAME * FRAME].reshape(-1, FRAME, FRAME).swapaxes(0, 1).reshape(FRAME, -1))

    def box(self, row: int) -> tuple[int, int, int, int]:
        return row * FRAME, 0, FRAME, FRAME

    def name(self, row: int) -> str:
        return str(row + 1)

    def where(self, row: int, rows: int) -> Said:
        return Said("senses.places.frame", {"number": row + 1})
