"""A pause that lasts gives its place to those who wait, and costs the run nothing but the wait."""

from dataclasses import replace

import pytest
from live_cases import TINY, Copy, finished, losses, make_run, same, step, wait_until, weights

from s2s_demo.live import Change, Run, Runs

LONG = replace(TINY, updates=100_000)
SOON = 0.2  # seconds of patience


def at_rest(runs: Runs, session: str, updates: int = 5) -> Run:
    """A visitor's run that stands still after some updates."""
    runs.submit("before", LONG, Copy())
    run = runs.submit(session, TINY, Copy(), probes=["ab"])  # waits in line, so that the pause comes first
    runs.act(session, Run.pause)
    runs.close("before")
    assert wait_until(lambda: run.state == "paused")
    for _ in range(updates):
        runs.act(session, Run.step_once)
    assert run.settle(60)
    return run


def parked(runs: Runs, session: str) -> Run:
    """A visitor's run that has given its thread to a visitor called "other"."""
    run = at_rest(runs, session)
    runs.submit("other", LONG, Copy())
    assert wait_until(lambda: not run.alive)
    return run


def test_while_nobody_waits_a_paused_run_keeps_its_thread() -> None:
    runs = Runs(limit=1, patience=SOON)
    run = at_rest(runs, "ana")
    assert wait_until(lambda: run.still_seconds > 3 * SOON)
    assert run.alive
    assert runs.shutdown()


def test_who_waits_is_served_after_the_patience_and_not_before() -> None:
    runs = Runs(limit=1, patience=SOON)
    run = at_rest(runs, "ana")
    other = runs.submit("ben", LONG, Copy())
    view = runs.view("ben")
    assert view is not None
    assert (view.place, run.alive) == (1, True)
    assert wait_until(lambda: other.state == "running")
    assert (run.state, run.alive, run.view().update) == ("paused", False, 5)
    assert runs.shutdown()


def test_a_run_that_moves_is_never_parked() -> None:
    runs = Runs(limit=1, patience=SOON)
    run, waiting = runs.submit("ana", LONG, Copy()), runs.submit("ben", LONG, Copy())
    assert not wait_until(lambda: waiting.state != "queued", 5 * SOON)
    assert run.state == "running"
    assert runs.shutdown()


def test_a_resumed_run_waits_in_line_and_goes_on_exactly_where_it_was() -> None:
    runs = Runs(limit=1, patience=SOON)
    run = parked(runs, "ana")
    runs.act("ana", Run.resume)
    view = runs.view("ana")
    assert view is not None
    assert (view.state, str(view.status), view.update) == ("queued", "queue: 1 of 1", 5)
    runs.close("other")
    assert wait_until(lambda: run.state == "finished")
    undisturbed = finished(make_run(probes=("ab",)))
    assert losses(run) == losses(undisturbed)
    assert same(weights(run), weights(undisturbed))
    assert runs.shutdown()


ASKED = {
    "one step": (Run.step_once, 6),
    "a sentence to watch": (lambda run: run.set_probes(["dc"]), 5),
    "another learning rate": (lambda run: run.change(Change(learning_rate=0.5)), 5),
    "a twin": (lambda run: run.fork(), 5),
    "a rewind": (Run.rewind, 0),
}


@pytest.mark.parametrize("what", ASKED)
def test_whatever_a_parked_run_is_asked_is_done_when_its_turn_comes(what: str) -> None:
    ask, update = ASKED[what]
    runs = Runs(limit=1, patience=SOON)
    run = parked(runs, "ana")
    version = run.view().version
    runs.act("ana", ask)
    assert run.state == "queued"
    runs.close("other")
    assert wait_until(lambda: run.state == "paused")
    assert run.settle(60)
    view = run.view()
    assert (view.update, view.version > version) == (update, True)
    assert runs.shutdown()


def test_a_parked_run_can_be_used_stopped_and_rewound() -> None:
    runs = Runs(limit=1, patience=SOON)
    run = parked(runs, "ana")
    learnt = weights(run)
    runs.act("ana", lambda run: run.stop())
    assert (run.state, run.alive) == ("stopped", False)
    assert same(learnt, weights(run))
    runs.rewind("ana")
    runs.close("other")
    assert wait_until(lambda: run.state == "paused")
    assert losses(step(run, 5)) == losses(finished(make_run(updates=5, rate_schedule="constant")))
    assert runs.shutdown()


@pytest.mark.parametrize("limits", [{"lease": 0.4}, {"wall_seconds": 0.8, "lease": 60.0}])
def test_a_parked_run_does_not_stay_for_ever(limits: dict[str, float]) -> None:
    runs = Runs(limit=1, patience=0.05, **limits)
    run = at_rest(runs, "ana", updates=0)
    other = runs.submit("ben", LONG, Copy())
    assert wait_until(lambda: other.state == "running")

    def ended() -> bool:
        runs.touch("ben")
        return run.state == "stopped"

    assert wait_until(ended, 20)
    assert runs.shutdown()
