"""Visitors who do everything at once: nothing breaks, and no place is lost."""

import os
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from live_cases import TINY, Copy, wait_until

from s2s_demo.errors import InputError
from s2s_demo.live import Change, Run, Runs

SECONDS = 20.0 if os.environ.get("S2S_DEMO_LONG") else 3.0
VISITORS, HANDS = 5, 2  # threads for each visitor
SHORT = replace(TINY, updates=25)

ORDERS: tuple[Callable[[Run], object], ...] = (
    Run.stop,
    Run.pause,
    Run.resume,
    Run.step_once,
    Run.end_twin,
    lambda run: run.fork(),
    lambda run: run.set_probes(["ab", "cd"]),
    lambda run: run.change(Change(teacher_forcing=0.5)),
    lambda run: run.change(Change(clip=0.5), at=5),
    lambda run: run.translator() if run.view().lanes else None,
)


class Visitor:
    """Presses buttons as fast as it can; when the page is closed, another one is opened."""

    def __init__(self, runs: Runs, name: str) -> None:
        self.runs, self.name, self.pages = runs, name, 0

    @property
    def session(self) -> str:
        return f"{self.name} {self.pages}"

    def act(self, dice: random.Random) -> None:
        what = dice.random()
        if what < 0.1:
            with suppress(InputError):  # closed by the visitor's other hand, a moment ago
                self.runs.submit(self.session, SHORT, Copy(), probes=["ab"])
        elif what < 0.13:
            left, self.pages = self.session, self.pages + 1
            self.runs.close(left)
        elif what < 0.25:
            self.runs.rewind(self.session)
        elif what < 0.45:
            self.runs.view(self.session)
        elif what < 0.6:  # past the registry, as a handler may
            if run := self.runs.get(self.session):
                dice.choice(ORDERS)(run)
        else:
            self.runs.act(self.session, dice.choice(ORDERS))


@pytest.mark.parametrize("limit", [1, 2])
def test_many_hands_break_nothing_and_lose_no_place(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    complaints: list[object] = []
    monkeypatch.setattr(threading, "excepthook", complaints.append)
    runs = Runs(limit, lease=0.5, patience=0.02)
    until = time.monotonic() + SECONDS

    def play(visitor: Visitor, seed: int) -> None:
        dice = random.Random(seed)
        while time.monotonic() < until:
            visitor.act(dice)
            time.sleep(dice.random() * 0.004)

    visitors = [Visitor(runs, f"visitor {number}") for number in range(VISITORS)]
    hands = [
        threading.Thread(target=play, args=(visitor, 10 * number + hand), daemon=True)
        for number, visitor in enumerate(visitors)
        for hand in range(HANDS)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(SECONDS + 60)
    assert not any(hand.is_alive() for hand in hands), "a deadlock"
    assert complaints == []

    for visitor in visitors:
        runs.close(visitor.session)
    fresh = [runs.submit(f"fresh {number}", replace(TINY, updates=300), Copy()) for number in range(limit)]

    def states() -> list[str]:
        return [view.state for number in range(limit) if (view := runs.view(f"fresh {number}"))]

    assert wait_until(lambda: states() == ["finished"] * limit)
    assert all(run.view().update == 300 for run in fresh)
    assert runs.shutdown()
    assert not [t.name for t in threading.enumerate() if t.name.startswith(("run-", "runs-"))]
    assert complaints == []
