"""A corpus of one's own as two text files, a sentence a line (the command line's way in)."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from s2s_demo.errors import DataError
from s2s_demo.tasks.base import Bilingual
from s2s_demo.tasks.corpora import held_out_part
from s2s_demo.tasks.encodings import read_text
from s2s_demo.text import Pair, lines_of, normalise


@dataclass(frozen=True)
class ParallelFiles(Bilingual):
    """Two line-aligned files; about 2 % of the distinct sources are held out, half for choosing, half for reporting."""

    source_file: str
    target_file: str
    source: str = ""
    target: str = ""

    @property
    def tokenizer(self) -> tuple[str, int]:
        return "bpe", 8000

    @cached_property
    def _split(self) -> dict[str, list[Pair]]:
        parts: dict[str, list[Pair]] = {"train": [], "val": [], "test": []}
        pairs = read_parallel(Path(self.source_file), Path(self.target_file))
        share = max(0.01, min(0.25, 50 / len(pairs)))
        for pair in pairs:
            parts[held_out_part(pair.source, share)].append(pair)
        for part, held in parts.items():
            if not held:
                raise DataError("lines.empty-part", file=self.source_file, pairs=len(pairs), part=part)
        return parts

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return self._split["train"]

    def val(self) -> list[Pair]:
        return self._split["val"]

    def test(self) -> list[Pair]:
        return self._split["test"]


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, normalised; blank lines at the end are none, any other is a DataError."""
    lines = [normalise(line) for line in lines_of(read_text(path))]
    while lines and not lines[-1]:
        lines.pop()
    if "" in lines:
        raise DataError("lines.blank", line=lines.index("") + 1, path=path)
    return lines


def read_parallel(source: Path, target: Path) -> list[Pair]:
    """Pairs of two files with as many lines."""
    sides = read_lines(source), read_lines(target)
    if len(sides[0]) != len(sides[1]):
        raise DataError(
            "lines.uneven", source=source, source_lines=len(sides[0]), target=target, target_lines=len(sides[1])
        )
    if not sides[0]:
        raise DataError("lines.none", source=source, target=target)
    return [Pair(s, t) for s, t in zip(*sides, strict=True)]
