"""A class that answers together: predictions are counted for whoever opened the lesson.

Without names and in memory only: of a pupil nothing is kept but that this page has answered this question.  All of it
is forgotten when the page that opened the lesson is closed.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_CLASSES, MOST_QUESTIONS, MOST_PUPILS, MOST_CHOICES = 300, 40, 1000, 100
LETTERS = "bcdfghjkmnpqrstvwxz23456789"  # none is taken for another, and they spell nothing
LENGTH = 10  # letters of a code: nobody guesses another class


@dataclass(frozen=True)
class Tally:
    """How often each choice (from 1) of a question was picked, and by how many pupils."""

    pupils: int = 0
    picked: Mapping[int, int] = field(default_factory=dict)


class Class:
    """One lesson that is answered together; `lesson` is what its link asks."""

    def __init__(self, owner: str, lesson: Mapping[str, str]) -> None:
        self.owner, self.lesson = owner, dict(lesson)
        self._pupils: dict[str, set[str]] = {}
        self._picked: dict[str, dict[int, int]] = {}

    def count(self, question: str, pupil: str, picked: Sequence[int]) -> bool:
        """Count a pupil's first answer to a question; whether it was counted."""
        known = question in self._pupils
        if not pupil or not (known or len(self._pupils) < MOST_QUESTIONS):
            return False
        pupils = self._pupils.setdefault(question, set())
        if pupil in pupils or len(pupils) >= MOST_PUPILS:
            return False
        pupils.add(pupil)
        counts = self._picked.setdefault(question, {})
        for number in {number for number in picked if 1 <= number <= MOST_CHOICES}:
            counts[number] = counts.get(number, 0) + 1
        return True

    def tallies(self) -> dict[str, Tally]:
        """What was counted, by question, in the order of their first answers."""
        return {name: Tally(len(pupils), dict(self._picked[name])) for name, pupils in self._pupils.items()}


class Classes:
    """All classes by their codes: one for each page that opened a lesson."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # no other lock is taken while this one is held
        self._by_code: OrderedDict[str, Class] = OrderedDict()

    def open(self, owner: str, lesson: Mapping[str, str]) -> str:
        """The code of a class of whoever has this session.

        The same lesson keeps its class; their class of another lesson, and the oldest of too many, is forgotten.
        """
        with self._lock:
            for code, each in self._by_code.items():
                if each.owner == owner and each.lesson == lesson:
                    return code
            self._forget(owner)
            code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
            self._by_code[code] = Class(owner, lesson)
            while len(self._by_code) > MOST_CLASSES:
                self._by_code.popitem(last=False)
            return code

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def lesson(self, code: str) -> Mapping[str, str] | None:
        """What the link of a class asks; None where the class is over."""
        found = self._by_code.get(code)
        return found.lesson if found else None

    def count(self, code: str, question: str, pupil: str, picked: Sequence[int]) -> bool:
        """Count an answer; whether it was counted: not a second one, not one's own, not of a class that is over."""
        with self._lock:
            found = self._by_code.get(code)
            return found is not None and found.owner != pupil and found.count(question, pupil, picked)

    def of(self, owner: str) -> tuple[Mapping[str, str], dict[str, Tally]] | None:
        """What the class of a session is asked, and what was counted; None where that session opened none."""
        with self._lock:
            found = next((each for each in self._by_code.values() if owner and each.owner == owner), None)
            return None if found is None else (found.lesson, found.tallies())

    def close(self, owner: str) -> None:
        """The page is gone: forget its class."""
        with self._lock:
            self._forget(owner)

    def _forget(self, owner: str) -> None:
        for code in [code for code, each in self._by_code.items() if each.owner == owner]:
            del self._by_code[code]
