"""Changes while a run goes on, the curves they leave, and twins that differ in one of them."""

import pytest
import torch
from live_cases import Copy, finished, losses, make_run, paused, same, step, weights

from s2s_demo.errors import SettingError
from s2s_demo.live import Change, Run
from s2s_demo.text import BOS, EOS
from s2s_demo.training import TeacherForcing


def test_teacher_forcing_switched_off_acts_from_the_next_update() -> None:
    run = step(paused(), 5)
    used = []
    model = run._engine.lanes[0].training.model
    model.register_forward_pre_hook(lambda _, given: used.append(given[2]))  # (batch, noise, ratio)
    step(run, 2)
    run.change(Change(teacher_forcing=0.0))
    assert run.settle(60)
    assert run.view().lanes[0].teacher_forcing == 0
    lane = step(run, 2).view().lanes[0]
    assert used == [1, 1, 0, 0]
    assert [point.teacher_forcing for point in lane.points] == [1, 1, 1, 1, 1, 1, 1, 0, 0]
    (event,) = run.view().events
    assert (event.update, str(event.label)) == (7, "teacher forcing 0")
    run.stop()
    run.join(60)


def test_the_gap_is_measured_on_the_same_sentences_before_and_after_a_switch() -> None:
    run = paused(hidden_size=16)
    for forcing in (1.0, 0.0):
        run.change(Change(teacher_forcing=forcing))
        assert run.settle(60)
        check = step(run, 20).view().lanes[0].checks[-1]
        after_gold, after_own = losses_by_hand(run)
        assert check.gold.loss == pytest.approx(after_gold, rel=1e-5)
        assert check.own.loss == pytest.approx(after_own, rel=1e-5)
        assert check.gap == pytest.approx(after_own - after_gold, abs=1e-5)
    run.stop()
    run.join(60)


@torch.no_grad()
def losses_by_hand(run: Run) -> tuple[float, float]:
    """Nats per token on all validation pairs, word by word: after gold words, and after the model's own."""
    translator = run.translator()
    model, encode = translator.model, translator.tokenizer.encode
    found = []
    for follows_gold in (True, False):
        lost = []
        for pair in Copy().val():
            source = torch.tensor([[*encode(pair.source), EOS]])
            memory = model.encode(source, torch.ones_like(source, dtype=torch.bool))
            state, token = model.start(memory), BOS
            for gold in (*encode(pair.target), EOS):
                taken = model.step(torch.tensor([[token]]), state, memory)
                state = taken.state
                lost.append(-float(taken.logits[0, 0].log_softmax(0)[gold]))
                token = gold if follows_gold else int(taken.logits[0, 0].argmax())
        found.append(sum(lost) / len(lost))
    return found[0], found[1]


def test_a_schedule_set_on_the_way_counts_from_there() -> None:
    run = step(paused(), 4)
    run.change(Change(teacher_forcing=TeacherForcing(kind="linear", start=1.0, end=0.0, over=4)))
    ratios = [point.teacher_forcing for point in step(run, 4).view().lanes[0].points]
    assert ratios[4:] == [0.75, 0.5, 0.25, 0.0]
    run.stop()
    run.join(60)


def test_learning_rate_and_clip_change_on_the_way() -> None:
    run = make_run(updates=30)
    run.change(Change(learning_rate=0.5, clip=0.25), at=11)
    lane = finished(run).view().lanes[0]
    assert [point.learning_rate for point in lane.points[9:12]] == [pytest.approx(0.01 / 3), 0.5, 0.5]
    assert (lane.learning_rate, lane.clip) == (0.5, 0.25)
    assert str(run.view().events[0].label) == "learning rate 0.5, clip 0.25"


@pytest.mark.parametrize("change", [{"teacher_forcing": 2.0}, {"learning_rate": -1.0}, {"clip": 0.0}])
def test_a_change_outside_what_is_allowed_is_refused_at_once(change: dict[str, float]) -> None:
    with pytest.raises(SettingError):
        Change(**change)


def test_same_seed_and_same_changes_give_the_same_run_to_the_last_bit_in_parallel_threads() -> None:
    runs = [make_run(probes=("ab",)) for _ in range(2)]
    for run in runs:
        run.change(Change(teacher_forcing=0.5), at=20)
        run.change(Change(teacher_forcing=0.0, clip=0.25), at=30)
        run.change(Change(learning_rate=0.02), at=40)
        run.start()
    assert all(run.join(120) for run in runs)
    one, two = (run.view() for run in runs)
    assert [event.update for event in one.events] == [19, 29, 39]
    assert one.events == two.events
    assert one.lanes[0].points == two.lanes[0].points
    assert one.lanes[0].checks == two.lanes[0].checks
    assert same(*map(weights, runs))
    for a, b in zip(*(view.lanes[0].probes[0].moments for view in (one, two)), strict=True):
        assert (a.update, a.translation, a.score) == (b.update, b.translation, b.score)
        assert (a.alignment == b.alignment).all()
    assert losses(finished(make_run(seed=2))) != losses(runs[0])


def test_judging_and_watching_do_not_change_what_is_learnt() -> None:
    watched = finished(make_run(judge_every=1, probes=("abcd",)))
    alone = finished(make_run(judge_every=1000))
    assert losses(watched) == losses(alone)


def test_twins_that_differ_in_nothing_stay_equal_and_the_fork_leaves_a_alone() -> None:
    run = step(paused(updates=40), 10)
    run.fork()
    run.resume()
    assert run.join(120)
    a, b = losses(run, 0), losses(run, 1)
    assert a[10:] == b
    assert a == losses(finished(make_run(updates=40)))


def test_twins_differ_in_teacher_forcing_from_the_fork_on() -> None:
    run = step(paused(updates=20), 10)
    run.fork(Change(teacher_forcing=0.0))
    run.resume()
    assert run.join(120)
    view = run.view()
    a, b = view.lanes
    assert str(b.description) == "teacher forcing 0"
    assert [point.update for point in b.points] == list(range(11, 21))
    assert {point.teacher_forcing for point in b.points} == {0}
    assert a.checks[-2].update == b.checks[0].update == 10
    assert a.checks[-2].gold == b.checks[0].gold  # one model still
    assert str(view.events[-1].label) == "fork: teacher forcing 0"


def test_a_twin_can_lose_its_attention_or_gain_one() -> None:
    run = step(paused(updates=20, decoder="luong"), 5)
    run.fork(attention="none")
    run.resume()
    assert run.join(120)
    assert [lane.looks for lane in run.view().lanes] == [True, False]
    other = step(paused(updates=20, attention="none"), 5)
    other.fork(attention="additive")
    other.resume()
    assert other.join(60)
    assert [lane.looks for lane in other.view().lanes] == [False, True]
    assert other.view().state == "finished"


def test_a_fixed_decoder_has_no_attention_to_switch() -> None:
    with pytest.raises(SettingError, match="fixed"):
        make_run(decoder="fixed", attention="none").fork(attention="additive")


def test_changes_can_go_to_one_twin() -> None:
    run = step(paused(), 2)
    run.fork()
    run.change(Change(learning_rate=0.5), lane="B")
    assert run.settle(60)
    assert [lane.learning_rate for lane in run.view().lanes] == [pytest.approx(0.01 * 3 / 30), 0.5]
    run.end_twin()
    assert run.settle(60)
    assert len(run.view().lanes) == 1
    run.stop()
    run.join(60)
