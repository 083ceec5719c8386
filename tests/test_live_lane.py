"""Changes while a run goes on, the curves they leave, and twins that differ in one of them."""

import pytest
from live_cases import finished, losses, make_run, paused, step

from s2s_demo.errors import SettingError
from s2s_demo.live import Change
from s2s_demo.training import TeacherForcing


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
