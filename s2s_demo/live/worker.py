"""The thread of a live run: it trains update by update, and obeys between two updates.

The thread alone touches models.  Controls are orders, written down under a lock and carried out by
the thread between two updates, so that each change has an exact place and a run can be repeated.
"""

import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from s2s_demo.errors import S2SError
from s2s_demo.live.engine import Engine
from s2s_demo.live.records import ENDED
from s2s_demo.live.right_of_way import RightOfWay, on_one_processor
from s2s_demo.live.settings import RunSettings
from s2s_demo.settings import with_settings
from s2s_demo.tasks import Task
from s2s_demo.words import Said

log = logging.getLogger(__name__)

BREATH = 0.0005  # seconds after each update in which the page's server may work
WALL_SECONDS = 900.0
_numbers = itertools.count(1)


def overdue(seconds: float) -> Said:
    """Why a run ends that has stayed longer than it may."""
    return Said("live.overdue", {"minutes": seconds / 60})


class Worker:
    """The states of a run, and the threads that bring it from one to the next.

    States: queued -> running <-> paused -> finished (a limit was reached), stopped (somebody said so)
    or failed; `stopping` until the thread has obeyed.  A parked run is paused and has no thread; asked
    for anything it is queued, and goes on exactly where it stood.  `wall_seconds` bounds the stay,
    pauses included; `on_end` is called at the end of each thread, without the run's lock.  Between two
    updates it gives `way` to those who ask.
    """

    def __init__(
        self,
        settings: RunSettings,
        task: Task,
        *,
        probes: Sequence[str] = (),
        wall_seconds: float = WALL_SECONDS,
        judge_every: int | None = None,
        way: RightOfWay | None = None,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        self.number = next(_numbers)
        self.settings, self.wall_seconds, self.on_end = settings, wall_seconds, on_end
        if settings.task_settings:
            task = with_settings(task, settings.task_settings)
        self._engine, self._way = Engine(settings, task, probes, judge_every), way or RightOfWay()
        self._changed = threading.Condition(self._engine.lock)
        self._thread: threading.Thread | None = None
        self._state, self._wanted = "queued", "running"
        self._message: Said | None = None  # why it ended
        self._steps = self._rewinds = 0
        self._deadline: float | None = None  # all times by time.monotonic()
        self._still_since: float | None = None  # while the thread stands still, paused
        self._parked = self._to_park = False
        self._orders: deque[Callable[[], None]] = deque()

    @property
    def name(self) -> str:
        """The name of its thread."""
        return f"run-{self.number}"

    @property
    def state(self) -> str:
        """One of STATES."""
        return self._state

    @property
    def alive(self) -> bool:
        """Whether its thread exists."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def still_seconds(self) -> float:
        """How long its thread has had nothing to do."""
        since = self._still_since
        return 0.0 if since is None else time.monotonic() - since

    @property
    def overstays(self) -> bool:
        """Whether it is parked, and has been here for longer than it may."""
        return self._parked and bool(self._overdue())

    def start(self) -> threading.Thread | None:
        """Give a queued run its thread; None if it does not wait for one, or not any more."""
        with self._changed:
            if self._state != "queued":
                return None
            if self._deadline is None:
                self._deadline = time.monotonic() + self.wall_seconds
            self._thread = threading.Thread(target=self._live, name=self.name, daemon=True)
            self._thread.start()
            self._state = self._wanted
            return self._thread

    def park(self) -> None:
        """Give the thread back if it stands still; the run stays paused and keeps all it needs to go on."""
        with self._changed:
            self._to_park = self._still_since is not None
            self._changed.notify_all()

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until the run stands still, all that was ordered is done, or it has no thread; True if so."""
        with self._changed:
            return self._changed.wait_for(self._is_settled, timeout)

    def _is_settled(self) -> bool:
        if self._state in (*ENDED, "queued") or self._parked:
            return True
        return self._still_since is not None and not self._has_work()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end of its thread; True if there is none any more."""
        if self._thread is not None:
            self._thread.join(timeout)
        return not self.alive

    def _live(self) -> None:
        on_one_processor()
        end: tuple[str, Said | None] | None
        try:
            self._engine.prepare()
            end = self._train()
        except S2SError as error:
            end = "failed", Said(f"errors.{error.code}", error.facts)
        except Exception as error:
            log.exception("%s failed", self.name)
            end = "failed", Said("live.broke", {"error": f"{type(error).__name__}: {error}"})
        if end:
            with self._changed:
                self._end(*end)
        self.on_end()

    def _train(self) -> tuple[str, Said | None] | None:
        """Update by update until a limit, a stop (the state then, and why) or a parking place (None)."""
        engine = self._engine
        while True:
            self._way.give()
            moving, touched = self._obey()
            if self._wanted == "stopped":
                return "stopped", None
            limit = engine.limit or self._overdue()
            at_rest = limit or not moving or engine.update == 0
            if touched or engine.due or (at_rest and not engine.judged):
                engine.look()
            if limit:
                return "finished", limit
            if moving:
                engine.advance()
                self._stepped()
            elif self._stand_still():
                return None

    def _obey(self) -> tuple[bool, bool]:
        """Carry out the orders; (whether an update comes next, whether anything was ordered)."""
        touched = False
        while True:
            with self._changed:
                if not self._orders:
                    touched |= self._engine.do_planned()
                    if self._wanted != "stopped":
                        self._state = self._wanted
                    return self._wanted == "running" or self._steps > 0, touched
                order = self._orders[0]
            touched = True
            try:
                order()  # without the lock, so that nobody waits for it; still in line, so that nothing looks settled
            finally:
                with self._changed:
                    self._orders.popleft()

    def _stepped(self) -> None:
        with self._changed:
            self._steps = max(0, self._steps - 1)
            self._changed.notify_all()
        time.sleep(BREATH)

    def _stand_still(self) -> bool:
        """Until there is something to do; True if the thread is to end instead, and the run is parked now."""
        with self._changed:
            self._still_since = time.monotonic()
            self._changed.notify_all()
            left = max(0.0, (self._deadline or 0.0) - time.monotonic())
            self._changed.wait_for(lambda: self._has_work() or self._to_park, left)
            self._parked = self._to_park and not self._has_work()
            self._still_since, self._to_park = None, False
            return self._parked

    def _has_work(self) -> bool:
        return bool(self._orders or self._steps or self._wanted != "paused")

    def _overdue(self) -> Said | None:
        if self._deadline is None or time.monotonic() < self._deadline:
            return None
        return overdue(self.wall_seconds)

    def _order(self, order: Callable[[], None]) -> None:
        with self._changed:
            if self._state not in ENDED:
                self._orders.append(order)
                self._wake()

    def _wake(self) -> None:
        """There is something to do: tell the thread, or wait in line for one."""
        if self._parked:
            self._parked, self._state = False, "queued"
        self._changed.notify_all()

    def _end(self, state: str, message: Said | None) -> None:
        self._state, self._message = state, message or self._message
        self._steps, self._parked = 0, False
        late, rewind = list(self._orders), self._engine.rewind  # given after the thread had looked for the last time
        self._orders.clear()
        self._engine.rest()
        if state != "stopped" and rewind in late:
            self._rewind_ended()
            self._orders.extend(late[max(i for i, order in enumerate(late) if order == rewind) + 1 :])
        self._changed.notify_all()

    def _rewind_ended(self) -> None:
        """What has ended goes back to its beginning, and waits in line for another thread."""
        self._state, self._message, self._deadline = "queued", None, None
        self._engine.rewind()
