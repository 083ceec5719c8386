"""What a model can be evaluated on: what is shipped for its languages or its task, or files a visitor brings."""

import csv
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from s2s_demo import evaluation
from s2s_demo.errors import DataError
from s2s_demo.evaluation import TestSet
from s2s_demo.tasks.encodings import text_of
from s2s_demo.text import lines_of, normalise
from s2s_demo.translator import MAX_CHARACTERS, Translator

EVERYDAY = Path(evaluation.__file__).parent / "everyday"
MOST_EXAMPLES = 200  # of a made task
MOST_BYTES, MOST_LINES, MOST_REFERENCES = 1_000_000, 1000, 8
LONGEST_LINE = 500  # characters of a line in a file: TER of a pair twice as long takes four times as long
MOST_SENT, MOST_CHARACTERS = 100, 30_000  # sentences, and characters of all texts, in one request to /evaluate


def shipped(translator: Translator) -> TestSet | None:
    """What suits a model: everyday sentences in its languages, or examples of the made task it learnt."""
    found = everyday(translator.source_language, translator.target_language)
    if found or translator.made_task is None:
        return found
    return TestSet.of(translator.card["task"], translator.made_task.test(), MOST_EXAMPLES)


@cache
def everyday(source: str, target: str) -> TestSet | None:
    """Held-out sentences of Tatoeba from one language to another, where we have them."""
    file = EVERYDAY / f"{source}-{target}.tsv"
    if not file.is_file():
        return None
    rows = _rows(file)
    return TestSet("everyday", tuple(row[0] for row in rows), tuple(tuple(row[1:]) for row in rows))


def _rows(file: Path) -> list[list[str]]:
    """Source and references of each line, below the line of terms and that of column names."""
    with open(file, encoding="utf-8", newline="") as lines:
        return [[cell for cell in row if cell] for row in csv.reader(lines, "excel-tab", quoting=csv.QUOTE_NONE)][2:]


def uploaded(
    source: str | None, references: Sequence[str] | None, read: Callable[[Path], bytes] = Path.read_bytes
) -> TestSet:
    """A test set from files; DataError says what is wrong with which of them."""
    if not source or not references:
        raise DataError("evaluate.no-files")
    paths = [Path(path) for path in (source, *references)]
    contents = [read(path) for path in paths]  # all of them, before anything is refused: reading clears the disk
    if len(references) > MOST_REFERENCES:
        raise DataError("evaluate.too-many-files", files=len(references), most=MOST_REFERENCES)
    sentences, *others = map(_lines, paths, contents)
    for path, lines in zip(references, others, strict=True):
        if len(lines) != len(sentences):
            names = {"first": Path(source).name, "name": Path(path).name}
            raise DataError("evaluate.unequal", **names, lines=len(sentences), others=len(lines))
    for path, lines in zip((source, *references), (sentences, *others), strict=True):
        if "" in lines:
            raise DataError("evaluate.empty-line", line=lines.index("") + 1, name=Path(path).name)
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST_LINE:
                about = {"line": number, "name": Path(path).name, "characters": len(line), "most": LONGEST_LINE}
                raise DataError("evaluate.long-line", **about)
    return TestSet(Path(source).name, tuple(sentences), tuple(zip(*others, strict=True)))


def _lines(path: Path, content: bytes) -> list[str]:
    """The lines of an uploaded file, normalised, without empty ones at its end."""
    if len(content) > MOST_BYTES:
        size = {"megabytes": len(content) / 1e6, "most": MOST_BYTES / 1e6}
        raise DataError("evaluate.too-large", name=path.name, **size)
    lines = [normalise(line) for line in lines_of(text_of(path.name, content))]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        raise DataError("evaluate.empty-file", name=path.name)
    if len(lines) > MOST_LINES:
        raise DataError("evaluate.too-many-lines", name=path.name, lines=len(lines), most=MOST_LINES)
    return lines


def sent(sources: Any, references: Any) -> TestSet:
    """A test set from the lists a program sent: a reference or a list of them for each source.

    DataError says what is wrong with which entry.
    """
    if not isinstance(sources, list) or not isinstance(references, list) or not sources:
        raise DataError("evaluate.no-lists")
    if len(sources) > MOST_SENT:
        raise DataError("evaluate.too-many-sent", sentences=len(sources), most=MOST_SENT)
    if len(references) != len(sources):
        raise DataError("evaluate.unequal-lists", sources=len(sources), references=len(references))
    of_each = [one if isinstance(one, list) else [one] for one in references]
    for number, (source, of_one) in enumerate(zip(sources, of_each, strict=True), start=1):
        if not 1 <= len(of_one) <= MOST_REFERENCES:
            raise DataError("evaluate.references-sent", number=number, given=len(of_one), most=MOST_REFERENCES)
        for text in (source, *of_one):
            if not isinstance(text, str) or not normalise(text) or len(text) > MAX_CHARACTERS:
                raise DataError("evaluate.bad-text", number=number, most=MAX_CHARACTERS)
    if (characters := sum(map(len, chain(sources, *of_each)))) > MOST_CHARACTERS:
        raise DataError("evaluate.too-long-sent", characters=characters, most=MOST_CHARACTERS)
    return TestSet("request", tuple(map(normalise, sources)), tuple(tuple(map(normalise, one)) for one in of_each))
