"""JSON -> rows of cells: a list of lists or objects, or one of them a line."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from s2s_demo.errors import DataError
from s2s_demo.tasks.own_file.quoted import Row
from s2s_demo.text import lines_of
from s2s_demo.words import Said

DEEPEST = 4  # objects inside objects
MOST_COLUMNS = 100
_BEGINS = re.compile(r"\s*(\[\s*[\[{\"]|\{\s*\")")
HOW = Said(
    "errors.own-file.json-advice",
    {"list": '[["Hello.", "Bonjour."], ...]', "object": '{"en": "Hello.", "fr": "Bonjour."}'},
)


def is_json(text: str) -> bool:
    """Whether a text begins as a list or an object does."""
    return bool(_BEGINS.match(text))


def json_rows(name: str, text: str) -> tuple[tuple[str, ...] | None, list[Row]]:
    """The keys of objects, where there are such, and the rows; a DataError says what to write instead.

    A row of one list is known by its place in it, a row of lines by its line.
    """
    items = _items(name, text)
    paths = list(dict.fromkeys(path for _, item in items if isinstance(item, dict) for path, _ in _leaves(item)))
    if len(paths) > MOST_COLUMNS:
        raise DataError("own-file.json-keys", name=name, keys=len(paths), advice=HOW)
    rows = [_row(number, item, paths) for number, item in items]
    if sum(bool(row.problem) for row in rows) > len(rows) / 2:
        raise DataError("own-file.json-no-texts", name=name, advice=HOW)
    last = [path[-1] for path in paths]
    names = [path[-1] if last.count(path[-1]) == 1 else ".".join(path) for path in paths]
    return tuple(names) or None, rows


def _items(name: str, text: str) -> list[tuple[int, object]]:
    try:
        whole = json.loads(text)
    except RecursionError:
        raise DataError("own-file.json-levels", name=name, advice=HOW) from None
    except ValueError as error:
        items = [(number, _value(line)) for number, line in enumerate(lines_of(text), start=1) if line.strip()]
        if sum(isinstance(item, (dict, list)) for _, item in items) < len(items) / 2:
            raise DataError("own-file.json-broken", name=name, why=error, advice=HOW) from error
        return items
    rows = _listed(whole)
    if not rows:
        raise DataError("own-file.json-no-rows", name=name, advice=HOW)
    return list(enumerate(rows, start=1))


def _listed(whole: Any) -> list[Any]:
    """The rows of one JSON value: itself, the one list in an object, an object's columns side by side, or none."""
    if isinstance(whole, list):
        return whole
    lists = [value for value in whole.values() if isinstance(value, list)]
    if len(lists) == 1:
        return list(lists[0])
    if len(lists) == len(whole) and len(set(map(len, lists))) == 1:
        return [dict(zip(whole, row, strict=True)) for row in zip(*lists, strict=True)]
    return []


def _value(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _row(number: int, item: object, paths: list[tuple[str, ...]]) -> Row:
    if isinstance(item, dict):
        leaves = dict(_leaves(item))
        return Row(number, tuple(leaves.get(path, "") for path in paths))
    if isinstance(item, list) and not paths:
        return Row(number, tuple(map(_text, item)))
    return Row(number, (_text(item),), problem=Said("own-file.left-out.other-json"))


def _leaves(item: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts of an object and of the objects in it, each with its keys."""
    for key, value in item.items():
        if isinstance(value, dict) and len(above) < DEEPEST:
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), _text(value)


def _text(value: object) -> str:
    """A text or number; lists and objects where a text should stand are none."""
    return "" if value is None or isinstance(value, (list, dict)) else str(value)
