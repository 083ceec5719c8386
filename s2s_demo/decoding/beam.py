"""Beam search: the k best beginnings, side by side."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from s2s_demo.decoding.strategy import Candidates, Strategy, keep_best
from s2s_demo.decoding.trace import Booleans, Floats, Integers
from s2s_demo.errors import check_whole
from s2s_demo.settings import setting


@dataclass(frozen=True, kw_only=True)
class Beam(Strategy):
    r"""The `size` likeliest beginnings go on together; the best finished one by $\Sigma / L^\alpha$ wins.

    The search of a sentence stops when `n_best` hypotheses (all `size`, unless set) have finished
    and none alive can still win: log-probabilities only fall, so a hypothesis at $\Sigma$ cannot
    end above $\Sigma / L_{max}^\alpha$.  So stopping early never loses the best hypothesis (of the
    others in the list, better ones might have come later).  A hypothesis that finishes takes one of
    the places of its step; from the next step on all `size` places are free again.
    """

    name: ClassVar[str] = "beam"
    size: int = setting(
        5,
        low=1,
        high=100,
        shared=(1, 10),
        step=1,
        name="beam_size",
        link="beam",
        what="beam size",
        help="beginnings that go on side by side",
    )
    length_penalty: float = setting(
        0.75,
        low=0,
        high=5,
        shared=(0, 2),
        step=0.05,
        link="penalty",
        what="length penalty",
        help="α in score = Σ log p / length^α",
    )
    n_best: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.n_best is not None:
            check_whole("n_best", self.n_best, 1, self.size)

    @property
    def width(self) -> int:
        return self.size

    @property
    def returned(self) -> int:
        return self.size if self.n_best is None else self.n_best

    @property
    def alpha(self) -> float:
        return self.length_penalty

    def choose(self, log_probs: Tensor, totals: Floats, step: int) -> Candidates:
        return keep_best(log_probs, totals, self.size, self.branching)

    def is_done(self, best_finished: Floats, finished: Integers, totals: Floats, limits: Integers) -> Booleans:
        reachable = totals.max(axis=1) / limits**self.alpha
        enough = finished.sum(axis=1) >= self.returned
        decided: Booleans = enough & (best_finished.max(axis=1) >= reachable)
        return super().is_done(best_finished, finished, totals, limits) | decided
