"""What a model can be evaluated on: our everyday sentences, or files a visitor brings."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from s2s_demo.errors import DataError
from s2s_demo.evaluation import TestSet
from s2s_demo.text import normalise
from s2s_demo.ui import evaluate_strings as strings
from s2s_demo.ui.static import ASSETS

EVERYDAY = ASSETS / "everyday"
MOST_BYTES, MOST_LINES, MOST_REFERENCES = 1_000_000, 1000, 8


@cache
def everyday(source: str, target: str) -> TestSet | None:
    """Our own sentences from one language to another, where we have them.

    A file serves both ways: backwards, its first reference is the sentence and its source the
    only reference.
    """
    if (file := EVERYDAY / f"{source}-{target}.tsv").is_file():
        rows = _rows(file)
        return TestSet("everyday", tuple(row[0] for row in rows), tuple(tuple(row[1:]) for row in rows))
    if (file := EVERYDAY / f"{target}-{source}.tsv").is_file():
        rows = _rows(file)
        return TestSet("everyday", tuple(row[1] for row in rows), tuple((row[0],) for row in rows))
    return None


def _rows(file: Path) -> list[list[str]]:
    """Source and references of each line, below the line of column names."""
    with open(file, encoding="utf-8", newline="") as lines:
        return [[cell for cell in row if cell] for row in csv.reader(lines, "excel-tab", quoting=csv.QUOTE_NONE)][1:]


def uploaded(source: str | None, references: Sequence[str] | None) -> TestSet:
    """A test set from files; DataError says what is wrong with which of them."""
    if not source or not references:
        raise DataError(strings.NO_FILES)
    if len(references) > MOST_REFERENCES:
        raise DataError(strings.TOO_MANY_FILES.format(files=len(references), most=MOST_REFERENCES))
    sentences, *others = (_lines(Path(path)) for path in (source, *references))
    for path, lines in zip(references, others, strict=True):
        if len(lines) != len(sentences):
            names = {"first": Path(source).name, "name": Path(path).name}
            raise DataError(strings.UNEQUAL.format(**names, lines=len(sentences), others=len(lines)))
    for path, lines in zip((source, *references), (sentences, *others), strict=True):
        if "" in lines:
            raise DataError(strings.EMPTY_LINE.format(line=lines.index("") + 1, name=Path(path).name))
    return TestSet(Path(source).name, tuple(sentences), tuple(zip(*others, strict=True)))


def _lines(path: Path) -> list[str]:
    """The lines of an uploaded file, normalised, without empty ones at its end."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DataError(strings.TOO_LARGE.format(name=path.name, megabytes=size / 1e6, most=MOST_BYTES / 1e6))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(strings.NOT_TEXT.format(name=path.name)) from None
    if "\0" in text:
        raise DataError(strings.NOT_TEXT.format(name=path.name))
    lines = [normalise(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")]
    if lines == [""]:
        raise DataError(strings.EMPTY_FILE.format(name=path.name))
    if len(lines) > MOST_LINES:
        raise DataError(strings.TOO_MANY_LINES.format(name=path.name, lines=len(lines), most=MOST_LINES))
    return lines
