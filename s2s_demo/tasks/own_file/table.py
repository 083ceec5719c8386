"""A file -> its rows, by the delimiter that explains nearly all of them; a file that none explains is refused."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from s2s_demo.errors import DataError
from s2s_demo.tasks.encodings import read_text
from s2s_demo.tasks.own_file.json_rows import HOW, MOST_COLUMNS, is_json, json_rows
from s2s_demo.tasks.own_file.quoted import Row, split_rows
from s2s_demo.text import lines_of, normalise
from s2s_demo.words import Said

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
SAMPLE = 2000  # lines by which the delimiter is found
EXPLAINED = 0.8  # share of the rows that must have the same columns
OPTIONAL = 0.1  # share of rows that must use a column for it to be one
DELIMITERS = {"\t": "tabs", "|||": "triple bars", ";": "semicolons", ",": "commas", "|": "bars"}
NEVER_IN_TEXT = ("\t", "|||")
JSON = "json"
_SEPARATOR = re.compile(r'"?sep=(\\t|[^\w\s"]|\t)"?\s*', re.IGNORECASE)  # Excel's own hint on the first line


@dataclass(frozen=True)
class Table:
    """The rows of a file, normalised, without blank ones; `keys` name the columns of JSON objects."""

    name: str
    delimiter: str
    width: int
    rows: tuple[Row, ...]
    keys: tuple[str, ...] | None = None

    def column(self, number: int) -> list[str]:
        """The cells of a column (from 1), "" where a row is too short."""
        return [row.cells[number - 1] if number <= len(row.cells) else "" for row in self.rows]

    def misfit(self, row: Row) -> Said | None:
        """Why a row does not have the table's columns; None where it does."""
        if row.problem:
            return row.problem
        if len(row.cells) < 2:
            return Said("own-file.left-out.one-column")
        if not _fits(row, self.delimiter, self.width):
            return Said("own-file.left-out.columns", {"columns": row.width, "usual": self.width})
        return None


def read_table(path: Path) -> Table:
    """The table in a file; a DataError says why there is none, and what to do."""
    return table_of(path.name, read_text(path, MAX_BYTES))


def table_of(name: str, text: str) -> Table:
    """As `read_table`, of a file's text."""
    if is_json(text):
        keys, rows = json_rows(name, text)
        width = len(keys) if keys else _usual_width(rows, JSON)
        return _checked(Table(name, JSON, width, tuple(rows), keys))
    lines = lines_of(text)
    _check_size(name, sum(bool(line.strip()) for line in lines))
    hint = _SEPARATOR.fullmatch(lines[0]) if lines else None
    if hint:
        lines[0] = ""
    delimiter = hint[1].replace("\\t", "\t") if hint else _delimiter(lines)
    rows = _with_problems(split_rows(lines, delimiter), lines, delimiter)
    return _checked(Table(name, delimiter, _usual_width(rows, delimiter), tuple(rows)))


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter by which most of the first rows have the same columns, at least two."""
    start = [line for line in lines if line.strip()][:SAMPLE]

    def explained(delimiter: str) -> float:
        rows = split_rows(start, delimiter)
        width = _usual_width(rows, delimiter)
        return _share(rows, delimiter, width) if 2 <= width <= MOST_COLUMNS else 0.0

    return max(DELIMITERS, key=explained)


def _usual_width(rows: Sequence[Row], delimiter: str) -> int:
    """How many columns the table has: the number that explains most rows.

    Where no text holds the delimiter, later columns may be missing in most rows.
    """
    widths = Counter(row.width for row in rows)
    if delimiter in (*NEVER_IN_TEXT, JSON):
        return max((width for width, count in widths.items() if count >= OPTIONAL * len(rows)), default=0)
    written = Counter(len(row.cells) for row in rows)
    candidates = [counter.most_common(1)[0][0] for counter in (written, widths) if counter]
    return max(candidates, key=lambda width: _share(rows, delimiter, width), default=0)


def _fits(row: Row, delimiter: str, width: int) -> bool:
    least = 2 if delimiter in (*NEVER_IN_TEXT, JSON) else width
    return not row.problem and len(row.cells) >= least and row.width <= width


def _share(rows: Sequence[Row], delimiter: str, width: int) -> float:
    return sum(_fits(row, delimiter, width) for row in rows) / max(1, len(rows))


def _with_problems(rows: Sequence[Row], lines: Sequence[str], delimiter: str) -> list[Row]:
    """The rows, those with an open quotation mark said to be so; between tabs such a mark is text."""
    if delimiter in NEVER_IN_TEXT:
        return list(rows)
    marked = [number for number, line in enumerate(lines, start=1) if '"' in line]

    def problem(row: Row) -> Said:
        after = bisect_right(marked, row.number)
        later = Said("own-file.left-out.next-mark", {"row": marked[after]}) if after < len(marked) else ""
        return Said("own-file.left-out.open-mark", {"later": later})

    return [replace(row, problem=problem(row)) if row.unclosed else row for row in rows]


def _checked(table: Table) -> Table:
    """The table with its cells normalised; DataError where it is too large or explains too few rows."""
    _check_size(table.name, len(table.rows))
    good = [row for row in table.rows if _fits(row, table.delimiter, table.width)]
    if table.rows and (not 2 <= table.width <= MOST_COLUMNS or len(good) < EXPLAINED * len(table.rows)):
        raise _unexplained(table, len(good))
    if table.width > 2 and _cuts_sentences(table, good):
        mark, row = DELIMITERS[table.delimiter], good[0].number
        raise DataError("own-file.cut-sentences", name=table.name, what=mark, row=row, columns=table.width)
    rows = tuple(replace(row, cells=tuple(map(normalise, row.cells))) for row in table.rows)
    return replace(table, rows=rows)


def _cuts_sentences(table: Table, rows: Sequence[Row]) -> bool:
    """Whether a space follows the delimiter in one place of nearly all rows, as in a sentence, and not in another."""
    if table.delimiter not in (",", ";") or any(row.quoted for row in rows):
        return False
    spaced = [
        sum(row.cells[place].startswith(" ") for row in rows) / len(rows)
        for place in range(1, min(table.width, min(len(row.cells) for row in rows)))
    ]
    return max(spaced) > EXPLAINED and min(spaced) < 1 - EXPLAINED


def _unexplained(table: Table, good: int) -> DataError:
    """What keeps it from being a table of two columns or more."""
    advice = HOW if table.delimiter == JSON else Said("errors.own-file.advice")
    if table.width < 2:
        return DataError("own-file.one-column", name=table.name, advice=advice)
    if table.width > MOST_COLUMNS:
        return DataError("own-file.many-columns", name=table.name, columns=table.width, advice=advice)
    bad = next(row for row in table.rows if not _fits(row, table.delimiter, table.width))
    mark = DELIMITERS.get(table.delimiter, table.delimiter)
    return DataError(
        "own-file.not-understood",
        name=table.name,
        divided=Said("errors.own-file.as-json") if mark == JSON else Said("errors.own-file.divided-by", {"what": mark}),
        good=good,
        rows=len(table.rows),
        columns=table.width,
        row=bad.number,
        advice=advice,
    )


def _check_size(name: str, rows: int) -> None:
    if rows > MAX_ROWS:
        raise DataError("own-file.many-rows", name=name, rows=rows, most=MAX_ROWS)
