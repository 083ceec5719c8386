"""The tasks that visitors train on, made once for all of them."""

import threading

from s2s_demo.tasks import Task, make_task


class Tasks:
    """Tasks by name; a corpus is read once, however many train on it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # no other lock is taken while this one is held
        self._made: dict[str, Task] = {}

    def get(self, name: str) -> Task:
        """A task by name; SettingError if there is none of this name."""
        with self._lock:
            if name not in self._made:
                self._made[name] = make_task(name)
            return self._made[name]
