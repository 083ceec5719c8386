"""Draw the everyday set of tab Evaluate: `python -m tests.tools.everyday SOURCE TARGET [COUNT] > FILE`.

Sentences of Tatoeba's held-out test part, in the order of their hashes, each with all translations that
Tatoeba has for it (at most five).  Left out are those that somebody read and found odd or rude, and those that a
translator may have all but learnt, whatever its stages read: neither side is a word away from a sentence that people
wrote and that is learnt from, be its translation a model's or theirs, or from a phrase of ours.
"""

import csv
import hashlib
import random
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from s2s_demo.tasks.corpora import HELD_OUT, Tatoeba, _tatoeba, held_out_part
from s2s_demo.tasks.near import near_duplicates
from s2s_demo.tasks.phrases import phrases
from s2s_demo.text import normalise, simplified
from tests.tools.sources import further

MOST_REFERENCES = 5
FILLINGS = 5  # of the blanks of our phrases
WORDS = range(3, 16)  # of the English side
LEFT_OUT = Path(__file__).with_name("everyday_left_out.txt")
TERMS = (
    "sentences of tatoeba.org, CC BY 2.0 FR, as packed by manythings.org; held out by a hash of the English sentence, "
    "more than a word away from what people wrote for training"
)


def learnt(english: bool, other: str) -> Iterator[str]:
    """What translators between English and `other` may have read, of one of the two languages."""
    pairs = Tatoeba("en", other, more=True, apart=False)._learnt
    own = chain.from_iterable(phrases("en", other, random.Random(seed)) for seed in range(FILLINGS))
    yield from (pair.source if english else pair.target for pair in chain(pairs, own))
    yield from further("en", other) if english else further(other, "en")


def drawn(source: str, target: str) -> dict[str, list[str]]:
    """Held-out sentences with their translations, the smallest hash of the English sentence first."""
    other = target if source == "en" else source
    left_out = {line for line in LEFT_OUT.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}
    pairs = [*_tatoeba(other), *_tatoeba(other, more=True)]
    tested = {english for english, _ in _tatoeba(other)}
    kept = [
        (english, simplified(text) if other == "zh" else text)
        for english, text in pairs
        if english in tested
        and held_out_part(english, HELD_OUT[other]) == "test"
        and english not in left_out
        and len(re.findall(r"\w+", english)) in WORDS
    ]
    kept.sort(key=lambda pair: hashlib.sha256(normalise(pair[0]).casefold().encode()).digest())
    english_near = near_duplicates([english for english, _ in kept], learnt(True, other), "en")
    other_near = near_duplicates([text for _, text in kept], learnt(False, other), other)
    near = {english for (english, _), *either in zip(kept, english_near, other_near, strict=True) if any(either)}
    references: dict[str, list[str]] = {}
    for english, text in kept:
        if english in near:
            continue
        asked, answer = (english, text) if source == "en" else (text, english)
        said = references.setdefault(asked, [])
        if answer not in said and len(said) < MOST_REFERENCES:
            said.append(answer)
    return references


def rows(source: str, target: str, count: int) -> Sequence[Sequence[str]]:
    """The sentences, one for each English sentence, below a line of terms and one of names."""
    names = ["source", *(f"reference{number}" for number in range(1, MOST_REFERENCES + 1))]
    seen: set[str] = set()
    chosen: list[list[str]] = []
    for asked, answers in drawn(source, target).items():
        english = [asked] if source == "en" else answers
        if seen.isdisjoint(english):
            seen.update(english)
            chosen.append([asked, *answers])
    return [[f"# {TERMS}"], names, *islice(chosen, count)]


def main() -> None:
    """Write the table."""
    source, target, *count = sys.argv[1:]
    writer = csv.writer(sys.stdout, "excel-tab", quoting=csv.QUOTE_NONE, lineterminator="\n", quotechar=None)
    writer.writerows(rows(source, target, int(count[0]) if count else 200))


if __name__ == "__main__":
    main()
