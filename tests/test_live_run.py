import threading
import time
from dataclasses import replace

import pytest
import torch
from live_cases import Broken, Copy, finished, make_run, wait_until

from s2s_demo.errors import InputError, SettingError
from s2s_demo.live import Change, Run
from s2s_demo.training import TeacherForcing


def losses(run: Run, lane: int = 0) -> list[float]:
    return [point.loss for point in run.view().lanes[lane].points]


def weights(run: Run) -> dict[str, torch.Tensor]:
    return run.translator().model.state_dict()


def same(one: dict[str, torch.Tensor], two: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(value, two[name]) for name, value in one.items())


def paused(**changes: object) -> Run:
    """A run that stands before its first update."""
    run = make_run(**changes)  # type: ignore[arg-type]
    run.pause()
    run.start()
    assert run.settle()
    return run


def step(run: Run, times: int = 1) -> Run:
    for _ in range(times):
        run.step_once()
    assert run.settle()
    return run


def test_a_run_learns_until_its_last_update() -> None:
    run = finished(make_run(updates=200, hidden_size=16))
    view = run.view()
    assert (view.state, view.update) == ("finished", 200)
    assert "200 updates" in view.status
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
    assert moment.source == ("␣", "a", "b", "</s>")
    assert moment.score < 0


def test_the_two_rows_differ_first_where_the_mark_is() -> None:
    for lane in (finished(make_run(updates=n)).view().lanes[0] for n in (1, 20)):
        rows = lane.two_prefixes
        assert rows is not None
        assert rows.gold[-1] == "</s>"
        assert len(rows.after_gold) == len(rows.gold)
        t = rows.divergence
        if t is None:
            assert rows.after_gold == rows.after_own
        else:
            assert rows.after_gold[:t] == rows.after_own[:t]
            assert rows.after_gold[t : t + 1] != rows.after_own[t : t + 1]


def test_pause_freezes_the_step_count_and_resume_goes_on() -> None:
    run = make_run(updates=100_000)
    run.start()
    assert wait_until(lambda: run.view().update > 3)
    run.pause()
    assert run.settle()
    before = run.view()
    assert before.state == "paused"
    time.sleep(0.2)
    assert run.view() == before
    run.resume()
    assert wait_until(lambda: run.view().update > before.update)
    run.stop()
    assert run.join(5)
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
    run.join(5)


def test_rewind_gives_the_first_weights_and_the_same_curve_again() -> None:
    run = paused()
    first = weights(run)
    step(run, 12)
    curve, learnt = losses(run), weights(run)
    assert not same(first, learnt)
    run.rewind()
    assert run.settle()
    assert run.view().update == 0
    assert same(first, weights(run))
    assert [point.loss for point in run.view().tries[0].points] == curve
    assert losses(step(run, 12)) == curve
    assert same(learnt, weights(run))
    run.stop()
    run.join(5)


def test_a_run_that_ended_can_be_rewound_and_started_again() -> None:
    run = finished(make_run(updates=20))
    curve = losses(run)
    run.rewind()
    assert run.view().state == "queued"
    run.resume()
    assert losses(finished(run)) == curve


def test_teacher_forcing_switched_off_acts_from_the_next_update() -> None:
    run = step(paused(), 5)
    run.set_teacher_forcing(0.0)
    assert run.settle()
    assert run.view().lanes[0].teacher_forcing == 0
    lane = step(run).view().lanes[0]
    assert [point.teacher_forcing for point in lane.points] == [1, 1, 1, 1, 1, 0]
    (event,) = run.view().events
    assert (event.update, event.label) == (5, "teacher forcing 0")
    run.stop()
    run.join(5)


def test_the_gap_is_measured_before_and_after_a_switch() -> None:
    run = make_run(judge_every=1000)
    run.change(Change(teacher_forcing=0.0), at=31)
    checks = finished(run).view().lanes[0].checks
    assert [check.update for check in checks] == [0, 30, 60]
    assert checks[1].gap == checks[1].own.loss - checks[1].gold.loss


def test_a_schedule_set_on_the_way_counts_from_there() -> None:
    run = step(paused(), 4)
    run.set_teacher_forcing(TeacherForcing(kind="linear", start=1.0, end=0.0, over=4))
    ratios = [point.teacher_forcing for point in step(run, 4).view().lanes[0].points]
    assert ratios[4:] == [0.75, 0.5, 0.25, 0.0]
    run.stop()
    run.join(5)


def test_learning_rate_and_clip_change_on_the_way() -> None:
    run = make_run(updates=30)
    run.change(Change(learning_rate=0.5, clip=0.25), at=11)
    lane = finished(run).view().lanes[0]
    assert [point.learning_rate for point in lane.points[9:12]] == [pytest.approx(0.01 / 3), 0.5, 0.5]
    assert (lane.learning_rate, lane.clip) == (0.5, 0.25)
    assert run.view().events[0].label == "learning rate 0.5, clip 0.25"


@pytest.mark.parametrize("change", [{"teacher_forcing": 2.0}, {"learning_rate": -1.0}, {"clip": 0.0}])
def test_a_change_outside_what_is_allowed_is_refused_at_once(change: dict[str, float]) -> None:
    with pytest.raises(SettingError):
        Change(**change)


