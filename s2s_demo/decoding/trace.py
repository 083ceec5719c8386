"""What a search did, as arrays: small, made in passing, for a thousand sentences as for one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from s2s_demo.words import Said

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class TraceStep:
    """The candidates of one step; the fields of `Candidates`, and alignment [K, S] of the hypotheses.

    Arrays of the candidates are [C]; row k of the alignment is where hypothesis k looked while all
    its continuations were proposed.  `scores` [C] rank the finished ones where that is not Σ / L^α.
    p_gen [K] is how probably each continuation was generated rather than copied, where the model has a pointer;
    heads [K, N, S] where the heads looked whose mean is the alignment, where there are several.
    """

    tokens: Integers
    parents: Integers
    log_probs: Floats
    ranks: Integers
    slots: Integers
    finished: Booleans
    possible: Booleans
    alignment: NDArray[np.float32]
    scores: Floats | None = None
    p_gen: NDArray[np.float32] | None = None
    heads: NDArray[np.float32] | None = None

    def score(self, candidate: int, total: float, length: int, alpha: float) -> float:
        """What ranks a candidate of that Σ log p and length."""
        if self.scores is not None and self.finished[candidate]:
            return float(self.scores[candidate])
        return float(total / length**alpha)


@dataclass(frozen=True)
class Trace:
    """The whole search of one sentence, step by step.

    `facts` are what a strategy has found out besides (whether the best is proved, say), for whoever counts;
    `said` puts them into a sentence.
    """

    steps: tuple[TraceStep, ...]
    alpha: float
    facts: Mapping[str, bool | int | float] = field(default_factory=dict)
    said: Said | None = None

    @property
    def considered(self) -> int:
        """How many candidates were looked at in all."""
        return sum(int(step.possible.sum()) for step in self.steps)
