"""Handwriting: a line of ink, read in columns from left to right."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from s2s_demo.errors import InputError
from s2s_demo.signals.png import read_png
from s2s_demo.signals.raster import resized
from s2s_demo.signals.signal import MOST_ROWS, Features, Pixels, Signal, grey, in_rows
from s2s_demo.words import Said

HEIGHT = 24  # pixels of a line, once it is read
FAINTEST = 0.2  # of the darkest ink: what is lighter is paper
MARGIN = 2  # columns of paper kept on both sides


@dataclass(frozen=True)
class Ink(Signal):
    """A picture of one line of writing, dark on light or light on dark, in any size.

    Cut to its ink, made 24 pixels high, and read four columns at a time.
    """

    media: ClassVar[str] = "image/png"
    frames: ClassVar[int] = 4  # columns
    size: ClassVar[int] = 4 * HEIGHT

    def rows(self, content: bytes) -> Features:
        return in_rows(line_of(read_png(content).mean(axis=2, dtype=np.float32)).T, self.frames)

    def image(self, features: Features) -> Pixels:
        return grey(features.reshape(-1, HEIGHT).T)

    def box(self, row: int) -> tuple[int, int, int, int]:
        return row * self.frames, 0, self.frames, HEIGHT

    def name(self, row: int) -> str:
        return f"x{row * self.frames}"

    def where(self, row: int, rows: int) -> Said:
        return Said("senses.places.ink", {"percent": round(100 * (row + 0.5) / rows)})


def line_of(shades: Features) -> Features:
    """A grey picture [H, W], 0 black to 255 white, as ink [24, W'] from 0 to 1, cut to where ink is."""
    paper = np.bincount(shades.astype(np.uint8).ravel()).argmax()  # the shade of most pixels
    ink = np.abs(shades - paper)
    if (darkest := ink.max()) < 16:
        raise InputError("signal.no-ink")
    ink = ink / darkest
    inked = ink > FAINTEST
    (rows,), (columns,) = inked.any(axis=1).nonzero(), inked.any(axis=0).nonzero()
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    width = max(1, round(ink.shape[1] * HEIGHT / ink.shape[0]))
    if width > MOST_ROWS * Ink.frames:
        raise InputError("signal.long-line", times=round(width / HEIGHT), most=MOST_ROWS * Ink.frames // HEIGHT)
    line = np.zeros((HEIGHT, width + 2 * MARGIN), np.float32)
    line[:, MARGIN : MARGIN + width] = resized(ink, HEIGHT, width)
    return line
