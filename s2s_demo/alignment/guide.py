"""Links that a word aligner found, or a task knows, handed to the training of a model in the model's own pieces."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from s2s_demo.alignment.model1 import MutualAligner
from s2s_demo.alignment.words import CHARACTER, overlap
from s2s_demo.text import Pair, Row, Tokenizer, split_words


class WordGuide:
    """Which pieces of a training pair belong together: those of words that both Model 1s link."""

    def __init__(self, aligner: MutualAligner, tokenizer: Tokenizer) -> None:
        self.aligner, self.tokenizer = aligner, tokenizer
        self._links = lru_cache(maxsize=2**18)(self._find)

    def __call__(self, pair: Pair, source: Row, target: Sequence[int]) -> NDArray[np.int64]:
        """(target piece, source piece) of every link [N, 2]; none where the pieces do not spell the text."""
        return self._links(pair, tuple(source), tuple(target))

    def _find(self, pair: Pair, source: tuple[int, ...], target: tuple[int, ...]) -> NDArray[np.int64]:
        pieces = self.tokenizer.pieces
        read = overlap(pair.source, [pieces[i] for i in source])
        written = overlap(pair.target, [pieces[i] for i in target])
        if read is None or written is None:
            return np.empty((0, 2), dtype=np.int64)
        links = self.aligner.links(split_words(pair.source), split_words(pair.target))
        together = np.zeros((written.shape[0], read.shape[0]), dtype=bool)
        for s, t in links:
            together[t, s] = True
        return np.argwhere((written.T > 0) @ together @ (read > 0)).astype(np.int64)


class PlaceGuide:
    """Where each piece of a target can be read, for tasks whose makers know (`Pair.places`)."""

    def __init__(self, tokenizer: Tokenizer, by_letter: bool) -> None:
        self.tokenizer, self.unit = tokenizer, (CHARACTER,) if by_letter else ()

    def __call__(self, pair: Pair, source: Row, target: Sequence[int]) -> NDArray[np.int64]:
        """(target piece, source place) of every link [N, 2]."""
        written = overlap(pair.target, [self.tokenizer.pieces[i] for i in target], *self.unit)
        if written is None:
            return np.empty((0, 2), dtype=np.int64)
        together = np.zeros((len(target), len(source)), dtype=bool)
        for place, word in pair.places:
            together[written[word] > 0, place] = True
        return np.argwhere(together).astype(np.int64)
