"""How often the decoder is told the truth, and how fast it learns, over a run."""

import math
from dataclasses import dataclass

from s2s_demo.errors import check_choice, check_range

FORCING_SCHEDULES = ("constant", "linear", "exponential", "inverse_sigmoid")
RATE_SCHEDULES = ("constant", "linear", "cosine", "inverse_sqrt")


@dataclass(frozen=True, kw_only=True)
class TeacherForcing:
    """The share of words written after the gold word before them (scheduled sampling, Bengio et al. 2015).

    From `start` to `end` over `over` updates: constant stays at `start`; linear goes straight;
    exponential ($k^i$) and inverse sigmoid ($k / (k + e^{i/k})$), section 2.4, are scaled so that they
    have come within 1 % of `end` after `over` updates.  The counting starts after update `since`, for
    schedules that are set while a run goes on.
    """

    kind: str = "constant"
    start: float = 1.0
    end: float = 0.0
    over: int = 1000
    since: int = 0

    def __post_init__(self) -> None:
        check_choice("teacher-forcing schedule", self.kind, FORCING_SCHEDULES)
        check_range("teacher forcing at the start", self.start, 0, 1)
        check_range("teacher forcing at the end", self.end, 0, 1)
        check_range("length of the teacher-forcing schedule in updates", self.over, 1, 10_000_000)
        check_range("update since which teacher forcing is counted", self.since, 0, 10**12)

    def at(self, update: int) -> float:
        """The ratio in force at an update, between 0 and 1."""
        way = max(0.0, (update - self.since) / self.over)
        if self.kind == "constant":
            return self.start
        if self.kind == "linear":
            left = max(0.0, 1 - way)
        elif self.kind == "exponential":
            left = 0.01**way
        else:
            k = 10.0
            left = (k + 1) / (k + (100 * k * k) ** min(way, 50.0))  # beyond, the power leaves the floats
        return self.end + (self.start - self.end) * left


@dataclass(frozen=True, kw_only=True)
class LearningRate:
    """The learning rate: a linear climb over `warm_up` updates to `peak`, then a decay.

    linear and cosine reach 0 at the end of the run; inverse_sqrt falls as 1/sqrt(update).
    """

    kind: str = "linear"
    peak: float = 2e-3
    warm_up: int = 200

    def __post_init__(self) -> None:
        check_choice("learning-rate schedule", self.kind, RATE_SCHEDULES)
        check_range("learning rate", self.peak, 0, 100)
        check_range("warm-up in updates", self.warm_up, 0, 1_000_000)

    def at(self, update: int, progress: float) -> float:
        """The rate of an update (counted from 1), `progress` in [0, 1] being the part of the run done."""
        climb = min(1.0, update / self.warm_up) if self.warm_up else 1.0
        fall = {
            "constant": 1.0,
            "linear": 1 - progress,
            "cosine": 0.5 + 0.5 * math.cos(math.pi * progress),
            "inverse_sqrt": math.sqrt(max(1, self.warm_up) / max(update, self.warm_up, 1)),
        }[self.kind]
        return self.peak * climb * fall
