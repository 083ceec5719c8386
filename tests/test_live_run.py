"""A run from its start to its end: what it shows, how it obeys, what it leaves behind."""

import threading
import time
from dataclasses import replace

import pytest
from live_cases import Broken, Copy, finished, make_run, paused, step, wait_until

from s2s_demo.errors import InputError
from s2s_demo.live import Change, Run


def test_a_run_learns_until_its_last_update() -> None:
    run = finished(make_run(updates=200, hidden_size=16))
    view = run.view()
    assert (view.state, view.update) == ("finished", 200)
    assert "200 updates" in str(view.status)
    first, last = view.lanes[0].checks[0], view.lanes[0].checks[-1]
    assert first.update == 0
    assert last.update == 200
    assert last.gold.loss < first.gold.loss / 2
    assert not run.alive


def test_the_view_tells_all_that_the_page_draws() -> None:
    view = finished(make_run(probes=("ab", "cd"))).view()
    lane = view.lanes[0]
    assert len(lane.points) == 60
    assert all(point.gradient_norm > 0 for point in lane.points)
    assert view.tokens_per_second > 0
    assert view.seconds > 0
    assert view.epoch > 0
    assert [sample.source for sample in lane.samples] == ["aa", "bb", "cc", "dd"]
    assert [probe.text for probe in lane.probes] == ["ab", "cd"]
    moment = lane.probes[0].moments[-1]
    assert moment.alignment.shape == (len(moment.translation), len(moment.source))
    assert moment.alignment.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert moment.source == ("␣", "a", "b", "<eos>")
    assert moment.text == "".join(moment.translation).replace("␣", " ").removesuffix("<eos>").strip()
    assert moment.score < 0


def test_the_two_rows_differ_first_where_the_mark_is() -> None:
    for lane in (finished(make_run(updates=n)).view().lanes[0] for n in (1, 20)):
        rows = lane.two_prefixes[-1]
        assert rows.gold[-1] == "<eos>"
        assert len(rows.after_gold) == len(rows.gold)
        t = rows.divergence
        if t is None:
            assert rows.after_gold == rows.after_own
        else:
            assert rows.after_gold[:t] == rows.after_own[:t]
            assert rows.after_gold[t : t + 1] != rows.after_own[t : t + 1]


def test_the_two_rows_are_kept_of_every_moment_of_the_movie_with_the_losses_of_that_time() -> None:
    lane = finished(make_run(updates=20, probes=("ab",))).view().lanes[0]
    assert [rows.update for rows in lane.two_prefixes] == [moment.update for moment in lane.probes[0].moments]
    losses = {check.update: (check.gold.loss, check.own.loss) for check in lane.checks}
    assert all((rows.gold_loss, rows.own_loss) == losses[rows.update] for rows in lane.two_prefixes)
    first, *others = lane.two_prefixes
    assert others
    assert all(rows.gold is first.gold for rows in others)  # what never changes is kept once


def test_pause_freezes_the_step_count_and_resume_goes_on() -> None:
    run = make_run(updates=100_000)
    run.start()
    assert wait_until(lambda: run.view().update > 3)
    run.pause()
    assert run.settle(60)
    before = run.view()
    assert before.state == "paused"
    time.sleep(0.2)
    assert run.view() == before
    run.resume()
    assert wait_until(lambda: run.view().update > before.update)
    run.stop()
    assert run.join(60)
    assert run.view().state == "stopped"


def test_one_step_adds_exactly_one_update() -> None:
    run = paused()
    assert run.view().update == 0
    for number in (1, 2, 3):
        view = step(run).view()
        assert view.update == number
        assert view.state == "paused"
        assert view.lanes[0].checks[-1].update == number  # a paused model is judged as it stands
    run.stop()
    run.join(60)


def test_probes_can_be_typed_at_any_time() -> None:
    run = step(step(paused(probes=("ab",))))
    run.set_probes(["ab", "  ", "dc"])
    assert run.settle(60)
    probes = run.view().lanes[0].probes
    assert [(probe.text, [m.update for m in probe.moments]) for probe in probes] == [("ab", [0, 1, 2]), ("dc", [2])]
    run.stop()
    run.join(60)
    run.set_probes(["ca"])
    assert [len(probe.moments) for probe in run.view().lanes[0].probes] == [1]


@pytest.mark.parametrize("texts", [["a", "b", "c", "d"], ["a" * 121]])
def test_probes_that_do_not_fit_are_refused(texts: list[str]) -> None:
    with pytest.raises(InputError):
        make_run().set_probes(texts)


def test_a_bug_ends_in_a_failed_run_with_a_message(caplog: pytest.LogCaptureFixture) -> None:
    view = finished(make_run(task=Broken())).view()
    assert view.state == "failed"
    assert "ZeroDivisionError" in str(view.status)
    assert "a bug of ours" in caplog.text


def test_limits_end_a_run() -> None:
    run = finished(make_run(updates=100_000, seconds=1.0))
    assert "time limit" in str(run.view().status)
    stay = Run(make_run(updates=100_000).settings, Copy(), wall_seconds=0.3)
    stay.pause()
    assert finished(stay).view().state == "finished"
    assert "minutes" in str(stay.view().status)


def test_stop_leaves_no_thread() -> None:
    run = make_run(updates=100_000)
    run.start()
    assert wait_until(lambda: run.view().update > 0)
    assert run.name in {thread.name for thread in threading.enumerate()}
    run.stop()
    assert run.join(60)
    assert run.name not in {thread.name for thread in threading.enumerate()}


def test_a_view_takes_less_than_a_millisecond_of_processor_time() -> None:
    run = finished(make_run(probes=("ab", "bc", "cd"), judge_every=1))
    started = time.thread_time()
    for _ in range(100):
        run.view()
    assert (time.thread_time() - started) / 100 < 0.001


def test_what_is_remembered_is_bounded_however_long_a_run_goes_on() -> None:
    run = finished(make_run(updates=1, probes=("ab",)))
    lane = run._engine.lanes[0]
    judgement, moment = lane.latest, run.view().lanes[0].probes[0].moments[0]
    assert judgement is not None
    assert lane.progress is not None
    for number in range(2, 5000):
        lane.record(replace(lane.progress, update=number))
        lane.keep(replace(judgement), [(lane.movies[0][1], moment)])
    for _ in range(300):
        run._engine.change(Change(clip=1.0))
    view = run.view()
    assert len(view.lanes[0].points) <= 401
    assert len(view.lanes[0].checks) <= 200
    assert len(view.lanes[0].probes[0].moments) <= 60
    assert len(view.events) == 100
    assert view.lanes[0].points[-1].update == 4999
