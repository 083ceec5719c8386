"""Rewinds and ends of a live run: the same way again, and little kept."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import torch
from live_cases import finished, losses, make_run, paused, same, step, weights

from s2s_demo.live import Change, Moment
from s2s_demo.live.judge import Judge


@pytest.mark.parametrize("end", ["finished", "failed"])
def test_a_rewind_at_the_instant_of_the_end_is_not_lost(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(updates=5)
    train = run._train

    def train_and_rewind() -> Any:
        found = train()
        run.rewind()  # the thread has looked for orders for the last time
        run.change(Change(clip=0.5))
        if end == "failed":
            raise ZeroDivisionError("a bug of ours")
        return found

    monkeypatch.setattr(run, "_train", train_and_rewind)
    finished(run)
    assert run.state == "queued"
    monkeypatch.undo()
    run.start()
    assert run.settle(60)
    view = run.view()
    assert (view.state, view.update, len(view.tries)) == ("paused", 0, 1)
    assert view.lanes[0].clip == 0.5
    run.stop()
    assert run.join(60)


def test_rewind_gives_the_first_weights_and_the_same_curve_again() -> None:
    run = paused()
    first = weights(run)
    step(run, 12)
    curve, learnt = losses(run), weights(run)
    assert not same(first, learnt)
    run.rewind()
    assert run.settle(60)
    assert run.view().update == 0
    assert same(first, weights(run))
    assert [point.loss for point in run.view().tries[0].points] == curve
    assert losses(step(run, 12)) == curve
    assert same(learnt, weights(run))
    run.stop()
    run.join(60)


def test_a_change_that_a_rewind_has_overtaken_is_not_obeyed() -> None:
    run = paused()
    old = run.attempt
    run.rewind()
    run.change(Change(teacher_forcing=0.5), attempt=old)
    assert run.settle(60)
    assert (run.view().lanes[0].teacher_forcing, run.view().events) == (1.0, ())
    run.change(Change(teacher_forcing=0.5), attempt=run.attempt)
    assert run.settle(60)
    assert run.view().lanes[0].teacher_forcing == 0.5
    run.stop()
    run.join(60)


def test_a_run_that_ended_can_be_rewound_and_started_again() -> None:
    run = finished(make_run(updates=20))
    curve = losses(run)
    run.rewind()
    assert run.view().state == "queued"
    run.resume()
    assert losses(finished(run)) == curve


def all_tensors() -> list[torch.Tensor]:
    """Every tensor of the process, gradients included."""
    gc.collect()
    found = [thing for thing in gc.get_objects() if type(thing) in (torch.Tensor, torch.nn.Parameter)]
    return found + [tensor.grad for tensor in found if tensor.is_leaf and tensor.grad is not None]


def new_bytes(old: list[torch.Tensor]) -> int:
    """What the tensors take that came since; holding the old ones keeps their addresses theirs."""
    storages = {t.untyped_storage().data_ptr(): t.untyped_storage().nbytes() for t in all_tensors()}
    return sum(storages[address] for address in storages.keys() - {t.untyped_storage().data_ptr() for t in old})


@pytest.mark.parametrize("twins", [False, True])
def test_an_ended_run_keeps_its_weights_and_little_else(twins: bool) -> None:
    old, size = all_tensors(), 256
    run = step(paused(updates=3, hidden_size=size, probes=("ab",)))
    if twins:
        run.fork()
    assert run.settle(60)
    alive = new_bytes(old)
    run.resume()
    assert run.join(60)
    ended = new_bytes(old)
    bytes_of_weights = 4 * run.translator().model.parameter_count * (1 + twins)
    assert bytes_of_weights <= ended < 1.1 * bytes_of_weights
    assert alive > 3 * bytes_of_weights
    run.rewind()
    assert new_bytes(old) < 0.1 * bytes_of_weights  # drawn from the seed when its turn comes


@pytest.mark.parametrize("how", ["finished", "stopped", "failed"])
def test_however_a_run_ended_a_rewind_goes_the_same_way_again(how: str) -> None:
    run = step(paused(updates=20, probes=("ab",)), 10)
    curve, moments = losses(run), run.view().lanes[0].probes[0].moments
    if how == "stopped":
        run.stop()
    elif how == "failed":
        run._order(lambda: 1 / 0)
    else:
        run.resume()
    assert run.join(60)
    assert run.view().state == how
    assert losses(run)[:10] == curve
    run.rewind()
    run.start()
    assert run.settle(60)
    assert [point.loss for point in run.view().tries[0].points][:10] == curve
    again = step(run, 10).view().lanes[0].probes[0].moments
    assert [moment.score for moment in again] == [moment.score for moment in moments][: len(again)]
    assert losses(run) == curve
    run.stop()
    run.join(60)


def test_a_look_at_an_ended_run_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    run, looking, go_on = finished(make_run(updates=2)), threading.Event(), threading.Event()
    watch = Judge.watch

    def slowly(self: Judge, *given: Any) -> list[Moment]:
        looking.set()
        assert go_on.wait(60)
        return watch(self, *given)

    monkeypatch.setattr(Judge, "watch", slowly)
    thread = threading.Thread(target=run.set_probes, args=(["ca"],))
    thread.start()
    assert looking.wait(60)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(run.view).result(10).state == "finished"
        go_on.set()
    thread.join(60)
    assert [len(probe.moments) for probe in run.view().lanes[0].probes] == [1]


def test_a_run_that_diverges_says_so_and_can_be_rewound() -> None:
    run = paused()
    run.change(Change(learning_rate=100.0))
    run._engine.lanes[0].training.model.output.bias.data.fill_(float("nan"))
    run.resume()
    assert run.join(60)
    view = run.view()
    assert view.state == "failed"
    assert "diverged" in str(view.status)
    assert "learning rate" in str(view.status)
    run.rewind()
    run.resume()
    assert finished(run).view().state == "finished"
