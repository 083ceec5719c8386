"""What a teacher translates for its pupil: `python -m tests.tools.sources DIRECTION`, for instance zh-en.

Each source sentence of the training data once, as it stands there, then text of that language alone: English of
Tatoeba's files for other languages, Chinese of Tatoeba without a translation, every other further caption of
Multi30k's training images.  Nothing that is held out for this direction.
"""

import sys
from collections.abc import Iterator

from s2s_demo.tasks.corpora import _lines, data_folder
from s2s_demo.tasks.mixture import Translation
from s2s_demo.text import normalise, simplified
from tests.tools.monolingual import sentences

LONGEST = 160  # characters of a sentence that has no translation
WITHOUT = {"zh": "tatoeba/cmn-only.txt.gz", "de": "multi30k/captions.de.gz", "en": "multi30k/captions.en.gz"}


def learnt(task: Translation) -> Iterator[str]:
    """Sources of the training data."""
    captions, everyday = task._parts
    yield from (pair.source for pair in everyday._learnt)
    yield from (pair.source for pair in (captions.train(0, 0) if captions else []))


def further(source: str, target: str) -> Iterator[str]:
    """Sentences of the source language that have no translation there."""
    if source == "en":
        yield from sentences(target)
    if source in WITHOUT and (source, target) != ("en", "zh"):
        lines = _lines(data_folder() / WITHOUT[source])
        every = 1 if source == "zh" else 2
        yield from (simplified(normalise(line)) for line in lines[::every])


def main() -> None:
    """Write them, one a line."""
    source, target = sys.argv[1].split("-")
    task = Translation(source, target, more=True)
    alone = (sentence for sentence in further(source, target) if 0 < len(sentence) <= LONGEST)
    sys.stdout.writelines(f"{sentence}\n" for sentence in dict.fromkeys([*learnt(task), *alone]))


if __name__ == "__main__":
    main()
