"""Coloured shapes on a grid, told in a sentence."""

import random
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.signals.document import as_document
from s2s_demo.signals.picture import PATCH, SIDE, Picture
from s2s_demo.signals.png import write_png
from s2s_demo.tasks.signals.signal_task import Dice, SignalTask
from s2s_demo.text import Pair

COLOURS = {
    "red": (214, 40, 40),
    "green": (46, 139, 70),
    "blue": (40, 90, 214),
    "yellow": (240, 190, 20),
    "purple": (140, 60, 180),
    "black": (30, 30, 30),
}
SHAPES = ("circle", "square", "triangle", "cross", "diamond")
SHAKE = 18  # by how much a colour varies, of 255


@dataclass(frozen=True)
class Thing:
    """A shape in a cell of the grid; row 0 is the upper one."""

    row: int
    column: int
    colour: str
    shape: str

    @property
    def cell(self) -> int:
        """Its patch in the order of reading."""
        return self.row * SIDE + self.column


Scene = tuple[Thing, ...]


@dataclass(frozen=True)
class Shapes(SignalTask[Scene]):
    """Coloured shapes on a grid, told in the order of reading: "a red circle above a blue square".

    The source is a picture, read in 16 patches (Xu et al. 2015).  To name a colour the model looks at its shape; to
    say where it lies, at the next one.
    """

    most_things: int = setting(3, low=1, high=5, what="most shapes", help="shapes of a picture, at most")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("most shapes", self.most_things, 1, 5)

    @property
    def signal(self) -> str:
        return "picture"

    @property
    def tokenizer(self) -> tuple[str, int]:
        return "word", 100

    def choose(self, chance: random.Random) -> Scene:
        cells = sorted(chance.sample(range(SIDE * SIDE), k=chance.randint(1, self.most_things)))
        return tuple(Thing(*divmod(cell, SIDE), chance.choice([*COLOURS]), chance.choice(SHAPES)) for cell in cells)

    def sentence(self, scene: Scene) -> str:
        return " ".join(word for word, _ in told(scene))

    def draw(self, scene: Scene, dice: Dice) -> Pair:
        pixels = np.empty((SIDE * PATCH, SIDE * PATCH, 3), np.uint8)
        pixels[:] = 255 - dice.integers(0, 12, 3, dtype=np.uint8)
        for thing in scene:
            top, left = thing.row * PATCH, thing.column * PATCH
            x, y, radius = dice.uniform(-1, 1), dice.uniform(-1, 1), dice.uniform(3.6, 4.9)
            colour = np.add(COLOURS[thing.colour], dice.integers(-SHAKE, SHAKE + 1, 3)).clip(0, 255)
            pixels[top : top + PATCH, left : left + PATCH][outline(thing.shape, x, y, radius)] = colour
        places = frozenset((cell, word) for word, (_, cell) in enumerate(told(scene)) if cell is not None)
        return Pair(as_document(Picture.media, write_png(pixels)), self.sentence(scene), places=places)


def told(scene: Scene) -> list[tuple[str, int | None]]:
    """The words of a sentence, those that name something with its cell: colours and shapes."""
    words: list[tuple[str, int | None]] = []
    for before, thing in zip((None, *scene), scene, strict=False):
        words += [(word, None) for word in relation(before, thing)] if before else []
        words += [("a", None), (thing.colour, thing.cell), (thing.shape, thing.cell)]
    return words


def relation(one: Thing, other: Thing) -> list[str]:
    """Where one thing lies, seen from another that is read after it."""
    return ["above"] if one.row < other.row else ["left", "of"]


def outline(shape: str, x: float, y: float, radius: float) -> NDArray[np.bool_]:
    """Which pixels of a patch belong to a shape whose middle is moved by x and y."""
    across, down = _grid()
    dx, dy = across - x, down - y
    if shape == "circle":
        return np.hypot(dx, dy) < radius
    wide, high = np.abs(dx), np.abs(dy)
    found: NDArray[np.bool_] = {
        "square": np.maximum(wide, high) < 0.85 * radius,
        "triangle": (high < 0.9 * radius) & (wide < (dy + 0.9 * radius) * 0.6),
        "cross": (np.minimum(wide, high) < 0.33 * radius) & (np.maximum(wide, high) < radius),
        "diamond": wide + high < 1.1 * radius,
    }[shape]
    return found


@cache
def _grid() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far right of and below the middle of a patch each of its pixels lies."""
    places = np.arange(PATCH, dtype=np.float64) - (PATCH - 1) / 2
    return places[None], places[:, None]
