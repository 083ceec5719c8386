"""A visitor's file -> its pairs, and how it was read: what the page and the command line both show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from s2s_demo.errors import DataError, SettingError
from s2s_demo.tasks.own_file.columns import Column, Layout, layout
from s2s_demo.tasks.own_file.table import DELIMITERS, EXPLAINED, JSON, Table, read_table
from s2s_demo.tasks.own_file.task import OwnFile, too_long
from s2s_demo.text import Pair

MAX_CHARACTERS = 400  # of one side
MIN_PAIRS = 20  # with different sources
_RULE = re.compile(r":?[-=]{2,}:?")  # of a table in Markdown
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


@dataclass(frozen=True)
class LeftOut:
    """A row that is no pair: its number in the file (the line where it begins), why, and how it begins."""

    row: int
    why: str
    content: str


@dataclass(frozen=True)
class ReadPairs:
    """The usable pairs of a file and how they were found.

    `columns` are the numbers (from 1) of source and target, `choices` all columns that could be
    chosen instead, `heading` the cells of the row that names them.  `delimiter` is the mark itself, or
    "json".  `how` says it in a sentence.
    """

    pairs: tuple[Pair, ...]
    delimiter: str
    columns: tuple[int, int]
    choices: tuple[Column, ...]
    heading: tuple[str, ...] | None
    left_out: tuple[LeftOut, ...]
    how: str

    @property
    def first(self) -> tuple[Pair, ...]:
        """The first three pairs."""
        return self.pairs[:3]

    def to_json(self) -> dict[str, Any]:
        """Plain data for `json.dumps`: counts, the first pairs, and every row that was left out."""
        return {
            "delimiter": self.delimiter,
            "columns": list(self.columns),
            "heading": list(self.heading) if self.heading else None,
            "pairs": len(self.pairs),
            "first": [[pair.source, pair.target] for pair in self.first],
            "left_out": [{"row": left.row, "why": left.why} for left in self.left_out],
        }


def read_pairs(path: Path | str, columns: tuple[int, int] | None = None) -> ReadPairs:
    """The pairs of a table in a file, two columns of which (numbers from 1) are source and target.

    Text divided by tabs, commas, semicolons or bars, with or without quotation marks and a heading, or JSON;
    the columns that hold text are found if none are given.  DataError says why a file cannot be
    used: it is too large, is no text, is not explained by any delimiter, or holds too few usable pairs.
    """
    return pairs_of(read_table(Path(path)), columns)


@dataclass(frozen=True)
class PairsFile:
    """What a recipe says of a file of pairs: its path, the columns if not those that suit, codes of the languages."""

    path: str
    columns: tuple[int, int] | list[int] | None = None
    source: str = ""
    target: str = ""

    def task(self) -> OwnFile:
        """The task that the file makes."""
        if self.columns is not None and [type(number) for number in self.columns] != [int, int]:
            raise SettingError(f"columns is {self.columns}; give the numbers of two columns, such as [1, 2]")
        return OwnFile(
            read_pairs(self.path, None if self.columns is None else (self.columns[0], self.columns[1])).pairs,
            self.source,
            self.target,
        )


def pairs_of(table: Table, columns: tuple[int, int] | None = None) -> ReadPairs:
    """The pairs in two columns of a table."""
    if not table.rows:
        raise DataError(f"{table.name} is empty; {_NEEDED}")
    found = layout(table, columns)
    rows: dict[Pair, int] = {}
    left_out: list[LeftOut] = []
    unusable = 0
    for row in table.rows[1 if found.heading and not table.keys else 0 :]:
        sides = [row.cells[number - 1] if number <= len(row.cells) else "" for number in found.chosen]
        why = table.misfit(row) or _problem(*sides)
        unusable += bool(why)
        if not why and (first := rows.setdefault(Pair(*sides), row.number)) != row.number:
            why = f"the same as row {first}"
        if why:
            left_out.append(LeftOut(row.number, why, _content(row.cells)))
    _check_enough(table, list(rows), left_out, unusable)
    for pair, why in too_long(list(rows)).items():
        left_out.append(LeftOut(rows.pop(pair), why, _content((pair.source, pair.target))))
    left_out.sort(key=lambda left: left.row)
    _check_enough(table, list(rows), left_out, unusable)
    return ReadPairs(
        tuple(rows), table.delimiter, found.chosen, found.columns, found.heading, tuple(left_out), _how(table, found)
    )


_NEEDED = f"at least {MIN_PAIRS} are needed: one pair a line, source and target divided by a tab or a comma"


def _check_enough(table: Table, pairs: Sequence[Pair], left_out: Sequence[LeftOut], unusable: int) -> None:
    sources = len({pair.source for pair in pairs})
    said = f"; rows left out: {len(left_out):,}" if left_out else ""
    said += "".join(f", the first is row {left.row}: {left.why}" for left in left_out[:1])
    if sources < MIN_PAIRS:
        raise DataError(f"{table.name} has {sources} usable pairs with different sources; {_NEEDED}{said}")
    if unusable > (1 - EXPLAINED) * len(table.rows):
        raise DataError(f"most rows of {table.name} should be pairs, but only {len(pairs):,} are{said}")


def _problem(source: str, target: str) -> str:
    """Why two texts are no pair, or ""."""
    if _RULE.fullmatch(source) and _RULE.fullmatch(target):
        return "a line under a heading, no text"
    for side, text in (("source", source), ("target", target)):
        if not text:
            return f"the {side} is empty"
        if len(text) > MAX_CHARACTERS:
            return f"the {side} has {len(text):,} characters; at most {MAX_CHARACTERS} are allowed"
    return ""


def _content(cells: Sequence[str]) -> str:
    return " | ".join(cells)[:80]


def _how(table: Table, found: Layout) -> str:
    """How the file was read, in a sentence."""
    divided = {JSON: "JSON", **{mark: f"rows divided by {name}" for mark, name in DELIMITERS.items()}}
    parts = [f"read as {divided.get(table.delimiter, f'rows divided by {table.delimiter}')}"]
    names = [f"column {n} (“{found.heading[n - 1]}”)" if found.heading else f"column {n}" for n in found.chosen]
    parts.append(f"the source is {names[0]}, the target {names[1]}")
    parts += [
        f"the {_ordinal(column.number)} column is left aside ({column.kind})"
        for column in found.columns
        if column.number not in found.chosen
    ]
    if found.heading and not table.keys:
        parts.append(f"row {table.rows[0].number} is the heading")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _ordinal(number: int) -> str:
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{number}th"
