"""Turns of a dialogue: what is answered depends on the turn before."""

import random
from collections.abc import Set
from dataclasses import dataclass

from s2s_demo.tasks.spoken import Spoken, places_of
from s2s_demo.text import Pair

_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_CITIES = (
    "rome paris berlin madrid london vienna oslo prague lisbon athens dublin warsaw helsinki tokyo cairo lima"
).split()
_DAYS = "today,tomorrow,tonight,on monday,on tuesday,on friday,on sunday,next week".split(",")
_NAMES = "anna ben clara david eva felix greta hugo ines jan karla leo maria nils olga paul".split()
_GREETINGS = "good morning,good evening,hello there,welcome back,nice to meet you,good to see you".split(",")
_PLACES = "table room taxi boat desk tent bench lodge cabin garden court bus".split()


@dataclass(frozen=True)
class Dialogue(Spoken):
    """Two turns and the answer to both: "a table for four please / at seven" - "your table for four at seven".

    Somebody books something, asks for the weather or says a name; the next turn adds to it.  Neither turn is enough:
    the alignment of each answer takes words from both.
    """

    def make(self, chance: random.Random) -> Pair:
        return chance.choice((_booking, _weather, _greeting))(chance)

    def origins(self, source: list[str], target: list[str]) -> list[Set[int]]:
        return [places_of(word, source) for word in target]

    @property
    def own_examples(self) -> tuple[str, ...]:
        return (
            "a table for four please / at seven",
            "how is the weather in rome / and on friday",
            "my name is clara / good evening",
        )


def _booking(chance: random.Random) -> Pair:
    what, (size, hour) = chance.choice(_PLACES), chance.sample(_NUMBERS, k=2)
    first = chance.choice(("a {} for {} please", "i would like a {} for {}", "is there a {} for {}")).format(what, size)
    return Pair(f"{first} / at {hour}", f"your {what} for {size} at {hour}")


def _weather(chance: random.Random) -> Pair:
    city, day = chance.choice(_CITIES), chance.choice(_DAYS)
    first = chance.choice(("how is the weather in {}", "i fly to {}", "we are in {} now")).format(city)
    return Pair(f"{first} / and {day}", f"sunny in {city} {day}")


def _greeting(chance: random.Random) -> Pair:
    name, greeting = chance.choice(_NAMES), chance.choice(_GREETINGS)
    first = chance.choice(("my name is {}", "i am {}", "this is {} again")).format(name)
    return Pair(f"{first} / {greeting}", f"{greeting} {name}")
