"""How often the decoder is told the truth, and how fast it learns, over a run."""

import math
from dataclasses import dataclass

from s2s_demo.errors import check_range
from s2s_demo.settings import check_settings, setting

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

    kind: str = setting(
        "constant",
        choices=FORCING_SCHEDULES,
        name="teacher_forcing",
        what="teacher-forcing schedule",
        help="how the share of gold words changes",
    )
    start: float = setting(
        1.0,
        low=0,
        high=1,
        name="teacher_forcing_start",
        what="teacher forcing at the start",
        help="share of words written after the gold word before them",
    )
    end: float = setting(
        0.0,
        low=0,
        high=1,
        name="teacher_forcing_end",
        what="teacher forcing at the end",
        help="that share once the schedule is over",
    )
    over: int = setting(
        1000,
        low=1,
        high=10_000_000,
        name="teacher_forcing_over",
        what="length of the teacher-forcing schedule in updates",
        help="how many updates the schedule takes",
    )
    since: int = 0

    def __post_init__(self) -> None:
        check_settings(self)
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

    kind: str = setting(
        "linear",
        choices=RATE_SCHEDULES,
        name="decay",
        what="learning-rate schedule",
        help="how the rate falls after the warm-up",
    )
    peak: float = setting(
        2e-3, low=0, high=100, name="learning_rate", what="learning rate", help="how far an update goes, at most"
    )
    warm_up: int = setting(
        200, low=0, high=1_000_000, what="warm-up in updates", help="updates over which the rate climbs"
    )

    def __post_init__(self) -> None:
        check_settings(self)

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
