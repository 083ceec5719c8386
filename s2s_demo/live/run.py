"""A live run: controls that act from the next update on, and a view of it all."""

from collections.abc import Sequence

from s2s_demo.errors import SettingError, check_choice
from s2s_demo.live.judge import check_probes
from s2s_demo.live.lane import Change
from s2s_demo.live.records import ENDED, RunView
from s2s_demo.live.worker import Worker
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.translator import Translator
from s2s_demo.words import Said


class Run(Worker):
    """One visitor's training, from `start` to its end; what has ended can be rewound, and waits for its start."""

    @property
    def attempt(self) -> str:
        """Names what the run does now: another name after each rewind, and no other run has it."""
        return f"{self.number}.{self._rewinds}"

    def pause(self) -> None:
        """Stand still after the update that is under way."""
        self._want("paused", instead_of="running")

    def resume(self) -> None:
        """Go on after a pause."""
        self._want("running", instead_of="paused")

    def stop(self, message: Said | None = None) -> None:
        """End the run; what it has learnt can still be used."""
        with self._changed:
            if self._state in (*ENDED, "stopping"):
                return
            self._wanted = "stopped"
            if self._state == "queued" or self._parked:
                self._end("stopped", message)
            else:
                self._state, self._message = "stopping", message
                self._changed.notify_all()

    def step_once(self) -> None:
        """Exactly one update, while paused."""
        with self._changed:
            if self._wanted == "paused" and self._state not in ENDED:
                self._steps += 1
                self._wake()

    def rewind(self) -> None:
        """Back to the first weights and the first settings, and wait there, paused."""
        with self._changed:
            if self._state == "stopping":
                return
            self._wanted, self._steps = "paused", 0
            self._rewinds += 1
            if self._state in ENDED:
                self._rewind_ended()
            elif self._state == "queued":
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
                raise SettingError("live.fixed-decoder")
        self._order(lambda: self._engine.fork(change, attention))

    def end_twin(self) -> None:
        """Go on with A alone."""
        self._order(self._engine.end_twin)

    def set_probes(self, texts: Sequence[str]) -> None:
        """Watch these sentences (up to three) from now on; InputError if they do not fit."""
        probes = check_probes(texts, self._engine.task.signal)
        with self._changed:
            ended = self._state in ENDED
            if ended:
                self._engine.watch(probes)
            self._order(lambda: self._engine.watch(probes))
        if ended:  # nobody trains any more: look at once, and let others read meanwhile
            self._engine.look()

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

    def _want(self, wanted: str, instead_of: str) -> None:
        with self._changed:
            if self._wanted == instead_of and self._state not in ENDED:
                self._wanted, self._steps = wanted, 0
                self._wake()

    def _status(self) -> Said:
        if self._message and self._state != "stopping":
            return self._message
        if self._state == "running" and not self._engine.lanes:
            return Said("live.preparing")
        if self._state in ("queued", "stopping"):
            return Said("live.queued" if self._state == "queued" else "live.stopping")
        return Said("live.standing", {"update": self._engine.update})
