"""Typing mistakes, mended: a denoising auto-encoder over short English phrases."""

import random
from dataclasses import dataclass

from s2s_demo.settings import setting
from s2s_demo.tasks.augment import mistype
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair

_DETERMINERS = "the a my your her his our this that every".split()
_ADJECTIVES = (
    "small large old young happy quiet brown white yellow green clever hungry friendly strange heavy gentle famous "
    "lazy broken warm"
).split()
_NOUNS = (
    "teacher student doctor farmer painter sister brother child rabbit horse monkey elephant tiger chicken garden "
    "kitchen window table bottle basket letter picture picnic bicycle kite pencil cookie river mountain village"
).split()
_VERBS = (
    "watches follows paints carries forgets remembers finds likes draws washes counts pushes hides cleans describes "
    "needs brings opens sees wants"
).split()
_ADVERBS = "slowly quickly today again often quietly tomorrow always carefully here".split()


def phrase(chance: random.Random) -> str:
    """A short sentence from a small grammar: who does what, perhaps how or when."""
    adverb = f" {chance.choice(_ADVERBS)}" if chance.random() < 0.5 else ""
    return f"{_noun_phrase(chance)} {chance.choice(_VERBS)} {_noun_phrase(chance)}{adverb}"


def _noun_phrase(chance: random.Random) -> str:
    adjective = f"{chance.choice(_ADJECTIVES)} " if chance.random() < 0.3 else ""
    following = adjective + chance.choice(_NOUNS)
    determiner = chance.choice(_DETERMINERS)
    return f"{'an' if determiner == 'a' and following[0] in 'aeiou' else determiner} {following}"


@dataclass(frozen=True)
class Spelling(MadeTask):
    """Phrases with typing mistakes, mended: "teh teachr" becomes "the teacher" (a denoising auto-encoder).

    The alignment is a diagonal that limps where a letter was left out or typed twice; at a
    mistake the model has to trust what it has written so far more than what it sees.
    """

    mistakes: float = setting(0.4, low=0, high=1, what="share of words with a mistake", help="of all words")

    def make(self, chance: random.Random) -> Pair:
        clean = phrase(chance)
        words = (mistype(word, chance) if chance.random() < self.mistakes else word for word in clean.split())
        return Pair(" ".join(words), clean)

    @property
    def own_examples(self) -> tuple[str, ...]:
        return (
            "teh hungry rabit follows my sister",
            "her brothwr paints evrey window quietly",
            "our cleverr mnokey hides a yellow botle",
        )
