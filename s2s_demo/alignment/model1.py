"""IBM Model 1 (Brown et al. 1993): which word translates which, learnt from sentence pairs by counting alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.errors import DataError
from s2s_demo.text import Pair, split_words

NOTHING = ""  # the empty source word: target words that translate no word come from it

Words = Sequence[str]
Link = tuple[int, int]  # source word, target word


class Model1:
    """t(f | e), the probability that source word e is translated by target word f.

    Expectation-maximisation from a uniform start: each target word of a pair is shared out among the
    source words of that pair in proportion to t, the shares are counted over the corpus, and the
    counts, divided by their sum for each e, are the next t.  Word order plays no part.
    """

    def __init__(self, source: dict[str, int], target: dict[str, int], keys: NDArray[np.int64]) -> None:
        self._source, self._target = source, target  # the number of each word
        self._keys = keys  # e * number of target words + f, ascending, for all e and f that occur in one pair
        self._t: NDArray[np.float64] = np.full(len(keys), 1.0)

    @classmethod
    def train(cls, pairs: Iterable[tuple[Words, Words]], iterations: int = 5) -> "Model1":
        """Learn from pairs of (source words, target words)."""
        numbered, source, target = _number(pairs)
        if not numbered:
            raise DataError("alignment.nothing-to-learn")
        cells, rows = _cells(numbered, len(target))
        keys, types = np.unique(cells, return_inverse=True)
        model = cls(source, target, keys)
        word_of_type = keys // len(target)
        for _ in range(iterations):
            shares = model._t[types]
            shares /= np.bincount(rows, shares)[rows]
            counts = np.bincount(types, shares, len(keys))
            model._t = counts / np.bincount(word_of_type, counts)[word_of_type]
        return model

    def probability(self, source: str, target: str) -> float:
        """t(target | source); 0 for words that never met."""
        return float(self._table([source], [target])[0, 0])

    def posterior(self, source: Words, target: Words) -> NDArray[np.float64]:
        """Probability that each target word translates each source word of this pair [T, S].

        Rows sum to 1 less the probability of translating no word; a row of unknown words is 0.
        """
        t = self._table([NOTHING, *source], target)
        total = t.sum(axis=1, keepdims=True)
        return t[:, 1:] / np.where(total > 0, total, 1)

    def _table(self, source: Words, target: Words) -> NDArray[np.float64]:
        e = np.array([self._source.get(word, -1) for word in source], dtype=np.int64)
        f = np.array([self._target.get(word, -1) for word in target], dtype=np.int64)
        keys = e[None] * len(self._target) + f[:, None]
        places = np.searchsorted(self._keys, keys).clip(max=len(self._keys) - 1)
        known = (self._keys[places] == keys) & (e[None] >= 0) & (f[:, None] >= 0)
        return np.where(known, self._t[places], 0.0)


@dataclass(frozen=True)
class MutualAligner:
    """Two Model 1s that have to agree: few links, but nearly all of them right. It reads lower-cased words."""

    forward: Model1
    backward: Model1

    @classmethod
    def train(cls, pairs: Iterable[Pair], iterations: int = 5) -> "MutualAligner":
        """Learn both directions from sentence pairs."""
        words = [(_lower(split_words(pair.source)), _lower(split_words(pair.target))) for pair in pairs]
        return cls(Model1.train(words, iterations), Model1.train([(f, e) for e, f in words], iterations))

    def links(self, source: Words, target: Words, above: float = 0.25) -> set[Link]:
        """Links whose posterior is greater than `above` from source to target and from target to source."""
        e, f = _lower(source), _lower(target)
        both = np.minimum(self.forward.posterior(e, f), self.backward.posterior(f, e).T) > above
        return {(int(s), int(t)) for t, s in np.argwhere(both)}


def _lower(words: Words) -> list[str]:
    return [word.lower() for word in words]


_Numbered = list[tuple[NDArray[np.int64], NDArray[np.int64]]]


def _number(pairs: Iterable[tuple[Words, Words]]) -> tuple[_Numbered, dict[str, int], dict[str, int]]:
    source: dict[str, int] = {NOTHING: 0}
    target: dict[str, int] = {}
    numbered = [
        (
            np.array([0, *(source.setdefault(word, len(source)) for word in e)], dtype=np.int64),
            np.array([target.setdefault(word, len(target)) for word in f], dtype=np.int64),
        )
        for e, f in pairs
        if e and f
    ]
    return numbered, source, target


def _cells(numbered: _Numbered, target_words: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """One cell for each target word and source word of a pair: the key of (e, f), and the row it is shared out in."""
    cells = [(f[:, None] + e[None] * target_words).ravel() for e, f in numbered]
    widths = np.concatenate([np.full(len(f), len(e)) for e, f in numbered])
    return np.concatenate(cells), np.repeat(np.arange(len(widths)), widths)
