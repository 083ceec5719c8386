"""What the tasks with signals share: first what is to be seen or heard, then a drawing of it."""

import random
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from s2s_demo.settings import setting
from s2s_demo.tasks.corpora import held_out_part
from s2s_demo.tasks.made import TRIES, MadeTask
from s2s_demo.text import Pair

Scene = TypeVar("Scene")
Dice = np.random.Generator
EXAMPLES = 4


@dataclass(frozen=True, kw_only=True)
class SignalTask(MadeTask, Generic[Scene]):
    """A task of drawings (or sounds) of scenes; `places` of a pair say where each word of its target can be read.

    What is held out is what is said: no drawing of a held-out sentence occurs in training.
    """

    held_out: int = setting(
        200, low=1, high=10_000, what="number of held-out pairs", help="to judge by, and as many to report on"
    )

    @abstractmethod
    def choose(self, chance: random.Random) -> Scene:
        """Draw what is to be seen."""

    @abstractmethod
    def sentence(self, scene: Scene) -> str:
        """What is to be said of it."""

    @abstractmethod
    def draw(self, scene: Scene, dice: Dice) -> Pair:
        """One of many drawings of it, with what is to be said and where each word can be read."""

    def make(self, chance: random.Random) -> Pair:
        return self.draw(self.choose(chance), dice_of(chance))

    def secret(self, pair: Pair) -> str:
        return self.secret_of(pair.target)

    def secret_of(self, sentence: str) -> str:
        """What is held out with a sentence; "" for one that is always shown."""
        return sentence

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        return set(pair.places)

    @property
    def shown(self) -> list[Pair]:
        """A few held-out pairs to try."""
        return self.val()[:EXAMPLES]

    @property
    def examples(self) -> list[str]:
        return [pair.source for pair in self.shown]

    def _draws(self) -> Iterator[Pair]:
        """Held-out pairs; others are not even drawn."""
        chance = random.Random(f"held out/{self!r}")
        for _ in range(TRIES):
            scene = self.choose(chance)
            secret = self.secret_of(self.sentence(scene))
            if secret and held_out_part(secret, self.share) != "train":
                yield self.draw(scene, dice_of(chance))


def dice_of(chance: random.Random) -> Dice:
    """NumPy's dice, for all the numbers of one drawing."""
    return np.random.default_rng(chance.getrandbits(64))
