"""Which columns of a table hold text: not numbers, ids, licences, or one value again and again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from s2s_demo.errors import DataError, SettingError
from s2s_demo.tasks.own_file.headings import is_heading, name_of
from s2s_demo.tasks.own_file.table import Table
from s2s_demo.words import Joined, Said

# What a column can be, and how little it is worth as one side of a pair.
KINDS = {
    "text": 0,
    "labels": 1,
    "ids": 1,
    "numbers": 2,
    "row numbers": 3,
    "the same value again and again": 4,
    "attribution": 4,
    "mostly empty": 5,
}
NEVER_TEXT = 4  # from this rank on
NEARLY_ALL = 0.9
_ATTRIBUTION = re.compile(
    r"\bCC[- ](BY|0)\b|creative commons|licen[cs]e|attribution|copyright|©|public domain|https?://|\bwww\.|tatoeba\.org",
    re.IGNORECASE,
)
_ID = re.compile(r"(?=\S*\d)[\w#:./-]{2,}", re.ASCII)
_COUNTED = re.compile(r"(\D*?)0*(\d{1,18})")


@dataclass(frozen=True)
class Column:
    """A column that could be chosen: its number from 1, its name ("" without a heading), its first text, its kind."""

    number: int
    name: str
    sample: str
    kind: str


@dataclass(frozen=True)
class Layout:
    """How a table is read: the columns there are, source and target among them, and the heading's cells."""

    columns: tuple[Column, ...]
    chosen: tuple[int, int]
    heading: tuple[str, ...] | None


def layout(table: Table, chosen: tuple[int, int] | None = None) -> Layout:
    """Find source and target, or check the numbers given; DataError where fewer than two columns hold text."""
    numbers = range(1, table.width + 1)
    if chosen and (chosen[0] == chosen[1] or any(number not in numbers for number in chosen)):
        raise SettingError(
            "own-file.no-such-columns", name=table.name, source=chosen[0], target=chosen[1], columns=table.width
        )
    cells = [table.column(number) for number in numbers]
    below = cells if table.keys else [column[1:] for column in cells]
    kinds = [kind_of(column) for column in below]
    first = table.keys or tuple(column[0] for column in cells)
    both = chosen or _choose(table, first, kinds)
    filled = [[cell for cell in column if cell] for column in below]
    places = (both[0] - 1, both[1] - 1)
    heading = first if table.keys or is_heading(first, places, filled) else None
    if heading is None:
        filled = [[cell for cell in column if cell] for column in cells]
    columns = (
        Column(number, heading[number - 1] if heading else "", filled[number - 1][0], kind)
        for number, kind in enumerate(kinds, start=1)
        if filled[number - 1]
    )
    return Layout(tuple(columns), both, heading)


def _choose(table: Table, first: Sequence[str], kinds: Sequence[str]) -> tuple[int, int]:
    """The two columns most worth reading, in the order of the table or that which their names say."""
    names = [name_of(cell) for cell in first]
    roles = {
        name.role: place
        for place, name in reversed(list(enumerate(names, start=1)))
        if name and name.role and KINDS[kinds[place - 1]] < NEVER_TEXT
    }
    if len(roles) == 2:
        return roles["source"], roles["target"]
    order = sorted(range(1, len(kinds) + 1), key=lambda n: (KINDS[kinds[n - 1]], names[n - 1] is None, n))
    source, target = sorted(order[:2])
    if table.width > 2 and KINDS[kinds[order[1] - 1]] >= NEVER_TEXT:
        found = tuple(
            Said("errors.own-file.column", {"number": number, "what": kind})
            for number, kind in enumerate(kinds, start=1)
        )
        raise DataError("own-file.no-text-columns", name=table.name, found=Joined(found))
    return source, target


def kind_of(cells: Sequence[str]) -> str:
    """What a column holds, by nearly all of its cells."""
    filled = [cell for cell in cells if cell]
    count = len(filled)
    if count < len(cells) / 2 or not filled:
        return "mostly empty"
    different = len(set(filled))
    if different == 1 and count > 1:
        return "the same value again and again"
    if sum(bool(_ATTRIBUTION.search(cell)) for cell in filled) >= NEARLY_ALL * count:
        return "attribution"
    if _counts_up(filled):
        return "row numbers"
    if sum(not any(map(str.isalpha, cell)) for cell in filled) >= NEARLY_ALL * count:
        return "numbers"
    if sum(bool(_ID.fullmatch(cell)) for cell in filled) >= NEARLY_ALL * count:
        return "ids"
    if different < count / 2 and sum(" " not in cell for cell in filled) >= NEARLY_ALL * count:
        return "labels"
    return "text"


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether the cells are numbers, perhaps after one and the same word, that grow from row to row."""
    found = [_COUNTED.fullmatch(cell) for cell in cells]
    counted = [(match[1], int(match[2])) for match in found if match]
    if len(counted) < NEARLY_ALL * len(cells) or len({word for word, _ in counted}) > 1 or " " in counted[0][0]:
        return False
    growing = sum(before < after for (_, before), (_, after) in pairwise(counted))
    return growing >= NEARLY_ALL * (len(counted) - 1)
