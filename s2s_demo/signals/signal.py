"""What every signal promises: a document -> rows of numbers, and a name for each row."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from s2s_demo.signals.document import content_of
from s2s_demo.words import Said

Features = NDArray[np.float32]  # [S, F]

Pixels = NDArray[np.uint8]

MOST_ROWS = 190  # places of one source; with its end, no more than a sentence may have tokens


@dataclass(frozen=True)
class Signal(ABC):
    """One kind of source: how it is read, and what its places are called.

    A row holds `frames` frames of `size` / `frames` numbers each, one after the other in time (or along a line), so
    that a front end may look at the frames one by one, across the borders of rows.
    """

    media: ClassVar[str]  # the type of file it is read from
    frames: ClassVar[int]  # in a row
    size: ClassVar[int]  # numbers in a row: F

    def read(self, document: str) -> Features:
        """document -> [S, F]; InputError where it cannot be read."""
        return self.rows(content_of(document, self.media))

    @abstractmethod
    def rows(self, content: bytes) -> Features:
        """The content of its file -> [S, F]."""

    @abstractmethod
    def image(self, features: Features) -> Pixels:
        """What was read as a picture: [height, width], or with colours [height, width, 3]."""

    @abstractmethod
    def box(self, row: int) -> tuple[int, int, int, int]:
        """Where a row (from 0) stands in that picture: left, top, width, height."""

    @abstractmethod
    def name(self, row: int) -> str:
        """What a row (from 0) is called, where a word of a sentence would stand."""

    @abstractmethod
    def where(self, row: int, rows: int) -> Said:
        """The same in a sentence, as whoever looks at the picture would say it; `rows` are all there are."""

    def strip(self, features: Features) -> Pixels:
        """What was read, its places side by side in one line."""
        image = self.image(features)
        boxes = (self.box(row) for row in range(len(features)))
        return np.concatenate([image[top : top + high, left : left + wide] for left, top, wide, high in boxes], axis=1)

    def tokens(self, rows: int) -> tuple[str, ...]:
        """The names of that many rows, as pieces that are words of their own."""
        return tuple(f"\u2581{self.name(row)}" for row in range(rows))


def grey(shares: Features) -> Pixels:
    """Shares of black as a picture: 0 white, 1 black."""
    return (255 - 255 * shares.clip(0, 1)).astype(np.uint8)


def in_rows(frames: Features, each: int) -> Features:
    """Frames [N, f], `each` of them in a row [S, each * f]; what the last row lacks is zeros."""
    rows = np.zeros((-(-len(frames) // each), each * frames.shape[1]), np.float32)
    rows.ravel()[: frames.size] = frames.ravel()
    return rows
