"""A visitor's own pairs: a small table of two columns, read with care and with row numbers in the complaints."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from s2s_demo.errors import DataError
from s2s_demo.tasks.base import Task
from s2s_demo.text import Pair, normalise

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
MAX_CHARACTERS = 400  # of one side
MIN_PAIRS = 20  # with different sources
HELD_OUT = 500  # at most, in val and in test each
DELIMITERS = ("\t", ";", ",", "|")
_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HEADINGS = frozenset(
    "source target src tgt trg input output from to question answer text translation en de fr es it zh ja cs nl pt ru "
    "english german french spanish italian chinese japanese czech dutch portuguese russian".split()
)


@dataclass(frozen=True)
class OwnFile(Task):
    """Your own pairs: a table with two columns, what goes in and what should come out.

    A tenth of the sources (at most 500) are kept for choosing and as many for the final test, picked
    by a hash; a source with several targets falls on one side with all of them.
    """

    path: Path

    @cached_property
    def _parts(self) -> dict[str, list[Pair]]:
        pairs, _ = read_pairs(self.path)
        sources = sorted({pair.source for pair in pairs}, key=_hash)
        size = min(HELD_OUT, len(sources) // 10)
        part_of = dict.fromkeys(sources[:size], "test") | dict.fromkeys(sources[size : 2 * size], "val")
        parts: dict[str, list[Pair]] = {"train": [], "val": [], "test": []}
        for pair in pairs:
            parts[part_of.get(pair.source, "train")].append(pair)
        return parts

    @property
    def tokenizer(self) -> tuple[str, int]:
        """Characters for short or few texts and for writing without spaces, else word pieces."""
        texts = [text for pair in self._parts["train"] for text in (pair.source, pair.target)]
        words = Counter(word for text in texts for word in text.split())
        characters = set().union(*words)
        length, spaced = sum(map(len, texts)) / len(texts), sum(words.values()) / len(texts) > 2
        if length < 20 or words.total() < 5000 or not spaced:
            return "char", len(characters) + 10
        return "bpe", min(8000, 300 + len(characters) + len(words))  # 256 of them are bytes

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return list(self._parts["train"])

    def val(self) -> list[Pair]:
        return list(self._parts["val"])

    def test(self) -> list[Pair]:
        return list(self._parts["test"])


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def read_pairs(path: Path) -> tuple[list[Pair], pd.DataFrame]:
    """The usable pairs of a table, and a table of the other rows: row (from 1), problem, content.

    Columns are divided by tabs, semicolons, commas or bars, whichever fits; a first row such as
    "source, target" or "English, French" is taken as a heading; blank rows are passed over.  Raises DataError
    when the file is too large, not text, or holds too few usable pairs.
    """
    rows = _rows(path)
    if len(rows) > MAX_ROWS:
        raise DataError(f"{path.name} has {len(rows):,} rows; at most {MAX_ROWS:,} are allowed: please cut it down")
    pairs: dict[Pair, int] = {}
    problems: list[tuple[int, str, str]] = []
    for number, cells in enumerate(rows, start=1):
        if not any(cells) or (number == 1 and _is_heading(cells)):
            continue
        problem = _problem(cells)
        if not problem and (first := pairs.setdefault(Pair(cells[0], cells[1]), number)) != number:
            problem = f"the same as row {first}"
        if problem:
            problems.append((number, problem, " | ".join(cells)[:80]))
    _check_enough(path, pairs, problems)
    return list(pairs), pd.DataFrame(problems, columns=["row", "problem", "content"])


def _check_enough(path: Path, pairs: dict[Pair, int], problems: list[tuple[int, str, str]]) -> None:
    sources = len({pair.source for pair in pairs})
    if sources < MIN_PAIRS:
        left_out = [f"; rows left out: {len(problems)}, the first is row {row}: {why}" for row, why, _ in problems[:1]]
        raise DataError(
            f"{path.name} has {sources} usable pairs with different sources; at least {MIN_PAIRS} are needed: one pair "
            f"a line, source and target divided by a tab or a comma{''.join(left_out)}"
        )


def _is_heading(cells: list[str]) -> bool:
    return len(cells) == 2 and all(cell.casefold() in _HEADINGS for cell in cells)


def _problem(cells: list[str]) -> str:
    """Why a row cannot be used, or ""."""
    if len(cells) < 2:
        return "only one column: source and target are needed"
    if any(cells[2:]):
        return f"{len(cells)} columns: only source and target are allowed (quote a text that holds the delimiter)"
    for side, text in (("source", cells[0]), ("target", cells[1])):
        if not text:
            return f"the {side} is empty"
        if len(text) > MAX_CHARACTERS:
            return f"the {side} has {len(text)} characters; at most {MAX_CHARACTERS} are allowed"
    return ""


def _rows(path: Path) -> list[list[str]]:
    """All rows of the file as normalised cells, split by the delimiter that gives most rows of two."""
    text = _text(path)
    start = "".join(text.splitlines(keepends=True)[:200])
    try:
        delimiter = max(DELIMITERS, key=lambda d: sum(len(row) == 2 for row in _split(start, d)))
        return [[normalise(cell) for cell in row] for row in _split(text, delimiter)]
    except csv.Error as error:
        raise DataError(f"{path.name} cannot be read as a table ({error}); is a quotation mark left open?") from error


def _split(text: str, delimiter: str) -> Iterator[list[str]]:
    if delimiter != "\t":
        return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = io.StringIO(
        text, newline=None
    )  # here quotation marks are text, unless a spreadsheet put them around a cell
    return ([_unquote(cell) for cell in line.rstrip("\n").split("\t")] for line in lines)


def _unquote(cell: str) -> str:
    inside = cell[1:-1].replace('""', "")
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inside
    return cell[1:-1].replace('""', '"') if quoted else cell


def _text(path: Path) -> str:
    if not path.is_file():
        raise DataError(f"there is no file {path}; give a table with two columns, source and target")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise DataError(
            f"{path.name} has {size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB are allowed: please cut it down"
        )
    content = path.read_bytes()
    encoding = next((name for mark, name in _ENCODINGS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError(
            f"{path.name} is not UTF-8 text (line {line}, byte 0x{content[error.start]:02x}; perhaps Latin-1 or "
            "Windows-1252): save it again with the encoding UTF-8"
        ) from error
    if "\0" in text:
        raise DataError(f"{path.name} is not a text file; save the table as CSV or as tab-separated text (UTF-8)")
    return text
