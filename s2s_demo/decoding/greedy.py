"""Greedy search: always the likeliest next word."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from s2s_demo.decoding.strategy import Candidates, Strategy, keep_best
from s2s_demo.decoding.trace import Floats


@dataclass(frozen=True, kw_only=True)
class Greedy(Strategy):
    """Always the likeliest next word, never looking back: a beam of one."""

    name: ClassVar[str] = "greedy"

    def choose(self, log_probs: Tensor, totals: Floats, step: int) -> Candidates:
        return keep_best(log_probs, totals, 1, self.branching)
