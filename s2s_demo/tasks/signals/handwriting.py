"""Lines of handwriting, in letters of our own."""

import random
import string
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.signals.document import as_document
from s2s_demo.signals.ink import FAINTEST, HEIGHT, MARGIN, Ink
from s2s_demo.signals.png import write_png
from s2s_demo.tasks.signals.glyphs import Stroke, glyph, ways
from s2s_demo.tasks.signals.signal_task import Dice, SignalTask
from s2s_demo.text import Pair

CONTENTS = ("digits", "words")
VOWELS, CONSONANTS = "aeiouy", "bcdfghjklmnpqrstvwxz"
EDGE = 3  # pixels of paper around the ink
REACH = np.arange(-2, 3, dtype=np.int32)  # pixels around a point that a pen may ink
# Each character its own: width, height, turn, height above the line, lean, waves and their phase, gap after it.
LEAST = np.array([0.85, 0.88, -0.12, -0.5, -0.06, 0.3, 0.0, 0.7])
MOST = np.array([1.15, 1.12, 0.12, 0.5, 0.06, 0.9, 6.0, 1.3])


@dataclass(frozen=True)
class Handwriting(SignalTask[str]):
    """A line of handwriting, read: ink becomes "30715", or a short word that could be one.

    The source is a picture, read in columns from left to right; slant, thickness, size and shape of the strokes vary.
    """

    content: str = setting("digits", choices=CONTENTS, what="content", help="what is written")
    most_characters: int = setting(6, low=1, high=10, what="longest line", help="characters of a line, at most")
    least_characters: int = setting(1, low=1, high=10, what="shortest line", help="characters of a line, at least")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("longest line", self.most_characters, 1, 10)
        check_whole("shortest line", self.least_characters, 1, self.most_characters)

    @property
    def signal(self) -> str:
        return "ink"

    def choose(self, chance: random.Random) -> str:
        least = max(self.least_characters, 1 if self.content == "digits" else 2)
        length = chance.randint(least, max(least, self.most_characters))
        if self.content == "digits":
            return "".join(chance.choices(string.digits, k=length))
        first = chance.random() < 0.4
        return "".join(chance.choice(VOWELS if (place + first) % 2 else CONSONANTS) for place in range(length))

    def sentence(self, scene: str) -> str:
        return scene

    def draw(self, scene: str, dice: Dice) -> Pair:
        points, owners = written(scene, dice)
        ink = inked(points, radius=dice.uniform(0.6, 1.4))
        dark = ink > FAINTEST * ink.max()
        (rows,), (columns,) = dark.any(axis=1).nonzero(), dark.any(axis=0).nonzero()
        scale = HEIGHT / (rows[-1] + 1 - rows[0])  # as it will be read
        across = (points[:, 0] - columns[0]) * scale + MARGIN
        places = frozenset(
            (place, word)
            for word in range(len(scene))
            for low, high in [(across[owners == word].min(), across[owners == word].max())]
            for place in range(max(0, int(low)) // Ink.frames, int(high) // Ink.frames + 1)
        )
        pixels = (255 - 255 * ink).astype(np.uint8)
        return Pair(as_document(Ink.media, write_png(pixels)), scene, places=places)


def written(text: str, dice: Dice) -> tuple[Stroke, NDArray[np.int64]]:
    """The points of a line [N, 2] in pixels, as one hand writes it, and to which character each belongs [N]."""
    parts = [glyph(character, int(dice.random() * ways(character))) for character in text]
    sizes = [len(part) for part in parts]
    owners, starts = np.repeat(np.arange(len(text)), sizes), np.cumsum([0, *sizes[:-1]])
    slant, narrow, gap = dice.uniform(-0.15, 0.4), dice.uniform(0.75, 1.25), dice.uniform(1.2, 2.6)
    own = dice.uniform(LEAST[:, None], MOST[:, None], (len(LEAST), len(text)))
    wide, high, turn, lift, lean, waves, phase, gaps = own
    points = np.concatenate(parts)
    x, y = points[:, 0] * (narrow * wide)[owners], (points[:, 1] - 9) * high[owners]
    y += x * turn[owners] + lift[owners]
    x += 0.25 * np.sin(y * waves[owners] + phase[owners]) - y * lean[owners]
    left, right = np.minimum.reduceat(x, starts), np.maximum.reduceat(x, starts)
    ends = np.cumsum(right - left + gap * gaps)
    x += (ends - right - gap * gaps)[owners] - y * slant
    line = np.stack([x, y], axis=1)
    line = (line - line.min(axis=0)) * ((HEIGHT - 3) / max(1.0, np.ptp(y)))
    return line + EDGE, owners


def inked(points: Stroke, radius: float) -> NDArray[np.float32]:
    """What a pen with a round tip leaves that is set down at each of these points [N, 2]: a picture, 0 to 1."""
    width, height = (int(most) + EDGE + 2 for most in points.max(axis=0))
    corners = np.floor(points).astype(np.int32)
    inside = (points - corners).astype(np.float32)
    x, y = ((REACH[:, None] + np.float32(0.5) - inside[:, axis]) ** 2 for axis in (0, 1))  # [5, N], squared
    first = corners[:, 1] * width + corners[:, 0]
    edge, soft = np.float32((radius + 0.5) ** 2), np.float32(1 / (2 * radius))
    ink = np.zeros(width * height, np.float32)
    for down in range(len(REACH)):
        for across in range(len(REACH)):
            cells = first + int(REACH[down]) * width + int(REACH[across])
            left = (edge - x[across] - y[down]) * soft
            ink[cells] = np.maximum(ink[cells], left)  # of points in one pixel the last counts: they lie close together
    np.minimum(ink, 1, out=ink)
    return ink.reshape(height, width)
