"""Curves and movies that never grow beyond a bound, however long a run goes on."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from s2s_demo.live.records import Point
from s2s_demo.training import Progress

R = TypeVar("R")


class Curve:
    """The training curve: at most `limit` points, each the mean of equally many updates.

    When the points run out, neighbours are merged and each point stands for twice as many updates.
    """

    def __init__(self, limit: int = 400) -> None:
        self.limit, self.stride = limit - limit % 2, 1
        self._points: list[Point] = []
        self._open: list[Point] = []

    def add(self, progress: Progress) -> None:
        """Append one update."""
        p = progress
        self._open.append(Point(p.update, p.loss, p.teacher_forcing, p.learning_rate, p.gradient_norm))
        if len(self._open) < self.stride:
            return
        self._points.append(_mean(self._open))
        self._open = []
        if len(self._points) >= self.limit:
            pairs = zip(self._points[::2], self._points[1::2], strict=True)
            self._points = [_mean(pair) for pair in pairs]
            self.stride *= 2

    @property
    def points(self) -> tuple[Point, ...]:
        """Oldest first; the last one may stand for fewer updates than the others."""
        return (*self._points, *([_mean(self._open)] if self._open else []))


def _mean(points: Sequence[Point]) -> Point:
    n = len(points)
    return Point(
        points[-1].update,
        sum(p.loss for p in points) / n,
        points[-1].teacher_forcing,
        points[-1].learning_rate,
        sum(p.gradient_norm for p in points) / n,
    )


class Thinned(Generic[R]):
    """Records of which the old ones are thinned out: the first and the last always stay.

    Whenever there are more than `limit`, every second one goes; so the older, the sparser.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._records: list[R] = []

    def add(self, record: R) -> None:
        """Append, and thin out if there are too many."""
        self._records.append(record)
        if len(self._records) > self.limit:
            self._records = [*self._records[:-1:2], self._records[-1]]

    @property
    def records(self) -> tuple[R, ...]:
        return tuple(self._records)
