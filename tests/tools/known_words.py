"""Back-translations into English that look like English: `python -m tests.tools.known_words LANGUAGE < pairs > pairs`.

English and LANGUAGE, tab-separated.  Left out is what a small model makes of a sentence that it does not understand:
words that no English sentence of Tatoeba's file for LANGUAGE has, and words twice in a row.
"""

import re
import sys
from collections.abc import Set
from itertools import pairwise

from s2s_demo.tasks.corpora import _tatoeba

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORD.findall(text.lower())


def is_plausible(english: str, known: Set[str]) -> bool:
    """Whether all words are known, and none comes twice in a row."""
    words = words_of(english)
    return bool(words) and known >= set(words) and all(a != b for a, b in pairwise(words))


def main() -> None:
    """From standard input to standard output."""
    known = {word for english, _ in _tatoeba(sys.argv[1]) for word in words_of(english)}
    sys.stdout.writelines(line for line in sys.stdin if is_plausible(line.split("\t")[0], known))


if __name__ == "__main__":
    main()
