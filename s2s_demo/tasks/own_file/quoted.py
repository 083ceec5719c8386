"""Lines of text -> rows of cells, with quotation marks around cells that hold a delimiter or a line end.

A quotation mark that is not closed where a cell ends is text: it loses at most its own row.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from s2s_demo.words import Said

MOST_LINES = 100  # of one row
FEW_LINES = 10  # of a row whose lines would be rows by themselves
WHOLE = 0.8  # share of such lines from which on a row is doubted


@dataclass(frozen=True)
class Row:
    """Cells as written, the line (from 1) at which they begin, and how many lines they take.

    `problem` says why the row cannot be used, whatever its columns; None where it can.
    """

    number: int
    cells: tuple[str, ...]
    lines: int = 1
    quoted: bool = False
    unclosed: bool = False
    problem: Said | None = None

    @property
    def width(self) -> int:
        """The number of cells up to the last that is not blank."""
        return max((place for place, cell in enumerate(self.cells, start=1) if cell.strip()), default=0)


def split_rows(lines: Sequence[str], delimiter: str) -> list[Row]:
    """All rows that are not blank.

    A cell over several lines is believed where the row then has as many cells as most rows have, unless its
    lines are rows by themselves: then two stray quotation marks stand far apart.
    """
    splitter = _Splitter(lines, delimiter)
    rows = list(splitter.rows(lambda row: True))
    if all(row.lines == 1 for row in rows):
        return rows
    usual = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    quoting = any(row.quoted and row.lines == 1 for row in rows)

    def believable(row: Row) -> bool:
        if len(row.cells) != usual:
            return False
        alone = [splitter.row(row.number - 1 + place, one_line=True) for place in range(row.lines)]
        whole = sum(len(each.cells) == each.width == usual for each in alone)
        return whole < WHOLE * row.lines or row.lines == 2 or (quoting and row.lines <= FEW_LINES)

    return list(splitter.rows(believable))


class _Splitter:
    def __init__(self, lines: Sequence[str], delimiter: str) -> None:
        self.lines, self.delimiter = lines, delimiter
        end = rf'" *(?={re.escape(delimiter)}|\n|\Z)'
        self._doubled = re.compile(rf' *"([^"]*(?:""[^"]*)*){end}')
        self._escaped = re.compile(rf' *"((?:[^"\\]|\\.)*){end}', re.DOTALL)

    def rows(self, believable: Callable[[Row], bool]) -> Iterator[Row]:
        at = 0
        while at < len(self.lines):
            if not self.lines[at].strip():
                at += 1
                continue
            row = self.row(at)
            if row.lines > 1 and not believable(row):
                row = self.row(at, one_line=True)
            if row.width:
                yield row
            at += row.lines

    def row(self, at: int, *, one_line: bool = False) -> Row:
        """The row that begins at a line (from 0)."""
        text = self.lines[at]
        if '"' not in text:
            return Row(at + 1, tuple(text.split(self.delimiter)))
        cells: list[str] = []
        last, position, quoted, unclosed = at, 0, False, False
        while True:
            found = self._quoted_cell(text, position)
            if found is None and not one_line and text[position:].lstrip(" ").startswith('"'):
                more = "\n".join([text, *self.lines[last + 1 : last + MOST_LINES]])
                if found := self._quoted_cell(more, position):
                    last += more.count("\n", len(text), found[1])
                    text = more[: more.find("\n", found[1])] if "\n" in more[found[1] :] else more
            if found:
                cell, position = found
                quoted = True
            else:
                end = text.find(self.delimiter, position)
                cell = text[position : end if end >= 0 else len(text)]
                position += len(cell)
                unclosed |= cell.lstrip(" ").startswith('"') and cell.count('"') % 2 == 1
            cells.append(cell)
            if position >= len(text):
                return Row(at + 1, tuple(cells), last - at + 1, quoted, unclosed)
            position += len(self.delimiter)

    def _quoted_cell(self, text: str, position: int) -> tuple[str, int] | None:
        """The content of a cell in quotation marks, and where it ends; marks inside are doubled or escaped."""
        if match := self._doubled.match(text, position):
            return match[1].replace('""', '"'), match.end()
        if '\\"' in text and (match := self._escaped.match(text, position)):
            return re.sub(r'\\(["\\])', r"\1", match[1]), match.end()
        return None
