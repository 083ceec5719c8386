"""English sentences to translate back: `python -m tests.tools.monolingual LANGUAGE COUNT`.

Those of Tatoeba's files for other languages that its file for LANGUAGE does not hold, nor its held-out
parts would; short ones, in an order drawn with a seed, and for Chinese without names that a model of it
would invent.  With a translation beside each, they are the `synthetic` pairs of a model from LANGUAGE.
"""

import random
import re
import sys
from collections.abc import Iterator

from s2s_demo.errors import check_choice
from s2s_demo.tasks.corpora import HELD_OUT, _tatoeba, held_out_part

LONGEST = 90  # characters
NAME = re.compile(r"(?<!^)\b(?!(?:I|Tom|Mary|Boston|English|French|Chinese)\b)[A-Z]")


def sentences(language: str) -> Iterator[str]:
    """Each once, whatever its case."""
    check_choice("language", language, HELD_OUT)
    seen = {english.casefold() for english, _ in _tatoeba(language)}
    for other in [other for other in ("fr", "de") if other != language]:
        for english, _ in _tatoeba(other):
            known = english.casefold() in seen or held_out_part(english, HELD_OUT[language]) != "train"
            odd = len(english) > LONGEST or (language == "zh" and NAME.search(english))
            if not known and not odd:
                seen.add(english.casefold())
                yield english


def main() -> None:
    """Write as many as were asked for."""
    chosen = list(sentences(sys.argv[1]))
    random.Random(1).shuffle(chosen)
    sys.stdout.writelines(f"{sentence}\n" for sentence in chosen[: int(sys.argv[2])])


if __name__ == "__main__":
    main()
