"""Who trains what: runs belong to visitors, a few go on at once, the others wait in line.

No run outlives its page: closing the page ends it (`close`), a page that no longer asks loses its
run (the lease), and a visitor who left while waiting is never served.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace

from s2s_demo.errors import InputError, check_range
from s2s_demo.live.records import ENDED, RunView
from s2s_demo.live.right_of_way import RightOfWay
from s2s_demo.live.run import Run
from s2s_demo.live.settings import RunSettings
from s2s_demo.live.worker import WALL_SECONDS, overdue
from s2s_demo.tasks import Task
from s2s_demo.words import Said

KEPT = 20  # ended runs that stay in memory for their visitors
REMEMBERED = 10_000  # closed sessions remembered
PATIENCE = 60.0  # seconds a paused run keeps its place while others wait


class Runs:
    """All runs of a server; every method may be called from any thread.

    At most `limit` runs have a thread at once.  A run whose visitor has not called `view` (or
    `touch`) for `lease` seconds is ended, waiting or not; so is one older than `wall_seconds`.  A run
    that has been paused for `patience` seconds gives its thread to one that waits; while nobody waits
    it keeps it.  Whatever it is asked then, it waits in line for another one.  All give `way` to those
    who ask.

    Two locks: the registry's is taken first, a run's second.  A run never calls the registry while it
    holds its own.
    """

    def __init__(
        self,
        limit: int = 2,
        *,
        lease: float = 10.0,
        wall_seconds: float = WALL_SECONDS,
        patience: float = PATIENCE,
    ) -> None:
        check_range("number of runs at once", limit, 1, 64)
        self.limit, self.lease, self.wall_seconds, self.patience = limit, lease, wall_seconds, patience
        self.way = RightOfWay()
        self._lock = threading.RLock()
        self._runs: OrderedDict[str, Run] = OrderedDict()  # of each session the latest; last asked, last forgotten
        self._waiting: list[str] = []
        self._training: dict[threading.Thread, Run] = {}
        self._touched: dict[str, float] = {}
        self._dead: OrderedDict[str, None] = OrderedDict()
        self._watchman: threading.Thread | None = None
        self._rung = threading.Event()  # wakes the watchman

    def submit(self, session: str, settings: RunSettings, task: Task, *, probes: Sequence[str] = ()) -> Run:
        """A new run for this visitor: it starts at once or waits in line; the visitor's old run ends."""
        run = Run(settings, task, probes=probes, wall_seconds=self.wall_seconds, way=self.way, on_end=self._on_end)
        with self._lock:
            if session in self._dead:
                raise InputError("live.page-closed")
            self._end(session, Said("live.replaced"))
            self._runs[session] = run
            self._asked(session)
            self._forget_old()
        return run

    def act(self, session: str, do: Callable[[Run], object]) -> None:
        """Do something with the visitor's run, if there is one; if it needs a thread for that, it gets in line."""
        run = self.get(session)
        if run is None:
            return
        do(run)
        with self._lock:
            if self._runs.get(session) is run:
                self._asked(session)

    def rewind(self, session: str) -> None:
        """Rewind the visitor's run; one that has ended takes its place in line again."""
        self.act(session, Run.rewind)

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
        status = Said("live.queue", {"place": place, "length": len(line)})
        return replace(view, status=status, place=place, queue_length=len(line))

    def close(self, session: str) -> None:
        """The page is gone: its run ends after the update under way, and none can start for it any more."""
        with self._lock:
            self._dead[session] = None
            while len(self._dead) > REMEMBERED:
                self._dead.popitem(last=False)
            self._end(session, Said("live.closed"))
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

    def _asked(self, session: str) -> None:
        self._touched[session] = time.monotonic()
        self._runs.move_to_end(session)
        self._promote()
        if self._watchman is None:
            self._rung.clear()
            self._watchman = threading.Thread(target=self._watch, name="runs-watchman", daemon=True)
            self._watchman.start()

    def _line(self) -> list[str]:
        """The sessions whose run waits for a thread, the longest wait first."""
        queued = [session for session, run in self._runs.items() if run.state == "queued"]
        known = [session for session in self._waiting if session in queued]
        self._waiting = known + [session for session in queued if session not in known]
        return self._waiting

    def _promote(self) -> None:
        while len(self._training) < self.limit and (line := self._line()):
            run = self._runs[line[0]]
            # Takes the run's lock: the registry's first, the run's second.  Whoever stopped the run a
            # moment ago had only the run's: then there is no thread, and the run is in line no more.
            if thread := run.start():
                self._training[thread] = run

    def _end(self, session: str, why: Said) -> None:
        if session in self._waiting:
            self._waiting.remove(session)
        if run := self._runs.get(session):
            run.stop(why)

    def _on_end(self) -> None:
        with self._lock:
            self._training.pop(threading.current_thread(), None)
            self._forget_old()
            self._promote()

    def _forget_old(self) -> None:
        ended = [session for session, run in self._runs.items() if run.state in ENDED]
        for session in ended[: max(0, len(ended) - KEPT)]:
            del self._runs[session]
            self._touched.pop(session, None)

    def _watch(self) -> None:
        """Ends the runs of pages that are gone and makes room, until there is nothing left to watch."""
        while True:
            rung = self._rung.wait(min(1.0, self.lease / 4, self.patience / 2))
            with self._lock:
                if rung or not (self._training or any(run.state not in ENDED for run in self._runs.values())):
                    self._watchman = None
                    return
                self._end_late()
                self._make_room()
                self._promote()

    def _end_late(self) -> None:
        late = time.monotonic() - self.lease
        for session in [session for session, touched in self._touched.items() if touched < late]:
            self._end(session, Said("live.not-asked"))
        for session in [session for session, run in self._runs.items() if run.overstays]:
            self._end(session, overdue(self.wall_seconds))

    def _make_room(self) -> None:
        """Park runs that have stood still for long, the longest first, as many as others wait."""
        still = [run for run in self._training.values() if run.still_seconds > self.patience]
        for run in sorted(still, key=lambda run: run.still_seconds, reverse=True)[: len(self._line())]:
            run.park()
