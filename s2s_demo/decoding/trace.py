"""What a search did, as arrays: small, made in passing, for a thousand sentences as for one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class TraceStep:
    """The candidates of one step; the fields of `Candidates`, and alignment [K, S] of the hypotheses.

    Arrays of the candidates are [C]; row k of the alignment is where hypothesis k looked while all
    its continuations were proposed.
    """

    tokens: Integers
    parents: Integers
    log_probs: Floats
    ranks: Integers
    slots: Integers
    finished: Booleans
    possible: Booleans
    alignment: NDArray[np.float32]


@dataclass(frozen=True)
class Trace:
    """The whole search of one sentence, step by step."""

    steps: tuple[TraceStep, ...]
    alpha: float

    @property
    def considered(self) -> int:
        """How many candidates were looked at in all."""
        return sum(int(step.possible.sum()) for step in self.steps)
