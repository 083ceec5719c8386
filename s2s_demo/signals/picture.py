"""A picture, read patch by patch in the order of reading."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from s2s_demo.signals.png import read_png
from s2s_demo.signals.raster import resized
from s2s_demo.signals.signal import Features, Pixels, Signal, grey
from s2s_demo.words import Said

SIDE = 4  # patches along each side
PATCH = 12  # pixels along each side of a patch

_ONE = np.eye(SIDE, dtype=np.float32)
PLACES = np.concatenate([np.repeat(_ONE, SIDE, axis=0), np.tile(_ONE, (SIDE, 1))], axis=1)  # of each patch


@dataclass(frozen=True)
class Picture(Signal):
    """A picture of any size, made 48 pixels square and cut into 4 times 4 patches (Xu et al. 2015).

    Patches are named as on a chessboard seen from above: A1 is the upper left one, D4 the lower right one.  Behind a
    patch's pixels stand four numbers for its row and four for its column, one of each 1 (as Liu et al. 2018 give
    convolutions their coordinates): else an encoder would have to count.
    """

    media: ClassVar[str] = "image/png"
    frames: ClassVar[int] = 1
    size: ClassVar[int] = PATCH * PATCH * 3 + 2 * SIDE

    def rows(self, content: bytes) -> Features:
        channels = read_png(content).transpose(2, 0, 1).astype(np.float32)
        pixels = np.stack([resized(channel, SIDE * PATCH, SIDE * PATCH) for channel in channels], axis=-1)
        patches = pixels.reshape(SIDE, PATCH, SIDE, PATCH, 3).swapaxes(1, 2)
        seen = 1 - patches.reshape(SIDE * SIDE, -1) / 255  # white, which is nothing, is 0
        return np.concatenate([seen, PLACES], axis=1)

    def image(self, features: Features) -> Pixels:
        patches = features[:, : PATCH * PATCH * 3].reshape(SIDE, SIDE, PATCH, PATCH, 3).swapaxes(1, 2)
        return grey(patches.reshape(SIDE * PATCH, SIDE * PATCH, 3))

    def box(self, row: int) -> tuple[int, int, int, int]:
        return row % SIDE * PATCH, row // SIDE * PATCH, PATCH, PATCH

    def name(self, row: int) -> str:
        return f"{'ABCD'[row % SIDE]}{row // SIDE + 1}"

    def where(self, row: int, rows: int) -> Said:
        return Said("senses.places.patch", {"name": self.name(row), "row": row // SIDE + 1, "column": row % SIDE + 1})
