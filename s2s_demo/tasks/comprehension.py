"""Reading comprehension in small: facts about where things are, and one question."""

import random
from collections.abc import Set
from dataclasses import dataclass

from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.tasks.spoken import Spoken
from s2s_demo.text import Pair

_THINGS = "key pen cup ring coin map lamp shoe card book".split()
_PLACES = tuple(
    f"{where} {colour} {place}"
    for where, place in (("in", "box"), ("in", "bag"), ("on", "table"), ("under", "chair"), ("behind", "door"))
    for colour in "red blue green black white".split()
)


@dataclass(frozen=True)
class Comprehension(Spoken):
    """Facts and a question: "the key is in red box ; the pen is on blue table ; where is the key" - "in red box".

    The alignment must land on the fact that is asked for: the other facts have the same form and other words.
    """

    facts: int = setting(3, low=1, high=8, what="number of facts", help="sentences before the question, at most")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("number of facts", self.facts, 1, 8)

    def make(self, chance: random.Random) -> Pair:
        count = chance.randint(min(2, self.facts), self.facts)
        things, places = chance.sample(_THINGS, k=count), chance.sample(_PLACES, k=count)
        facts = [f"the {thing} is {place}" for thing, place in zip(things, places, strict=True)]
        asked = chance.randrange(count)
        return Pair(" ; ".join([*facts, f"where is the {things[asked]}"]), places[asked])

    def origins(self, source: list[str], target: list[str]) -> list[Set[int]]:
        fact = source.index(source[-1])  # the thing asked for; its place stands after "is"
        return [{fact + 2 + number} for number in range(len(target))]

    @property
    def own_examples(self) -> tuple[str, ...]:
        return (
            "the key is in red box ; the pen is on blue table ; where is the key",
            "the cup is under green chair ; the map is behind white door ; where is the map",
            "the ring is in black bag ; the lamp is in red bag ; the shoe is on red table ; where is the lamp",
        )
