"""A live run: one thread that trains, controls that act from the next update on, and a view of it all.

The thread alone touches models.  Controls are orders, written down under a lock and carried out by
the thread between two updates, so that each change has an exact place and a run can be repeated.

Threads of PyTorch, as measured: `torch.set_num_threads(1)` holds for the thread that calls it and
for threads that use torch for the first time later; threads that have used it keep their number.
Called at the start of each run's thread, it gives two runs on two cores one core each.
"""

import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

import torch

from s2s_demo.errors import S2SError, SettingError, check_choice
from s2s_demo.live.engine import Engine
from s2s_demo.live.judge import check_probes
from s2s_demo.live.lane import Change
from s2s_demo.live.records import ENDED, RunView
from s2s_demo.live.settings import RunSettings
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.tasks import Task
from s2s_demo.translator import Translator

log = logging.getLogger(__name__)

BREATH = 0.0005  # seconds after each update in which the page's server may work
WALL_SECONDS = 900.0
_numbers = itertools.count(1)


class Run:
    """One visitor's training, from `start` to its end.

    States: queued -> running <-> paused -> finished (a limit was reached), stopped (somebody said so)
    or failed; `stopping` until the thread has obeyed.  A run that has ended can be rewound: it is
    queued again and waits to be started.  `wall_seconds` bounds its stay, pauses included; `on_end`
    is called in its thread, last.
    """

    def __init__(
        self,
        settings: RunSettings,
        task: Task,
        *,
        probes: Sequence[str] = (),
        wall_seconds: float = WALL_SECONDS,
        judge_every: int | None = None,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        self.number = next(_numbers)
        self.settings, self.wall_seconds, self.on_end = settings, wall_seconds, on_end
        self._engine = Engine(settings, task, probes, judge_every)
        self._changed = threading.Condition(self._engine.lock)
        self._thread: threading.Thread | None = None
        self._state, self._wanted, self._message = "queued", "running", ""
        self._steps, self._rewinds = 0, 0
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
    def attempt(self) -> str:
        """Names what the run does now: another name after each rewind, and no other run has it."""
        return f"{self.number}.{self._rewinds}"

    @property
    def alive(self) -> bool:
        """Whether its thread exists."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> threading.Thread:
        """Give a queued run its thread."""
        with self._changed:
            if self._state == "queued":
                self._state = self._wanted
                self._thread = threading.Thread(target=self._live, name=self.name, daemon=True)
                self._thread.start()
            if self._thread is None:
                raise SettingError("this run was stopped before it began; rewind it first")
            return self._thread

    def pause(self) -> None:
        """Stand still after the update that is under way."""
        self._want("paused", instead_of="running")

    def resume(self) -> None:
        """Go on after a pause."""
        self._want("running", instead_of="paused")

    def stop(self, message: str = "") -> None:
        """End the run; what it has learnt can still be used."""
        with self._changed:
            if self._state not in (*ENDED, "stopping"):
                self._state, self._message = ("stopped" if self._state == "queued" else "stopping"), message
                self._wanted = "stopped"
                self._changed.notify_all()

    def step_once(self) -> None:
        """Exactly one update, while paused."""
        with self._changed:
            if self._wanted == "paused" and self._state not in ENDED:
                self._steps += 1
                self._changed.notify_all()

    def rewind(self) -> None:
        """Back to the first weights and the first settings, and wait there, paused."""
        with self._changed:
            if self._state == "stopping":
                return
            self._wanted, self._steps = "paused", 0
            self._rewinds += 1
            if self._state in (*ENDED, "queued"):
                self._state, self._message = "queued", ""
                self._engine.rewind()
            else:
                self._order(self._engine.rewind)

    def change(self, change: Change, *, at: int | None = None, lane: str = "", attempt: str | None = None) -> None:
        """Change controls from the next update on, or from update `at` on; of lane A, B or both ("").

        With an `attempt`, only while that is under way: the order may have been overtaken by a rewind.
        """
        check_choice("lane", lane, ["", "A", "B"])
        with self._changed:
            if attempt not in (None, self.attempt):
                return
            if at is None:
                self._order(lambda: self._engine.change(change, lane))
            else:
                self._order(lambda: self._engine.plan(at, change, lane))

    def fork(self, change: Change | None = None, *, attention: str | None = None) -> None:
        """Go on as two: A as before, B with one difference; they train by turns, an update each.

        Forking again replaces B.
        """
        if attention is not None:
            check_choice("attention", attention, ATTENTIONS)
            if self.settings.decoder == "fixed":
                raise SettingError("the fixed decoder has no place for attention; use luong, bahdanau or gnmt")
        self._order(lambda: self._engine.fork(change, attention))

    def end_twin(self) -> None:
        """Go on with A alone."""
        self._order(self._engine.end_twin)

    def set_probes(self, texts: Sequence[str]) -> None:
        """Watch these sentences (up to three) from now on; InputError if they do not fit."""
        probes = check_probes(texts)
        with self._changed:
            if self._state in ENDED and self._engine.lanes:  # nobody trains any more: look at once
                self._engine.watch(probes)
                self._engine.look()
            else:
                self._order(lambda: self._engine.watch(probes))

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until all that was ordered is done; True if it is."""
        with self._changed:
            return self._changed.wait_for(self._is_settled, timeout)

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end of its thread; True if there is none any more."""
        if self._thread is not None:
            self._thread.join(timeout)
        return not self.alive

    def translator(self, name: str | None = None, lane: str = "A") -> Translator:
        """A copy of the model as it stands now, for use elsewhere."""
        return self._engine.translator(name or f"{self.settings.task}-live", lane)

    def view(self) -> RunView:
        """All there is to see at this moment."""
        with self._changed:
            engine = self._engine
            return RunView(
                run=self.number,
                settings=self.settings,
                state=self._state,
                status=self._status(),
                update=engine.update,
                epoch=engine.epoch,
                seconds=engine.seconds,
                tokens_per_second=engine.tokens_per_second,
                eta_seconds=engine.eta_seconds if self._state == "running" else None,
                lanes=tuple(lane.view() for lane in engine.lanes),
                events=engine.events,
                tries=engine.tries,
                version=engine.version,
            )

    def _live(self) -> None:
        torch.set_num_threads(1)
        state, message = "failed", ""
        try:
            self._engine.prepare()
            message = self._train()
            state = "finished" if message else "stopped"
        except S2SError as error:
            message = str(error)
        except Exception as error:
            log.exception("%s failed", self.name)
            message = f"this run broke ({type(error).__name__}: {error}); rewind it, or start one with other settings"
        with self._changed:
            self._state, self._message = state, message or self._message
            self._steps = 0
            self._orders.clear()
            self._changed.notify_all()
        self.on_end()

    def _train(self) -> str:
        """Update by update until a limit (returned in words) or a stop ("")."""
        engine, deadline = self._engine, time.monotonic() + self.wall_seconds
        while True:
            moving, touched = self._obey()
            if self._wanted == "stopped":
                return ""
            limit = engine.limit or self._overdue(deadline)
            at_rest = limit or not moving or engine.update == 0
            if touched or engine.due or (at_rest and not engine.judged):
                engine.look()
            if limit:
                return limit
            if moving:
                engine.advance()
                self._stepped()
            else:
                self._wait(deadline)

    def _obey(self) -> tuple[bool, bool]:
        """Carry out the orders; (whether an update comes next, whether anything was ordered)."""
        with self._changed:
            touched = bool(self._orders)
            while self._orders:
                self._orders.popleft()()
            touched |= self._engine.do_planned()
            if self._wanted != "stopped":
                self._state = self._wanted
            return self._wanted == "running" or self._steps > 0, touched

    def _stepped(self) -> None:
        with self._changed:
            self._steps = max(0, self._steps - 1)
            self._changed.notify_all()
        time.sleep(BREATH)

    def _wait(self, deadline: float) -> None:
        with self._changed:
            self._changed.notify_all()
            left = max(0.0, deadline - time.monotonic())
            self._changed.wait_for(lambda: self._orders or self._steps or self._wanted != "paused", left)

    def _overdue(self, deadline: float) -> str:
        if time.monotonic() < deadline:
            return ""
        return f"a run may stay {self.wall_seconds / 60:g} minutes on this server"

    def _want(self, wanted: str, instead_of: str) -> None:
        with self._changed:
            if self._wanted == instead_of and self._state not in ENDED:
                self._wanted, self._steps = wanted, 0
                self._changed.notify_all()

    def _order(self, order: Callable[[], None]) -> None:
        with self._changed:
            if self._state not in ENDED:
                self._orders.append(order)
                self._changed.notify_all()

    def _is_settled(self) -> bool:
        if self._state in (*ENDED, "queued"):
            return True
        return not self._orders and not self._steps and self._state == self._wanted and self._engine.judged

    def _status(self) -> str:
        if self._message and self._state != "stopping":
            return self._message
        if self._state == "running" and not self._engine.lanes:
            return "preparing: reading the data and choosing the vocabulary"
        plain = {"queued": "until a place is free", "stopping": "after this update"}
        return plain.get(self._state, f"at update {self._engine.update:,}")