def test_same_seed_and_same_changes_give_the_same_curve_in_parallel_threads() -> None:
    runs = [make_run(probes=("ab",)) for _ in range(2)]
    for run in runs:
        run.change(Change(teacher_forcing=0.5), at=20)
        run.change(Change(learning_rate=0.02), at=40)
        run.start()
    assert all(run.join(30) for run in runs)
    one, two = (run.view() for run in runs)
    assert one.lanes[0].points == two.lanes[0].points
    assert one.lanes[0].checks == two.lanes[0].checks
    assert one.events == two.events
    assert losses(finished(make_run(seed=2))) != losses(runs[0])


def test_judging_and_watching_do_not_change_what_is_learnt() -> None:
    watched = finished(make_run(judge_every=1, probes=("abcd",)))
    alone = finished(make_run(judge_every=1000))
    assert losses(watched) == losses(alone)


def test_twins_that_differ_in_nothing_stay_equal_and_the_fork_leaves_a_alone() -> None:
    run = step(paused(updates=40), 10)
    run.fork()
    run.resume()
    assert run.join(30)
    a, b = losses(run, 0), losses(run, 1)
    assert a[10:] == b
    assert a == losses(finished(make_run(updates=40)))


def test_twins_differ_in_teacher_forcing_from_the_fork_on() -> None:
    run = step(paused(updates=20), 10)
    run.fork(Change(teacher_forcing=0.0))
    run.resume()
    assert run.join(30)
    view = run.view()
    a, b = view.lanes
    assert b.description == "teacher forcing 0"
    assert [point.update for point in b.points] == list(range(11, 21))
    assert {point.teacher_forcing for point in b.points} == {0}
    assert a.checks[-2].update == b.checks[0].update == 10
    assert a.checks[-2].gold == b.checks[0].gold  # one model still
    assert view.events[-1].label == "fork: teacher forcing 0"


def test_a_twin_can_lose_its_attention_or_gain_one() -> None:
    run = step(paused(updates=20, decoder="luong"), 5)
    run.fork(attention="none")
    run.resume()
    assert run.join(30)
    assert [lane.looks for lane in run.view().lanes] == [True, False]
    other = step(paused(updates=20, attention="none"), 5)
    other.fork(attention="additive")
    other.resume()
    assert other.join(30)
    assert [lane.looks for lane in other.view().lanes] == [False, True]
    assert other.view().state == "finished"


def test_a_fixed_decoder_has_no_attention_to_switch() -> None:
    with pytest.raises(SettingError, match="fixed"):
        make_run(decoder="fixed", attention="none").fork(attention="additive")


def test_changes_can_go_to_one_twin() -> None:
    run = step(paused(), 2)
    run.fork()
    run.set_learning_rate(0.5, lane="B")
    run.settle()
    assert [lane.learning_rate for lane in run.view().lanes] == [pytest.approx(0.01 * 3 / 30), 0.5]
    run.end_twin()
    run.settle()
    assert len(run.view().lanes) == 1
    run.stop()
    run.join(5)


def test_probes_can_be_typed_at_any_time() -> None:
    run = step(step(paused(probes=("ab",))))
    run.set_probes(["ab", "  ", "dc"])
    run.settle()
    probes = run.view().lanes[0].probes
    assert [(probe.text, [m.update for m in probe.moments]) for probe in probes] == [("ab", [0, 1, 2]), ("dc", [2])]
    run.stop()
    run.join(5)
    run.set_probes(["ca"])
    assert [len(probe.moments) for probe in run.view().lanes[0].probes] == [1]


@pytest.mark.parametrize("texts", [["a", "b", "c", "d"], ["a" * 121]])
def test_probes_that_do_not_fit_are_refused(texts: list[str]) -> None:
    with pytest.raises(InputError):
        make_run().set_probes(texts)


def test_a_run_that_diverges_says_so_and_can_be_rewound() -> None:
    run = paused()
    run.set_learning_rate(100.0)
    run._engine.lanes[0].training.model.output.bias.data.fill_(float("nan"))
    run.resume()
    assert run.join(10)
    view = run.view()
    assert view.state == "failed"
    assert "diverged" in view.status
    assert "learning rate" in view.status
    run.rewind()
    run.resume()
    assert finished(run).view().state == "finished"


def test_a_bug_ends_in_a_failed_run_with_a_message(caplog: pytest.LogCaptureFixture) -> None:
    view = finished(make_run(task=Broken())).view()
    assert view.state == "failed"
    assert "ZeroDivisionError" in view.status
    assert "a bug of ours" in caplog.text


def test_limits_end_a_run() -> None:
    run = finished(make_run(updates=100_000, seconds=1.0))
    assert "time limit" in run.view().status
    stay = Run(make_run(updates=100_000).settings, Copy(), wall_seconds=0.3)
    stay.pause()
    assert finished(stay).view().state == "finished"
    assert "minutes" in stay.view().status


def test_stop_leaves_no_thread() -> None:
    run = make_run(updates=100_000)
    run.start()
    assert wait_until(lambda: run.view().update > 0)
    assert run.name in {thread.name for thread in threading.enumerate()}
    run.stop()
    assert run.join(5)
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
