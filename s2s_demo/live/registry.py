"""Who trains what: runs belong to visitors, a few go on at once, the others wait in line.

No run outlives its page: closing the page ends it (`close`), a page that no longer asks loses its
run (the lease), and a visitor who left while waiting is never served.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from s2s_demo.errors import InputError, check_range
from s2s_demo.live.records import ENDED, RunView
from s2s_demo.live.run import WALL_SECONDS, Run
from s2s_demo.live.settings import RunSettings
from s2s_demo.tasks import Task

KEPT = 20  # ended runs that stay in memory for their visitors
REMEMBERED = 10_000  # closed sessions remembered


class Runs:
    """All runs of a server; every method may be called from any thread.

    At most `limit` runs have a thread at once.  A run whose visitor has not called `view` (or
    `touch`) for `lease` seconds is ended, waiting or not; so is one older than `wall_seconds`.
    """

    def __init__(self, limit: int = 2, *, lease: float = 10.0, wall_seconds: float = WALL_SECONDS) -> None:
        check_range("number of runs at once", limit, 1, 64)
        self.limit, self.lease, self.wall_seconds = limit, lease, wall_seconds
        self._lock = threading.RLock()
        self._runs: OrderedDict[str, Run] = OrderedDict()  # the latest run of each session
        self._waiting: list[str] = []
        self._training: dict[threading.Thread, Run] = {}
        self._touched: dict[str, float] = {}
        self._dead: OrderedDict[str, None] = OrderedDict()
        self._watchman: threading.Thread | None = None
        self._rung = threading.Event()  # wakes the watchman

    def submit(self, session: str, settings: RunSettings, task: Task, *, probes: Sequence[str] = ()) -> Run:
        """A new run for this visitor: it starts at once or waits in line; the visitor's old run ends."""
        run = Run(settings, task, probes=probes, wall_seconds=self.wall_seconds, on_end=self._on_end)
        with self._lock:
            if session in self._dead:
                raise InputError("this page was closed; open it again to train")
            self._end(session, "replaced by a new run")
            self._runs[session] = run
            self._enqueue(session)
            self._forget_old()
        return run

    def rewind(self, session: str) -> None:
        """Rewind the visitor's run; one that has ended takes its place in line again."""
        with self._lock:
            run = self.get(session)
            if run is None:
                return
            run.rewind()
            if run.state == "queued" and session not in self._line():
                self._enqueue(session)

    def get(self, session: str) -> Run | None:
        """The visitor's run; None if there is none."""
        with self._lock:
            return self._runs.get(session)

    def touch(self, session: str) -> None:
        """Say that this visitor's page is still there."""
        with self._lock:
            if session in self._runs:
                self._touched[session] = time.monotonic()

    def view(self, session: str) -> RunView | None:
        """What the visitor's run shows now, with its place in line; renews the lease."""
        with self._lock:
            self.touch(session)
            run = self._runs.get(session)
            line = self._line()
            place = line.index(session) + 1 if session in line else 0
        if run is None:
            return None
        view = run.view()
        if not place or view.state != "queued":
            return view
        return replace(view, status=f"queue: {place} of {len(line)}", place=place, queue_length=len(line))

    def close(self, session: str) -> None:
        """The page is gone: its run ends after the update under way, and none can start for it any more."""
        with self._lock:
            self._dead[session] = None
            while len(self._dead) > REMEMBERED:
                self._dead.popitem(last=False)
            self._end(session, "the page was closed")
            self._runs.pop(session, None)
            self._touched.pop(session, None)

    def shutdown(self, timeout: float = 10.0) -> bool:
        """End all runs and wait for their threads; True if all are gone."""
        deadline = time.monotonic() + timeout
        with self._lock:
            training = list(self._training.values())
            for session in list(self._runs):
                self.close(session)
            watchman = self._watchman
        self._rung.set()
        gone = [run.join(max(0.0, deadline - time.monotonic())) for run in training]
        if watchman is not None:
            watchman.join(max(0.0, deadline - time.monotonic()))
        return all(gone) and (watchman is None or not watchman.is_alive())

    def _enqueue(self, session: str) -> None:
        self._touched[session] = time.monotonic()
        self._waiting.append(session)
        self._promote()
        if self._watchman is None:
            self._rung.clear()
            self._watchman = threading.Thread(target=self._watch, name="runs-watchman", daemon=True)
            self._watchman.start()

    def _line(self) -> list[str]:
        """The sessions that wait, without those whose run was stopped meanwhile."""
        self._waiting = [session for session in self._waiting if self._runs[session].state == "queued"]
        return self._waiting

    def _promote(self) -> None:
        while self._line() and len(self._training) < self.limit:
            run = self._runs[self._waiting.pop(0)]
            self._training[run.start()] = run

    def _end(self, session: str, why: str) -> None:
        if session in self._waiting:
            self._waiting.remove(session)
        if run := self._runs.get(session):
            run.stop(why)

    def _on_end(self) -> None:
        with self._lock:
            self._training.pop(threading.current_thread(), None)
            self._promote()

    def _forget_old(self) -> None:
        ended = [session for session, run in self._runs.items() if run.state in ENDED]
        for session in ended[: max(0, len(ended) - KEPT)]:
            del self._runs[session]
            self._touched.pop(session, None)

    def _watch(self) -> None:
        """Ends the runs of pages that are gone, until there is nothing left to watch."""
        while True:
            self._rung.wait(min(1.0, self.lease / 4))
            with self._lock:
                if not self._training and not self._line():
                    self._watchman = None
                    return
                late = time.monotonic() - self.lease
                for session in [s for s, touched in self._touched.items() if touched < late]:
                    self._end(session, "ended, because its page no longer asked for it")
