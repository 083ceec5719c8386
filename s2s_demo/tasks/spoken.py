"""What the made tasks in words share: a token is a word, and links are known word by word."""

import re
from abc import abstractmethod
from collections.abc import Set
from dataclasses import dataclass

from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair


@dataclass(frozen=True)
class Spoken(MadeTask):
    """A made task of small sentences, in lower case and without marks, so that words are the tokens."""

    @property
    def tokenizer(self) -> tuple[str, int]:
        return "word", 2000

    @abstractmethod
    def origins(self, source: list[str], target: list[str]) -> list[Set[int]]:
        """For each word of the target the numbers, from 0, of the source's words that it comes from."""

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        read, written = (list(re.finditer(r"\S+", text)) for text in (pair.source, pair.target))
        origins = self.origins(pair.source.split(), pair.target.split())
        return {
            (s, t)
            for word, places in zip(written, origins, strict=True)
            for place in places
            for s in range(*read[place].span())
            for t in range(*word.span())
        }


def places_of(word: str, words: list[str]) -> set[int]:
    """Where a word stands among others, which may be nowhere or twice."""
    return {place for place, other in enumerate(words) if other == word}
