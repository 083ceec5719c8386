"""What a live run is made of, without its thread: one or two lanes, labelled changes, limits.

Everything here happens in a fixed order, so the same settings and the same changes at the same
updates give the same curves.  `lock` is held while records change: whoever holds it may read.
"""

import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import Any

from s2s_demo.errors import check_choice
from s2s_demo.live.judge import Judge, check_probes
from s2s_demo.live.lane import Change, Lane, copied, fork
from s2s_demo.live.records import Event, Try
from s2s_demo.live.settings import RunSettings, build_training
from s2s_demo.model.packed import freeze
from s2s_demo.tasks import Task
from s2s_demo.training import Controls
from s2s_demo.translator import Translator
from s2s_demo.words import Said

JUDGING_SHARE = 0.2  # of the time, about
TRIES = 3  # curves kept from before a rewind
EVENTS = 100  # labelled lines kept


class Engine:
    """The models of a run and all that happened to them.

    `judge_every` asks for judgements at fixed updates; None lets them take a fifth of the time.
    """

    def __init__(self, settings: RunSettings, task: Task, probes: Sequence[str], judge_every: int | None) -> None:
        self.settings, self.task, self.judge_every = settings, task, judge_every
        self.lock = threading.RLock()
        self.lanes: tuple[Lane, ...] = ()
        self.events: tuple[Event, ...] = ()
        self.tries: tuple[Try, ...] = ()
        self.version, self.seconds = 0, 0.0
        self._probes = check_probes(probes, task.signal)
        self._planned: list[tuple[int, Change, str]] = []
        self._initial: dict[str, Any] = {}  # the first weights, while somebody trains
        self._judge: Judge | None = None
        self._weights = threading.Lock()  # held while weights change
        self._pace: deque[tuple[float, int]] = deque(maxlen=40)  # (seconds, tokens so far) of the last updates
        self._judged_at = self._judging_took = 0.0

    def prepare(self) -> None:
        """Read the data, learn the vocabulary, draw the first weights; takes up to some seconds."""
        if not self.lanes:
            training = build_training(self.settings, self.task, self._judge.tokenizer if self._judge else None)
            self._judge = self._judge or Judge(self.task, training.tokenizer)
            lane = Lane("A", None, training, self._judge)
            lane.watch(self._probes)
            self._initial = training.snapshot()
            with self.lock:
                self.lanes = (lane,)

    @property
    def update(self) -> int:
        """Updates done since the beginning or the last rewind."""
        return self.lanes[0].update if self.lanes else 0

    @property
    def epoch(self) -> int:
        """How often all training pairs have been seen."""
        progress = self.lanes[0].progress if self.lanes else None
        return progress.epoch if progress else 0

    def advance(self) -> None:
        """One update of every lane."""
        began = time.perf_counter()
        with self._weights:
            done = [lane.training.advance() for lane in self.lanes]
        with self.lock:
            for lane, progress in zip(self.lanes, done, strict=True):
                lane.record(progress)
            took = time.perf_counter() - began
            self.seconds += took
            self._pace.append((took, sum(progress.tokens for progress in done)))

    def look(self) -> None:
        """Judge every lane, on the same sentences, and add a frame to each movie."""
        began, fresh, lanes = time.perf_counter(), not self.judged, self.lanes
        found = [lane.look() for lane in lanes]
        with self.lock:
            for lane, (judgement, frames) in zip(lanes, found, strict=True):
                lane.keep(judgement, frames)
            took = time.perf_counter() - began
            self.seconds += took
            self._judging_took = took if fresh else self._judging_took
            self._judged_at = self.seconds
            self.version += 1

    @property
    def judged(self) -> bool:
        """Whether the latest judgement is of the model as it stands."""
        looks = [lane.latest is not None and lane.latest.check.update == lane.update for lane in self.lanes]
        return bool(looks) and all(looks)

    @property
    def due(self) -> bool:
        """Whether it is time to look."""
        if self.judge_every is not None:
            return self.update % self.judge_every == 0
        return self.seconds - self._judged_at >= max(0.2, self._judging_took * (1 / JUDGING_SHARE - 1))

    @property
    def limit(self) -> Said | None:
        """Which limit is reached; None while none is."""
        if self.lanes[0].training.done >= 1:
            return Said("live.all-updates", {"updates": self.settings.updates})
        if self.seconds >= self.settings.seconds:
            return Said("live.time-limit", {"seconds": self.settings.seconds})
        return None

    # Changes, between two updates.

    def plan(self, at: int, change: Change, lane: str) -> None:
        """Make a change when update `at` is next."""
        self._planned = sorted([*self._planned, (at, change, lane)], key=lambda plan: plan[0])

    def do_planned(self) -> bool:
        """Make the changes that are due; whether there were any."""
        due = [plan for plan in self._planned if plan[0] <= self.update + 1]
        self._planned = self._planned[len(due) :]
        for _, change, lane in due:
            self.change(change, lane)
        return bool(due)

    def change(self, change: Change, name: str = "") -> None:
        """Change the controls of one lane, or of all, from the next update on."""
        with self.lock:
            for lane in self.lanes:
                if name in ("", lane.name):
                    lane.training.controls = change.apply(lane.training.controls, lane.update)
            self._event(change.label or Said("live.no-difference"), name)

    def fork(self, change: Change | None, attention: str | None) -> None:
        """Add a lane B that differs in one thing."""
        twin = fork(self.lanes[0], change, attention)
        with self.lock:
            self.lanes = (self.lanes[0], twin)
            self._event(Said("live.fork", {"difference": twin.description}), "B")

    def end_twin(self) -> None:
        """Drop lane B."""
        with self.lock:
            if len(self.lanes) > 1:
                self.lanes = self.lanes[:1]
                self._event(Said("live.alone"))

    def watch(self, probes: tuple[str, ...]) -> None:
        """Make movies of these sentences."""
        with self.lock:
            self._probes = probes
            for lane in self.lanes:
                lane.watch(probes)

    def rewind(self) -> None:
        """Back to the first weights, the first controls and update 0; the old curves are kept.

        After a `rest` there is nothing to go back to: `prepare` then draws the first weights again.
        """
        lanes = tuple(self._first(lane) for lane in self.lanes[:1] if self._initial)
        with self.lock:
            for old in self.lanes[:1]:
                if old.update:
                    self.tries = (*self.tries, Try(old.curve.points, old.checks.records, self.events))[-TRIES:]
            self.lanes, self.events, self._planned = lanes, (), []
            self.seconds = self._judged_at = 0.0
            self._pace.clear()
            self.version += 1

    def _first(self, lane: Lane) -> Lane:
        """The lane as it was before its first update."""
        training, config = lane.training, lane.training.config
        with self._weights:
            training.restore(self._initial)
        training.controls = Controls(config.teacher_forcing, config.learning_rate, config.clip)
        first = Lane("A", None, training, lane.judge)
        first.watch(self._probes)
        return first

    def rest(self) -> None:
        """Nobody trains any more: keep what it takes to show, use, take home and rewind the run."""
        with self.lock:
            self._initial = {}
            for lane in self.lanes:
                lane.rest()

    def _event(self, label: Said, lane: str = "") -> None:
        self.events = (*self.events, Event(self.update, label, lane))[-EVENTS:]
        self.version += 1

    # Figures and the model, for the outside.

    @property
    def tokens_per_second(self) -> float:
        """Target tokens learnt from a second, over the last updates, all lanes together; judging not counted."""
        if len(self._pace) < 2:
            return 0.0
        seconds = sum(took for took, _ in list(self._pace)[1:])
        return max(0, self._pace[-1][1] - self._pace[0][1]) / seconds

    @property
    def eta_seconds(self) -> float | None:
        """Until a limit is reached, at the pace so far."""
        progress = self.lanes[0].progress if self.lanes else None
        if progress is None:
            return None
        by_updates = self.seconds * (1 - progress.done) / progress.done if progress.done else float("inf")
        return max(0.0, min(by_updates, self.settings.seconds - self.seconds))

    def translator(self, name: str, lane: str) -> Translator:
        """A copy of a lane's model as it stands."""
        lanes = {each.name: each for each in self.lanes}
        check_choice("lane", lane, lanes or ["A, once the run has started"])
        training = lanes[lane].training
        with self._weights:
            model, update = freeze(copied(training.model)), training.update
        options = {"options": self.settings.task_settings} if self.settings.task_settings else {}
        card = {"task": self.settings.task, **options, "updates": update, "seed": self.settings.seed}
        return Translator(model, training.tokenizer, name, self.task.source_language, self.task.target_language, card)
