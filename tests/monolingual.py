"""English sentences to translate back into Chinese: `python -m tests.monolingual COUNT`.

Those of Tatoeba's French and German files that its Chinese file does not hold, nor its held-out parts
would; short ones, without names that a model of Chinese would invent, in an order drawn with a seed.
With a translation by `en-zh` beside each, they are the `synthetic` pairs of a model from Chinese.
"""

import random
import re
import sys
from collections.abc import Iterator

from s2s_demo.tasks.corpora import HELD_OUT, _tatoeba, held_out_part

LONGEST = 90  # characters
NAME = re.compile(r"(?<!^)\b(?!(?:I|Tom|Mary|Boston|English|French|Chinese)\b)[A-Z]")


def sentences() -> Iterator[str]:
    """Each once, whatever its case."""
    seen = {english.casefold() for english, _ in _tatoeba("zh")}
    for language in ("fr", "de"):
        for english, _ in _tatoeba(language):
            known = english.casefold() in seen or held_out_part(english, HELD_OUT["zh"]) != "train"
            if not known and len(english) <= LONGEST and not NAME.search(english):
                seen.add(english.casefold())
                yield english


def main() -> None:
    """Write as many as were asked for."""
    chosen = list(sentences())
    random.Random(1).shuffle(chosen)
    sys.stdout.writelines(f"{sentence}\n" for sentence in chosen[: int(sys.argv[1])])


if __name__ == "__main__":
    main()
