"""A thing that moves, told in a sentence."""

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.signals.document import as_document
from s2s_demo.signals.film import FRAME, Film
from s2s_demo.signals.png import write_png
from s2s_demo.tasks.signals.signal_task import Dice, SignalTask
from s2s_demo.text import Pair

THINGS = {"ball": "rolls", "box": "slides", "ring": "spins"}  # and how each moves sideways
MOVES = {"right": (1, 0), "left": (-1, 0), "falls": (0, 1), "rises": (0, -1), "rests": (0, 0)}
ROOM = FRAME - 7.0  # pixels that the middle of a thing may move along a side
SPEEDS = (0.8, 1.5)  # pixels a frame
LENGTHS = (3, 6)  # frames of a move


@dataclass(frozen=True)
class Scene:
    """A thing and what it does, one move after the other."""

    thing: str
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Films(SignalTask[Scene]):
    """A few frames of a thing that moves: "the ball rolls right then falls then rests".

    The source is a strip of frames, read one by one (Venugopalan et al. 2015).  No frame tells a move by itself; the
    model looks at those in which it is seen.
    """

    most_moves: int = setting(3, low=1, high=4, what="most moves", help="moves of a film, at most")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("most moves", self.most_moves, 1, 4)

    @property
    def signal(self) -> str:
        return "film"

    @property
    def tokenizer(self) -> tuple[str, int]:
        return "word", 100

    def choose(self, chance: random.Random) -> Scene:
        moves = [chance.choice([*MOVES])]
        for _ in range(chance.randint(0, self.most_moves - 1)):
            moves.append(chance.choice([move for move in MOVES if move != moves[-1]]))
        return Scene(chance.choice([*THINGS]), tuple(moves))

    def sentence(self, scene: Scene) -> str:
        return " ".join(word for word, _ in told(scene))

    def secret_of(self, sentence: str) -> str:
        """A thing that makes one move is always shown: there are 15 such films, and who has never seen a box rest
        cannot tell it from a ball.
        """
        return sentence if " then " in sentence else ""

    def draw(self, scene: Scene, dice: Dice) -> Pair:
        lengths = dice.integers(LENGTHS[0], LENGTHS[1] + 1, len(scene.moves)).tolist()
        speeds = dice.uniform(*SPEEDS, len(scene.moves)).tolist()
        steps = [(0.0, 0.0)]
        for move, length, speed in zip(scene.moves, lengths, speeds, strict=True):
            steps += [(MOVES[move][0] * speed, MOVES[move][1] * speed)] * length
        path = _within(np.cumsum(steps, axis=0), dice)
        radius, ink = dice.uniform(1.9, 2.8), dice.uniform(0.7, 1)
        strip = np.concatenate([frame(scene.thing, x, y, radius) for x, y in path], axis=1)
        ends = np.cumsum(lengths).tolist()
        seen = [range(end - length, end + 1) for end, length in zip(ends, lengths, strict=True)]
        words = enumerate(told(scene))
        places = frozenset((place, word) for word, (_, move) in words if move is not None for place in seen[move])
        pixels = (255 - 255 * ink * strip).astype(np.uint8)
        return Pair(as_document(Film.media, write_png(pixels)), self.sentence(scene), places=places)


def _within(path: NDArray[np.float64], dice: Dice) -> NDArray[np.float64]:
    """A path [N, 2] moved to somewhere in the frame; one that is too long is made shorter."""
    low, high = path.min(axis=0), path.max(axis=0)
    path = (path - low) * np.minimum(1, ROOM / np.maximum(high - low, 1e-9))
    start: NDArray[np.float64] = 3 + dice.uniform(0, 1, 2) * (ROOM - path.max(axis=0))
    return path + start


def told(scene: Scene) -> list[tuple[str, int | None]]:
    """The words of a sentence, those of a move with its number."""
    words: list[tuple[str, int | None]] = [("the", None), (scene.thing, None)]
    for number, move in enumerate(scene.moves):
        words += [("then", None)] if number else []
        words += [(word, number) for word in ((THINGS[scene.thing], move) if move in ("right", "left") else (move,))]
    return words


def frame(thing: str, x: float, y: float, radius: float) -> NDArray[np.float64]:
    """One frame, 1 where the thing is; its edge is soft, so that a part of a pixel counts."""
    across, down = np.arange(FRAME) + 0.5 - x, np.arange(FRAME)[:, None] + 0.5 - y
    if thing == "box":
        away = np.maximum(np.abs(across), np.abs(down)) - 0.9 * radius
    else:
        away = np.hypot(across, down) - radius
    filled: NDArray[np.float64] = (0.5 - away).clip(0, 1)
    if thing == "ring":
        filled[away < -1.1] = 0
    return filled
