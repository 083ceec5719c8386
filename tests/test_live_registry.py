import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from live_cases import TINY, Copy, wait_until

from s2s_demo.errors import InputError
from s2s_demo.live import Run, Runs
from s2s_demo.live import registry as registry_module

LONG = replace(TINY, updates=100_000)


@pytest.fixture
def runs() -> Iterator[Runs]:
    registry = Runs(limit=2)
    yield registry
    assert registry.shutdown()


def names() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_five_visitors_two_at_once_three_see_their_place_and_all_finish(runs: Runs) -> None:
    visitors = "abcde"
    for visitor in visitors:
        runs.submit(visitor, replace(TINY, updates=25), Copy())
    views = [runs.view(visitor) for visitor in visitors]
    assert [view.place for view in views if view] == [0, 0, 1, 2, 3]
    assert [str(view.status) for view in views if view and view.place] == [
        "queue: 1 of 3",
        "queue: 2 of 3",
        "queue: 3 of 3",
    ]
    most = 0

    def all_done() -> bool:
        nonlocal most
        states = [view.state for visitor in visitors if (view := runs.view(visitor))]
        most = max(most, states.count("running"))
        return states == ["finished"] * 5

    assert wait_until(all_done, 60)
    assert most <= 2


def test_a_closed_page_leaves_no_thread(runs: Runs) -> None:
    run = runs.submit("a", LONG, Copy())
    assert wait_until(lambda: run.view().update > 0)
    runs.close("a")
    assert wait_until(lambda: run.name not in names(), 5)
    assert runs.view("a") is None
    assert run.view().state == "stopped"


def test_a_page_closed_while_waiting_is_never_served(runs: Runs) -> None:
    first = [runs.submit(visitor, LONG, Copy()) for visitor in "ab"]
    waiting = runs.submit("c", LONG, Copy())
    last = runs.submit("d", LONG, Copy())
    runs.close("c")
    view = runs.view("d")
    assert view is not None
    assert view.place == 1
    runs.close("a")
    assert wait_until(lambda: last.state == "running")
    assert (waiting.state, waiting.alive) == ("stopped", False)
    assert first[1].state == "running"


def test_a_run_stopped_while_waiting_gives_its_place_away(runs: Runs) -> None:
    for visitor in "abcd":
        runs.submit(visitor, LONG, Copy())
    waiting = runs.get("c")
    assert waiting is not None
    waiting.stop()
    view = runs.view("d")
    assert view is not None
    assert (view.place, view.queue_length) == (1, 1)
    runs.close("a")
    assert wait_until(lambda: (run := runs.get("d")) is not None and run.state == "running")


def test_a_start_that_arrives_after_its_page_died_is_refused(runs: Runs) -> None:
    runs.close("ghost")
    with pytest.raises(InputError, match="closed"):
        runs.submit("ghost", LONG, Copy())
    assert not any(name.startswith("run-") for name in names())


def test_a_silent_page_loses_its_run() -> None:
    registry = Runs(limit=1, lease=0.3)
    silent = registry.submit("silent", LONG, Copy())
    waiting = registry.submit("waiting", LONG, Copy())
    assert wait_until(lambda: bool(registry.view("waiting")) and waiting.state == "running", 10)
    assert silent.state == "stopped"
    assert "no longer asked" in str(silent.view().status)
    assert registry.shutdown()


def test_a_new_run_replaces_the_old_one_of_the_same_visitor(runs: Runs) -> None:
    old = runs.submit("a", LONG, Copy())
    new = runs.submit("a", LONG, Copy())
    assert wait_until(lambda: old.state == "stopped" and new.state == "running")
    assert runs.get("a") is new


def test_a_rewound_run_that_had_ended_takes_its_place_in_line() -> None:
    registry = Runs(limit=1)
    run = registry.submit("a", replace(TINY, updates=20), Copy())
    assert run.join(60)
    registry.submit("b", LONG, Copy())
    registry.rewind("a")
    view = registry.view("a")
    assert view is not None
    assert view.place == 1
    registry.close("b")
    assert wait_until(lambda: run.state == "paused")
    assert run.settle(60)
    assert run.view().update == 0
    assert registry.shutdown()


def test_ended_runs_of_long_gone_visitors_are_forgotten(runs: Runs) -> None:
    for number in range(25):
        runs.submit(f"visitor {number}", replace(TINY, updates=1), Copy()).join(60)
    assert wait_until(lambda: sum(runs.get(f"visitor {number}") is not None for number in range(25)) <= 21)


def test_whoever_trained_again_is_the_last_to_be_forgotten(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_module, "KEPT", 2)
    for visitor in ("ana", "ben", "ana", "eve", "kim"):
        runs.submit(visitor, replace(TINY, updates=1), Copy()).join(60)
    assert wait_until(lambda: runs.get("ben") is None)
    assert runs.get("eve") is not None
    runs.rewind("eve")
    assert wait_until(lambda: (run := runs.get("eve")) is not None and run.state == "paused")
    for visitor in ("ana", "ben"):
        runs.submit(visitor, replace(TINY, updates=1), Copy()).join(60)
    runs.act("eve", lambda run: run.stop())
    runs.submit("zoe", replace(TINY, updates=1), Copy()).join(60)
    assert runs.get("eve") is not None
    assert wait_until(lambda: runs.get("ana") is None)


def stopped_just_before_its_start(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """The visitor presses Stop after the registry has seen the run in line, and before it has its thread."""
    start = Run.start

    def late(self: Run) -> threading.Thread | None:
        if self is run:
            self.stop()
        return start(self)

    monkeypatch.setattr(Run, "start", late)


@pytest.mark.parametrize("had_a_thread", [False, True], ids=["a new run", "a rewound run"])
def test_a_stop_between_look_and_start_costs_nobody_a_place(
    had_a_thread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = Runs(limit=1)
    if had_a_thread:
        assert registry.submit("ben", replace(TINY, updates=1), Copy()).join(60)
    registry.submit("ana", LONG, Copy())
    if had_a_thread:
        registry.rewind("ben")
    else:
        registry.submit("ben", LONG, Copy())
    unlucky = registry.get("ben")
    assert unlucky is not None
    assert unlucky.state == "queued"
    next_one = registry.submit("eve", LONG, Copy())
    stopped_just_before_its_start(monkeypatch, unlucky)
    complaints: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", complaints.append)
    registry.close("ana")
    assert wait_until(lambda: next_one.state == "running")
    assert (unlucky.state, complaints) == ("stopped", [])
    assert registry.shutdown()


def test_shutdown_ends_every_thread() -> None:
    registry = Runs(limit=2)
    for visitor in "abc":
        registry.submit(visitor, LONG, Copy())
    assert registry.shutdown()
    assert not any(name.startswith(("run-", "runs-")) for name in names())
