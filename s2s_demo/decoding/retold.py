"""A search that went its own way through a tree, told again step by step: the likeliest part of it, as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
from torch import Tensor

from s2s_demo.decoding.hunt import Hunt, Path
from s2s_demo.decoding.largest import largest
from s2s_demo.decoding.search import search
from s2s_demo.decoding.strategy import ALTERNATIVES, Candidates, Sentence, Strategy
from s2s_demo.decoding.trace import Floats, Trace
from s2s_demo.text import EOS

SHOWN = 40  # beginnings in the tree besides the ways to what is finished; thousands may have been continued


@dataclass(frozen=True, kw_only=True)
class Retold(Strategy):
    """The beginnings `shown` go on, a place each in their order; `ended` finish; others are cut.

    What was `continued` without being shown is left out rather than called cut; the price of ending is always told.
    """

    name: ClassVar[str] = "retold"
    shown: tuple[Path, ...]
    ended: frozenset[Path]
    continued: frozenset[Path] = field(repr=False)
    length_penalty: float = 0.0

    @property
    def width(self) -> int:
        lengths = [len(path) for path in self.shown]
        return max(map(lengths.count, lengths))

    @property
    def alpha(self) -> float:
        return self.length_penalty

    def choose(self, log_probs: Tensor, totals: Floats, step: int) -> Candidates:
        places = {path: slot for slot, path in enumerate(path for path in self.shown if len(path) == step + 1)}
        rows: list[tuple[int, int, float, int, int, bool]] = []
        for slot, path in enumerate(path for path in self.shown if len(path) == step):
            words = log_probs[0, slot]
            likeliest = largest(words, min(ALTERNATIVES, len(words)))[1].tolist()
            going_on = [following[-1] for following in places if following[:-1] == path]
            for token in dict.fromkeys([*likeliest, *going_on, EOS]):
                following = (*path, token)
                if following in places or following not in self.continued:
                    price, ends = float(words[token]), following in self.ended
                    rank = int((words > price).sum()) + 1
                    rows.append((token, slot, price, rank, places.get(following, -1), ends))
        return _candidates(rows, totals)


def _candidates(rows: list[tuple[int, int, float, int, int, bool]], totals: Floats) -> Candidates:
    """Candidates of one sentence from (token, parent, log-prob, rank, slot, whether finished) of each."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    tokens, parents, ranks, slots = (np.array([columns[i]], np.int64) for i in (0, 1, 3, 4))
    prices, finished = np.array([columns[2]], np.float64), np.array([columns[5]], np.bool_)
    sums = np.take_along_axis(totals, parents, axis=1) + prices
    return Candidates(tokens, parents, prices, sums, ranks, slots, finished)


def retold(hunt: Hunt, sentence: Sentence) -> Trace:
    """The trace of a hunt: the likeliest of what it continued, and every way to what it finished."""
    likeliest = [path for _, path in sorted(hunt.continued, key=lambda each: -each[0])[:SHOWN]]
    ended = [path for _, _, path in hunt.ended]
    shown = sorted(dict.fromkeys(_with_beginnings([*likeliest, *(path[:-1] for path in ended)])), key=len)
    strategy = Retold(
        shown=tuple(shown),
        ended=frozenset(ended),
        continued=frozenset(path for _, path in hunt.continued),
        length_penalty=hunt.alpha,
        max_length=hunt.limit,
    )
    (trace,) = search(sentence.model, sentence.source, sentence.mask, strategy, sentence.utf8)
    return replace(trace, facts={"nodes": len(hunt.continued), "seconds": hunt.seconds})


def _with_beginnings(paths: Iterable[Path]) -> Iterable[Path]:
    return (path[:length] for path in paths for length in range(len(path) + 1))
