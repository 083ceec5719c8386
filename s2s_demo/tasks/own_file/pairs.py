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
from s2s_demo.words import Joined, Said

MAX_CHARACTERS = 400  # of one side
MIN_PAIRS = 20  # with different sources
ORDINALS = 10  # so many have a word of their own
_RULE = re.compile(r":?[-=]{2,}:?")  # of a table in Markdown


@dataclass(frozen=True)
class LeftOut:
    """A row that is no pair: its number in the file (the line where it begins), why, and how it begins."""

    row: int
    reason: Said
    content: str

    @property
    def why(self) -> str:
        """The reason, in the language spoken now."""
        return str(self.reason)


@dataclass(frozen=True)
class ReadPairs:
    """The usable pairs of a file and how they were found.

    `columns` are the numbers (from 1) of source and target, `choices` all columns that could be
    chosen instead, `heading` the cells of the row that names them.  `delimiter` is the mark itself, or
    "json".  `reading` says it in a sentence.
    """

    pairs: tuple[Pair, ...]
    delimiter: str
    columns: tuple[int, int]
    choices: tuple[Column, ...]
    heading: tuple[str, ...] | None
    left_out: tuple[LeftOut, ...]
    reading: Said

    @property
    def how(self) -> str:
        """How the file was read, in the language spoken now."""
        return str(self.reading)

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
            raise SettingError("own-file.columns-setting", given=self.columns)
        return OwnFile(
            read_pairs(self.path, None if self.columns is None else (self.columns[0], self.columns[1])).pairs,
            self.source,
            self.target,
        )


def pairs_of(table: Table, columns: tuple[int, int] | None = None) -> ReadPairs:
    """The pairs in two columns of a table."""
    if not table.rows:
        raise DataError("own-file.empty", name=table.name, needed=_NEEDED)
    found = layout(table, columns)
    rows: dict[Pair, int] = {}
    left_out: list[LeftOut] = []
    unusable = 0
    for row in table.rows[1 if found.heading and not table.keys else 0 :]:
        sides = [row.cells[number - 1] if number <= len(row.cells) else "" for number in found.chosen]
        why = table.misfit(row) or _problem(*sides)
        unusable += bool(why)
        if not why and (first := rows.setdefault(Pair(*sides), row.number)) != row.number:
            why = Said("own-file.left-out.same", {"row": first})
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


_NEEDED = Said("errors.own-file.needed", {"least": MIN_PAIRS})


def _check_enough(table: Table, pairs: Sequence[Pair], left_out: Sequence[LeftOut], unusable: int) -> None:
    sources = len({pair.source for pair in pairs})
    lost: Said | str = ""
    if left_out:
        first = left_out[0]
        lost = Said("errors.own-file.left-out", {"rows": len(left_out), "row": first.row, "why": first.reason})
    if sources < MIN_PAIRS:
        raise DataError("own-file.few-pairs", name=table.name, sources=sources, needed=_NEEDED, left_out=lost)
    if unusable > (1 - EXPLAINED) * len(table.rows):
        raise DataError("own-file.few-rows", name=table.name, pairs=len(pairs), left_out=lost)


def _problem(source: str, target: str) -> Said | None:
    """Why two texts are no pair; None where they are."""
    if _RULE.fullmatch(source) and _RULE.fullmatch(target):
        return Said("own-file.left-out.rule")
    for side, text in (("source", source), ("target", target)):
        if not text:
            return Said("own-file.left-out.empty", {"what": side})
        if len(text) > MAX_CHARACTERS:
            return Said("own-file.left-out.long", {"what": side, "characters": len(text), "most": MAX_CHARACTERS})
    return None


def _content(cells: Sequence[str]) -> str:
    return " | ".join(cells)[:80]


def _how(table: Table, found: Layout) -> Said:
    """How the file was read, in a sentence."""
    mark = DELIMITERS.get(table.delimiter, table.delimiter)
    rows = Said("own-file.json") if table.delimiter == JSON else Said("own-file.divided", {"what": mark})
    source, target = (_column(number, found.heading) for number in found.chosen)
    aside = tuple(
        Said("own-file.aside", {"ordinal": _ordinal(column.number), "what": column.kind})
        for column in found.columns
        if column.number not in found.chosen
    )
    heading = Said("own-file.heading", {"row": table.rows[0].number}) if found.heading and not table.keys else ""
    facts = {"rows": rows, "source": source, "target": target, "aside": Joined(aside, ""), "heading": heading}
    return Said("own-file.read", facts)


def _column(number: int, heading: Sequence[str] | None) -> Said:
    if heading:
        return Said("own-file.named-column", {"number": number, "name": heading[number - 1]})
    return Said("own-file.column", {"number": number})


def _ordinal(number: int) -> Said:
    return Said(f"own-file.ordinals.{number if number <= ORDINALS else 'more'}", {"number": number})
