"""A run ends when its visitor stops it, begins another or leaves, and an answer is late then."""

from collections.abc import Iterator

from s2s_demo.serving.turns import Turns


def work(done: list[str]) -> Iterator[int]:
    try:
        for number in range(5):
            done.append(f"step {number}")
            yield number
    finally:
        done.append("closed")


def test_a_run_that_nobody_stops_reaches_its_end():
    turns, done = Turns(), []
    assert list(turns.steps(turns.take(), work(done), -1)) == [0, 1, 2, 3, 4]
    assert done[-1] == "closed"


def test_a_stopped_run_says_so_last_and_is_closed():
    turns, done = Turns(), []
    run = turns.steps(turns.take(), work(done), -1)
    assert [next(run), next(run)] == [0, 1]
    turns.take()
    assert list(run) == [-1]
    assert done == ["step 0", "step 1", "closed"]


def test_a_run_whose_visitor_leaves_says_so_last_and_is_closed():
    turns, done = Turns(), []
    run = turns.steps(turns.take(), work(done), -1)
    assert next(run) == 0
    turns.end()
    assert list(run) == [-1]
    assert done == ["step 0", "closed"]


def test_a_run_that_was_stopped_while_it_waited_does_nothing():
    turns, done = Turns(), []
    turn = turns.take()
    turns.take()
    assert list(turns.steps(turn, work(done), -1)) == [-1]
    assert done == []


def test_an_answer_is_late_when_its_visitor_has_asked_again():
    turns = Turns()
    assert turns.answer(lambda: "first", "late") == "first"
    assert turns.answer(lambda: turns.answer(lambda: "second", "late") and "first", "late") == "late"
    assert turns.answer(lambda: turns.answer(lambda: "last", "late"), "late") == "late"
