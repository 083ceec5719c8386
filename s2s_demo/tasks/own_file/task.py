"""What can be learnt from a visitor's own pairs, and which of them are too long for it."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from s2s_demo.tasks.base import LONGEST_SEQUENCE, Bilingual
from s2s_demo.text import Pair, Tokenizer
from s2s_demo.words import Said

HELD_OUT = 500  # at most, in val and in test each
FEW = 0.05  # share of the pairs that may be too long for characters before word pieces are taken


@dataclass(frozen=True)
class OwnFile(Bilingual):
    """Your own pairs: a table with two columns, what goes in and what should come out.

    A tenth of the sources (at most 500) are kept for choosing and as many for the final test, picked
    by a hash; a source with several targets falls on one side with all of them.
    """

    pairs: tuple[Pair, ...] = field(repr=False)
    source: str = ""
    target: str = ""

    @cached_property
    def _parts(self) -> dict[str, list[Pair]]:
        sources = sorted({pair.source for pair in self.pairs}, key=_hash)
        size = min(HELD_OUT, len(sources) // 10)
        part_of = dict.fromkeys(sources[:size], "test") | dict.fromkeys(sources[size : 2 * size], "val")
        parts: dict[str, list[Pair]] = {"train": [], "val": [], "test": []}
        for pair in self.pairs:
            parts[part_of.get(pair.source, "train")].append(pair)
        return parts

    @cached_property
    def tokenizer(self) -> tuple[str, int]:
        """Characters for short or few texts and for writing without spaces, else word pieces.

        Where many pairs would be too long as rows of characters, it is word pieces in any case.
        """
        texts = [text for pair in self._parts["train"] for text in (pair.source, pair.target)]
        words = Counter(word for text in texts for word in text.split())
        characters = set().union(*words)
        length, spaced = sum(map(len, texts)) / len(texts), sum(words.values()) / len(texts) > 2
        long = sum(_is_long(pair.source) or _is_long(pair.target) for pair in self.pairs)
        if long <= FEW * len(self.pairs) and (length < 20 or words.total() < 5000 or not spaced):
            return "char", len(characters) + 10
        return "bpe", min(8000, 300 + len(characters) + len(words))  # 256 of them are bytes

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return list(self._parts["train"])

    def val(self) -> list[Pair]:
        return list(self._parts["val"])

    def test(self) -> list[Pair]:
        return list(self._parts["test"])


def too_long(pairs: Sequence[Pair]) -> dict[Pair, Said]:
    """The pairs that nothing would be learnt from, each with the reason: more tokens than a sequence may have.

    The tokenizer is the one that the other pairs give.
    """
    left, found = list(pairs), dict[Pair, Said]()
    while any(_is_long(pair.source) or _is_long(pair.target) for pair in left):
        long = _too_long(OwnFile(tuple(left)))
        if not long:
            break
        found |= long
        left = [pair for pair in left if pair not in long]
    return found


def _too_long(task: OwnFile) -> dict[Pair, Said]:
    texts = [text for pair in task.train(0, 0) for text in (pair.source, pair.target)]
    tokenizer = Tokenizer.train(texts, *task.tokenizer)
    key = {"char": "own-file.left-out.many-characters", "bpe": "own-file.left-out.many-word-pieces"}[task.tokenizer[0]]
    found = {}
    for pair in task.pairs:
        for side, text in (("source", pair.source), ("target", pair.target)):
            if _is_long(text) and (count := len(tokenizer.encode(text))) > LONGEST_SEQUENCE:
                found[pair] = Said(key, {"what": side, "tokens": count, "most": LONGEST_SEQUENCE})
    return found


def _is_long(text: str) -> bool:
    """Whether a text has too many tokens as characters, before the first of which stands a space."""
    return len(text) + 1 > LONGEST_SEQUENCE


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
