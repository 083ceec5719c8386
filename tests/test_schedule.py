import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.errors import SettingError
from s2s_demo.training import LearningRate, TeacherForcing
from s2s_demo.training.schedule import FORCING_SCHEDULES, RATE_SCHEDULES

SHARES = st.floats(0, 1)


@given(st.sampled_from(FORCING_SCHEDULES), SHARES, SHARES, st.integers(1, 10_000_000), st.integers(0, 10**9))
def test_teacher_forcing_stays_between_its_ends(kind: str, start: float, end: float, over: int, update: int) -> None:
    ratio = TeacherForcing(kind=kind, start=start, end=end, over=over).at(update)
    assert min(start, end) - 1e-12 <= ratio <= max(start, end) + 1e-12


@given(st.sampled_from(FORCING_SCHEDULES), st.integers(1, 5000), st.integers(0, 20_000))
def test_teacher_forcing_never_turns_back(kind: str, over: int, update: int) -> None:
    schedule = TeacherForcing(kind=kind, over=over)
    assert schedule.at(update + 1) <= schedule.at(update) + 1e-12


@pytest.mark.parametrize("kind", FORCING_SCHEDULES[1:])
def test_teacher_forcing_arrives_within_one_percent(kind: str) -> None:
    schedule = TeacherForcing(kind=kind, start=0.9, end=0.2, over=300)
    assert schedule.at(0) == pytest.approx(0.9)
    assert schedule.at(300) == pytest.approx(0.2, abs=0.01 * 0.7 + 1e-12)
    assert schedule.at(10**9) == pytest.approx(0.2)


def test_teacher_forcing_by_hand() -> None:
    assert TeacherForcing(start=0.5).at(10**6) == 0.5
    assert TeacherForcing(kind="linear", over=100).at(25) == pytest.approx(0.75)
    assert TeacherForcing(kind="exponential", over=100).at(50) == pytest.approx(0.1)
    # k / (k + e^(i/k)) with k = 10, stretched: at half way e^(i/k) is 100, and 11 / (10 + 100) = .1
    assert TeacherForcing(kind="inverse_sigmoid", over=100).at(50) == pytest.approx(0.1)


def test_a_schedule_set_during_a_run_counts_from_there() -> None:
    early, late = TeacherForcing(kind="linear", over=100), TeacherForcing(kind="linear", over=100, since=500)
    assert [late.at(500 + update) for update in (0, 25, 100)] == [early.at(update) for update in (0, 25, 100)]
    assert late.at(3) == 1


@given(st.sampled_from(RATE_SCHEDULES), st.integers(0, 1000), st.integers(1, 10**7), SHARES)
def test_the_learning_rate_stays_between_0_and_its_peak(kind: str, warm_up: int, update: int, progress: float) -> None:
    rate = LearningRate(kind=kind, peak=0.01, warm_up=warm_up).at(update, progress)
    assert 0 <= rate <= 0.01


def test_the_learning_rate_by_hand() -> None:
    climbing = LearningRate(kind="constant", peak=0.1, warm_up=10)
    assert [climbing.at(update, 0) for update in (1, 5, 10, 99)] == pytest.approx([0.01, 0.05, 0.1, 0.1])
    assert LearningRate(kind="linear", peak=1, warm_up=0).at(7, 0.25) == pytest.approx(0.75)
    assert LearningRate(kind="cosine", peak=1, warm_up=0).at(7, 1 / 3) == pytest.approx(0.75)
    assert LearningRate(kind="cosine", peak=1, warm_up=0).at(7, 1) == pytest.approx(0)
    assert LearningRate(kind="inverse_sqrt", peak=1, warm_up=100).at(400, 0.5) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("schedule", "settings", "message"),
    [
        (TeacherForcing, {"kind": "sometimes"}, "choose from constant, linear"),
        (TeacherForcing, {"start": 1.1}, "teacher forcing at the start is 1.1"),
        (TeacherForcing, {"end": -0.1}, "teacher forcing at the end"),
        (TeacherForcing, {"over": 0}, "length of the teacher-forcing schedule"),
        (LearningRate, {"kind": "step"}, "unknown learning-rate schedule 'step'"),
        (LearningRate, {"peak": math.nan}, "learning rate is nan"),
        (LearningRate, {"warm_up": -1}, "warm-up"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(schedule: type, settings: dict[str, object], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        schedule(**settings)
