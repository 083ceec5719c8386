"""Links between words that people drew, for sentences of our own: what an alignment should look like.

A gold file holds one pair a line: {"source": ..., "target": ..., "sure": "0-0 1-2", "possible": "3-3"}.
A link is written source-target, in words as `split_words` finds them, numbered from 0.  As in Och
& Ney (2003), a sure link is one that any reader would draw; a possible link is one that a reader
may draw or not: articles and prepositions that stand only on one side, parts of idioms.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from s2s_demo.errors import DataError
from s2s_demo.text import Pair, lines_of, split_words

SHIPPED = Path(__file__).resolve().parent / "links"


@dataclass(frozen=True)
class GoldPair:
    """A sentence pair with its links; `possible` holds the sure ones too."""

    pair: Pair
    sure: frozenset[tuple[int, int]]
    possible: frozenset[tuple[int, int]]

    @property
    def reversed(self) -> "GoldPair":
        """The same links for the other direction of translation."""
        sure, possible = (frozenset((t, s) for s, t in links) for links in (self.sure, self.possible))
        return GoldPair(Pair(self.pair.target, self.pair.source), sure, possible)


def gold_for(source_language: str, target_language: str) -> list[GoldPair]:
    """The shipped pairs between two languages, whichever of them they were written for; none if there are none."""
    here = SHIPPED / f"{source_language}-{target_language}.jsonl"
    there = SHIPPED / f"{target_language}-{source_language}.jsonl"
    if here.exists():
        return read_gold(here)
    return [gold.reversed for gold in read_gold(there)] if there.exists() else []


def read_gold(path: Path) -> list[GoldPair]:
    """All pairs of a gold file; DataError names the line that cannot be used."""
    found = []
    for number, line in enumerate(lines_of(path.read_text(encoding="utf-8")), start=1):
        try:
            found.append(_gold_pair(json.loads(line)))
        except (ValueError, KeyError, TypeError, DataError) as error:
            raise DataError("alignment.no-gold-pair", line=number, name=path.name, why=error) from error
    return found


def _gold_pair(entry: dict[str, str]) -> GoldPair:
    pair = Pair(entry["source"], entry["target"])
    sizes = len(split_words(pair.source)), len(split_words(pair.target))
    sure, possible = (_links(entry[kind], sizes) for kind in ("sure", "possible"))
    return GoldPair(pair, sure, sure | possible)


def _links(written: str, sizes: tuple[int, int]) -> frozenset[tuple[int, int]]:
    links = set()
    for link in written.split():
        if not re.fullmatch(r"\d+-\d+", link):
            raise DataError("alignment.no-link", link=link)
        s, t = map(int, link.split("-"))
        if s >= sizes[0] or t >= sizes[1]:
            raise DataError("alignment.link-beyond", link=link, source=sizes[0], target=sizes[1])
        links.add((s, t))
    return frozenset(links)
