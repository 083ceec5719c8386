"""Long captions of a grammar of our own, cut down to who does what."""

import random
from collections.abc import Set
from dataclasses import dataclass

from s2s_demo.tasks.spoken import Spoken
from s2s_demo.text import Pair

_WHO = "man woman boy girl chef farmer singer nurse pilot clown".split()
_WHAT = "dog ball kite bike guitar book cake horse ladder umbrella".split()
_DOES = {"is throwing": "throws", "is holding": "holds", "is painting": "paints", "is carrying": "carries"} | {
    "is chasing": "chases",
    "is washing": "washes",
}
_HOW = "slowly happily quietly carefully proudly".split()
_LIKE = "young old tall small tired cheerful red blue green wooden shiny striped".split()
_WITH = ("in a {} coat", "with a {} hat", "in {} boots", "")
_WHERE = (
    *("on the wet beach", "near the old bridge", "in a crowded street", "behind the station"),
    *("in front of a large house", "under a bright sky"),
)


@dataclass(frozen=True)
class Summaries(Spoken):
    """A long caption in three words: who does what.

    Of "a tall chef in a red coat is slowly painting a small kite near the old bridge" remains "chef paints kite".
    The alignment picks three words and passes over all ornaments; the verb looks at two, "is" and its "-ing".
    """

    def make(self, chance: random.Random) -> Pair:
        who, what, (doing, does) = chance.choice(_WHO), chance.choice(_WHAT), chance.choice(list(_DOES.items()))
        auxiliary, participle = doing.split()
        words = [
            self._noun(chance, who),
            chance.choice(_WITH).format(chance.choice(_LIKE)),
            auxiliary,
            chance.choice(["", *_HOW]),
            participle,
            self._noun(chance, what),
            chance.choice(["", *_WHERE]),
        ]
        return Pair(" ".join(word for word in words if word), f"{who} {does} {what}")

    def _noun(self, chance: random.Random, noun: str) -> str:
        return f"{chance.choice(['a', 'the', 'one'])} {f'{chance.choice(_LIKE)} ' * (chance.random() < 0.6)}{noun}"

    def origins(self, source: list[str], target: list[str]) -> list[Set[int]]:
        auxiliary = source.index("is")
        verb = next(place for place, word in enumerate(source) if word.endswith("ing") and place > auxiliary)
        nouns = [{source.index(target[0])}, {source.index(target[2], verb)}]
        return [nouns[0], {auxiliary, verb}, nouns[1]]

    @property
    def own_examples(self) -> tuple[str, ...]:
        return (
            "a tall chef in a red coat is slowly painting a small kite near the old bridge",
            "one girl is chasing the striped ball",
            "the tired pilot with a blue hat is proudly carrying a cake behind the station",
        )
