"""A run ends when its visitor stops it or begins another, an answer is late then; other visitors' go on."""

from collections.abc import Iterator

from s2s_demo.serving import turns
from s2s_demo.serving.turns import Turns


def work(closed: list[str]) -> Iterator[int]:
    try:
        yield from range(5)
    finally:
        closed.append("closed")


def test_a_run_that_nobody_stops_reaches_its_end():
    desk, closed = Turns(), []
    assert list(desk.steps("ana", desk.take("ana"), work(closed), -1)) == [0, 1, 2, 3, 4]
    assert closed == ["closed"]


def test_a_stopped_run_says_so_last_and_is_closed():
    desk, closed = Turns(), []
    run = desk.steps("ana", desk.take("ana"), work(closed), -1)
    assert [next(run), next(run)] == [0, 1]
    desk.take("ben")
    assert next(run) == 2
    desk.take("ana")
    assert list(run) == [-1]
    assert closed == ["closed"]


def test_a_run_that_was_stopped_while_it_waited_does_nothing():
    desk = Turns()
    turn = desk.take("ana")
    desk.take("ana")
    assert list(desk.steps("ana", turn, work([]), -1)) == [-1]


def test_an_answer_is_late_when_its_visitor_has_asked_again():
    desk = Turns()
    assert desk.answer("ana", lambda: "first", "late") == "first"
    assert desk.answer("ana", lambda: desk.answer("ana", lambda: "second", "late") and "first", "late") == "late"
    assert desk.answer("ana", lambda: desk.answer("ben", lambda: "his", "late") and "hers", "late") == "hers"


def test_visitors_of_long_ago_are_forgotten(monkeypatch):
    monkeypatch.setattr(turns, "MOST_VISITORS", 2)
    desk = Turns()
    old = desk.take("ana")
    desk.take("ben")
    desk.take("eve")
    assert list(desk.steps("ana", old, work([]), -1)) == [-1]
