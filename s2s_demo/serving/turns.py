"""Of what a visitor asked for only the latest counts: an older answer comes too late.  Knows no Gradio."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, TypeVar

MOST_VISITORS = 10_000
T = TypeVar("T")


class Turns:
    """The number of each visitor's latest turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: OrderedDict[str, int] = OrderedDict()
        self._taken = 0

    def take(self, visitor: str) -> int:
        """Begin a turn; every earlier one of this visitor is over."""
        with self._lock:
            self._taken += 1
            self._latest[visitor] = self._taken
            self._latest.move_to_end(visitor)
            while len(self._latest) > MOST_VISITORS:
                self._latest.popitem(last=False)
            return self._taken

    def answer(self, visitor: str, work: Callable[[], T], late: T) -> T:
        """Begin a turn with what `work` returns; `late` if this visitor began another meanwhile."""
        turn = self.take(visitor)
        done = work()
        return done if self._latest.get(visitor) == turn else late

    def steps(self, visitor: str, turn: int, work: Iterator[T], over: T) -> Iterator[T]:
        """What `work` yields while the turn lasts; `over` as the last step when it ended early."""
        closable: Any = work
        with closing(closable):
            for step in work:
                if self._latest.get(visitor) != turn:
                    yield over
                    return
                yield step
