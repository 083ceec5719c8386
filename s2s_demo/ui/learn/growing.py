"""A sentence that grows, by two translators alike but for attention: where does one vector stop being enough?"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypedDict

from s2s_demo.decoding import Beam
from s2s_demo.errors import InputError
from s2s_demo.translator import Translator
from s2s_demo.ui.parts.handler import Visit

TWINS = ("en-fr-no-attention", "en-fr-bahdanau")
ROWS = 6
MOST_WORDS = 40
STOPS = ".!?"
LEADING = frozenset("a an the and or but in on at of to with by for from into over under is are his her their".split())


class WordPayload(TypedDict):
    """A word; `differs`: the other translator does not write it."""

    text: str
    differs: bool


class RowPayload(TypedDict):
    """A beginning of the sentence, and what came of it without and with attention."""

    words: int
    source: str
    without: list[WordPayload]
    looking: list[WordPayload]


class GrowingPayload(TypedDict):
    """The sentence as it was typed, and its beginnings, the shortest first."""

    text: str
    rows: list[RowPayload]


def growing(visit: Visit, text: object) -> GrowingPayload:
    """The beginnings of a sentence, translated by both; InputError where it has no words, or too many."""
    typed = " ".join(str(text).split())
    words = typed.rstrip(STOPS).split()
    if not 1 <= len(words) <= MOST_WORDS:
        raise InputError("learn.growing-words", words=len(words), most=MOST_WORDS)
    beginnings = tuple(dict.fromkeys(_beginning(words, length) for length in lengths_of(len(words))))
    written = [_translated(visit.library.get(name), beginnings) for name in TWINS]
    rows = [
        RowPayload(words=len(source.split()), source=source, without=_marked(one, other), looking=_marked(other, one))
        for source, one, other in zip(beginnings, *written, strict=True)
    ]
    return GrowingPayload(text=typed, rows=rows)


def _beginning(words: Sequence[str], length: int) -> str:
    """About so many words, without those at the end that lead to a word that is missing."""
    while 1 < length < len(words) and words[length - 1].lower() in LEADING:
        length -= 1
    return f"{' '.join(words[:length]).rstrip(',;:')}."


def lengths_of(words: int) -> list[int]:
    """How long the beginnings are: at most `ROWS`, evenly spaced, the last of them the whole."""
    return sorted({max(1, round(words * row / ROWS)) for row in range(1, ROWS + 1)})


@lru_cache(maxsize=64)  # a class opens the step together
def _translated(translator: Translator, texts: tuple[str, ...]) -> list[str]:
    return [found.text for found in translator.translate_all(texts, Beam())]


def _marked(written: str, other: str) -> list[WordPayload]:
    known = {_bare(word) for word in other.split()}
    return [WordPayload(text=word, differs=_bare(word) not in known) for word in written.split()]


def _bare(word: str) -> str:
    return word.strip(".,;:!?").lower()
