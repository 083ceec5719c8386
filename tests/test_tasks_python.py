"""The Python that the grammar writes means what its English says: checked by a second reading of the English."""

import ast
import re
from collections.abc import Callable
from typing import Any

import pytest

from s2s_demo.tasks.python import LISTS, Python

LISTS_OF_NUMBERS = {
    "xs": [3, -8, 0, 12, 45, 45, 96, -7, 20],
    "ys": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] * 3,
    "ages": [18, 30, 67, 4, 99, 50, 2],
    "sizes": [-1, -3, -5, 77],
    "prices": list(range(-50, 120, 3)),
}
PAIRS = [pair for epoch in range(3) for pair in Python().train(epoch, 1)] + Python().val()


def wanted(text: str) -> Callable[[int], bool]:
    """The test that "even", "above 5" and the like put to a number."""
    word, _, n = text.rpartition(" ")
    number = int(n) if n.isdigit() else 0
    tests: dict[str, Callable[[int], bool]] = {
        "above": lambda v: v > number,
        "below": lambda v: v < number,
        "equal to": lambda v: v == number,
        "divisible by": lambda v: v % number == 0,
        "even": lambda v: v % 2 == 0,
        "odd": lambda v: v % 2 != 0,
        "positive": lambda v: v > 0,
        "negative": lambda v: v < 0,
        "": lambda v: True,
    }
    return tests[word or text]


FOLDS: dict[str, Callable[[list[Any]], Any]] = {"sum": sum, "largest": max, "smallest": min}
MAPS: dict[str, Callable[[int], float]] = {
    "squares": lambda v: v * v,
    "cubes": lambda v: v * v * v,
    "doubles": lambda v: v + v,
    "halves": lambda v: v / 2,
    "absolute values": lambda v: v if v >= 0 else -v,
}


def understand(text: str) -> Any:
    """What the English means, read from left to right."""
    if match := re.fullmatch(r"how many numbers (?:are )?in (\w+)(?: are (.+))?", text):
        return len([v for v in LISTS_OF_NUMBERS[match[1]] if wanted(match[2] or "")(v)])
    if match := re.fullmatch(r"are (all|any) numbers in (\w+) (.+)", text):
        passed = [wanted(match[3])(v) for v in LISTS_OF_NUMBERS[match[2]]]
        return False not in passed if match[1] == "all" else True in passed
    if match := re.fullmatch(r"the (sum|largest|smallest) of (the .+)", text):
        return FOLDS[match[1]](understand(match[2]))
    if match := re.fullmatch(r"the (largest|smallest) number in (\w+)", text):
        return FOLDS[match[1]](LISTS_OF_NUMBERS[match[2]])
    if match := re.fullmatch(r"the (first|last) (\d+) numbers in (\w+)", text):
        values, n = LISTS_OF_NUMBERS[match[3]], int(match[2])
        return [v for i, v in enumerate(values) if (i < n if match[1] == "first" else i >= len(values) - n)]
    if match := re.fullmatch(rf"the ({'|'.join(MAPS)}) of (the .+)", text):
        return [MAPS[match[1]](v) for v in understand(match[2])]
    if match := re.fullmatch(r"the (?:(\w+) )?numbers in (\w+)(?: (.+))?", text):
        return [v for v in LISTS_OF_NUMBERS[match[2]] if wanted(match[1] or match[3] or "")(v)]
    if match := re.fullmatch(r"(\w+) without the first (\d+) numbers", text):
        return [v for i, v in enumerate(LISTS_OF_NUMBERS[match[1]]) if i >= int(match[2])]
    name, _, order = text.partition(" ")
    ways: dict[str, Callable[[list[int]], list[int]]] = {
        "backwards": lambda values: list(reversed(values)),
        "from small to large": lambda values: sorted(values),
        "from large to small": lambda values: sorted(values)[::-1],
    }
    return ways[order](LISTS_OF_NUMBERS[name])


def value_of(function: Callable[..., Any], *arguments: Any) -> Any:
    """The value, or that there is none (the largest of nothing)."""
    try:
        return function(*arguments)
    except ValueError:
        return "no value"


def test_every_target_is_one_python_expression() -> None:
    for pair in PAIRS:
        assert isinstance(ast.parse(pair.target, mode="eval"), ast.Expression)


def test_every_target_computes_what_the_english_says() -> None:
    for pair in PAIRS:
        assert value_of(eval, pair.target, {}, LISTS_OF_NUMBERS) == value_of(understand, pair.source), pair


def test_a_sentence_has_one_answer() -> None:
    assert len({pair.source for pair in PAIRS}) == len(set(PAIRS))


def test_every_list_and_every_kind_of_saying_occurs() -> None:
    starts = {re.sub(r"\d+|\b(?:xs|ys|ages|sizes|prices)\b", "_", pair.source) for pair in PAIRS}
    assert {name for pair in PAIRS for name in LISTS if name in pair.source.split()} == set(LISTS)
    assert {"_ backwards", "how many numbers are in _", "the first _ numbers in _", "the largest number in _"} <= starts


@pytest.mark.parametrize("source", Python().examples)
def test_the_examples_are_understood(source: str) -> None:
    understand(source)
