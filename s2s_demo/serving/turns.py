"""Of what a visitor asked for only the latest counts: an older answer comes too late."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, TypeVar

T = TypeVar("T")


class Turns:
    """The turns of one visitor in one place of the page; they are numbered, and one at most goes on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = 0
        self._ended = False

    def take(self) -> int:
        """Begin a turn; every earlier one is over."""
        with self._lock:
            self._taken += 1
            return self._taken

    def end(self) -> None:
        """The visitor has left: every turn is over."""
        self._ended = True

    def goes_on(self, turn: int) -> bool:
        """Whether a turn is the latest one."""
        return turn == self._taken and not self._ended

    def answer(self, work: Callable[[], T], late: T) -> T:
        """Begin a turn with what `work` returns; `late` if another one began meanwhile."""
        turn = self.take()
        done = work()
        return done if self.goes_on(turn) else late

    def steps(self, turn: int, work: Iterator[T], over: T) -> Iterator[T]:
        """What `work` yields while the turn lasts; `over` as the last step when it ended early."""
        closable: Any = work
        with closing(closable):
            while self.goes_on(turn):
                try:
                    step = next(work)
                except StopIteration:
                    return
                if self.goes_on(turn):
                    yield step
        yield over
