"""A class that answers together: counted for one, without names, and forgotten."""

import threading

from s2s_demo.serving.classes import MOST_CHOICES, MOST_CLASSES, MOST_PUPILS, MOST_QUESTIONS, Classes, Tally
from s2s_demo.serving.visitors import Visitors

LESSON = {"ask": "look", "text": "A dog."}


def test_each_pupil_is_counted_once_and_only_the_owner_sees_it() -> None:
    classes = Classes()
    code = classes.open("teacher", LESSON)
    answers = [("ann", [2]), ("ben", [2]), ("cem", [1]), ("ann", [1]), ("teacher", [3]), ("", [3])]
    assert [classes.count(code, "ask", pupil, picked) for pupil, picked in answers] == [True] * 3 + [False] * 3
    assert classes.of("teacher") == (LESSON, {"ask": Tally(3, {2: 2, 1: 1})})
    assert classes.of("ann") is None
    assert classes.of("") is None


def test_the_same_lesson_keeps_its_class_and_another_ends_it() -> None:
    classes = Classes()
    code = classes.open("teacher", LESSON)
    assert classes.open("teacher", dict(LESSON)) == code
    assert classes.open("other", LESSON) != code
    assert classes.open("teacher", {"learn": "beam"}) != code
    assert code not in classes
    assert not classes.count(code, "ask", "ann", [1])


def test_a_class_is_forgotten_when_its_page_is_closed() -> None:
    visitors = Visitors()
    code = visitors.classes.open("teacher", LESSON)
    visitors.close("ann")
    assert code in visitors.classes
    visitors.close("teacher")
    assert code not in visitors.classes
    assert visitors.classes.of("teacher") is None


def test_no_class_grows_without_bound() -> None:
    classes = Classes()
    codes = [classes.open(f"teacher {number}", LESSON) for number in range(MOST_CLASSES + 1)]
    assert codes[0] not in classes
    assert codes[-1] in classes
    counted = [classes.count(codes[-1], "ask", f"pupil {number}", [1]) for number in range(MOST_PUPILS + 1)]
    assert counted == [True] * MOST_PUPILS + [False]
    asked = [classes.count(codes[-1], f"step {number}", "ann", [1]) for number in range(MOST_QUESTIONS)]
    assert asked == [True] * (MOST_QUESTIONS - 1) + [False]
    assert classes.count(codes[1], "ask", "ann", [0, -1, MOST_CHOICES + 1])
    assert classes.of("teacher 1") == (LESSON, {"ask": Tally(1, {})})


def test_answers_that_come_together_are_all_counted() -> None:
    classes = Classes()
    code = classes.open("teacher", LESSON)

    def answer(name: int) -> None:
        for number in range(100):
            classes.count(code, "ask", f"{name} {number}", [1 + number % 2])

    threads = [threading.Thread(target=answer, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert classes.of("teacher") == (LESSON, {"ask": Tally(400, {1: 200, 2: 200})})
