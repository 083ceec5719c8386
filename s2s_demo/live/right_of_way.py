"""Visitors come first: while somebody waits for an answer, trainings stand still between two updates."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import torch

LONGEST = 0.5  # seconds that an update waits: a training goes on however many ask


def on_one_processor() -> None:
    """Let the thread that calls this compute with one processor: two runs on two processors have one each.

    As measured: it holds for that thread and for threads that use PyTorch for the first time later; threads that have
    used it keep their number.
    """
    torch.set_num_threads(1)


class RightOfWay:
    """Questions take it, trainings give it; the only place that decides between the two."""

    def __init__(self, longest: float = LONGEST) -> None:
        self.longest = longest
        self._changed = threading.Condition()
        self._asking = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A question is being answered meanwhile."""
        with self._changed:
            self._asking += 1
        try:
            yield
        finally:
            with self._changed:
                self._asking -= 1
                self._changed.notify_all()

    def give(self) -> bool:
        """Wait until nobody asks, or for the longest time; True if nobody asks."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._asking, self.longest)
