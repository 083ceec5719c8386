"""Names that were never written before, to be copied: what a pointer is for."""

import random
from collections.abc import Set
from dataclasses import dataclass
from itertools import product

from s2s_demo.tasks.spoken import Spoken, places_of
from s2s_demo.text import Pair

NAMES = tuple("".join(syllables) for syllables in product("ba do fi ga ka lo mi nu ra so ta vi zu".split(), repeat=2))
FORMS = (
    "call {name} not {other}",
    "do not call {other} but {name}",
    "we need {name} while {other} can go",
    "{other} is out so ask {name}",
    "{name} wins and {other} loses",
)


@dataclass(frozen=True)
class CopyNames(Spoken):
    """Who is meant: "do not call tazu but miko" becomes "miko", a name that was never written in training.

    Held-out names are read in training, as the one who is not meant, yet never written: a softmax has learnt that
    they do not occur, a pointer copies what it looks at.  The alignment rests on one word.
    """

    share = 0.2

    def make(self, chance: random.Random) -> Pair:
        name, other = chance.sample(NAMES, k=2)
        return Pair(chance.choice(FORMS).format(name=name, other=other), name)

    def secret(self, pair: Pair) -> str:
        return pair.target

    def origins(self, source: list[str], target: list[str]) -> list[Set[int]]:
        return [places_of(target[0], source)]

    @property
    def own_examples(self) -> tuple[str, ...]:
        return "call mika not tazu", "do not call lodo but nuvi", "rami is out so ask sozu"
