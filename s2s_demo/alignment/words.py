"""Words, or characters, that do not depend on a model's pieces, so that different pieces can be compared."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from s2s_demo.text import SPACE, normalise

_UNSPACED = r"\u0e00-\u0eff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef"  # written without spaces: each character a word
_ELISION = r"(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=\w)"  # French l' | homme, but English don't
_LETTER = rf"[^\W{_UNSPACED}]"
_WORD = re.compile(rf"[{_UNSPACED}]|{_ELISION}|{_LETTER}+(?:['-]{_LETTER}+)*|[^\w\s]", re.IGNORECASE)
CHARACTER = re.compile(r"^ ?.|.")  # the mark before the first one belongs to it
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


def split_words(text: str) -> list[str]:
    """The words of a sentence; punctuation stands alone, and so does a French elided article or pronoun."""
    return _WORD.findall(normalise(text))


def is_punctuation(word: str) -> bool:
    """True for words without any letter or digit."""
    return not any(character.isalnum() for character in word)


def overlap(text: str, pieces: Sequence[str], unit: re.Pattern[str] = _WORD) -> NDArray[np.float64] | None:
    """How much of each word, or of each CHARACTER, each piece writes: UTF-8 bytes in common [words, pieces].

    The space before a word belongs to it.  None where the pieces do not spell the text (`<unk>`).
    """
    marked = SPACE + normalise(text).replace(" ", SPACE)
    spelt = [_bytes_of(piece) for piece in pieces]
    if b"".join(spelt) != marked.encode():
        return None
    ends = [len(marked[: found.end()].encode()) for found in unit.finditer(marked.replace(SPACE, " "))]
    word_of_byte = np.searchsorted(ends, np.arange(len(marked.encode())), side="right").clip(max=len(ends) - 1)
    piece_of_byte = np.repeat(np.arange(len(pieces)), [len(spelling) for spelling in spelt])
    common = np.zeros((len(ends), len(pieces)))
    np.add.at(common, (word_of_byte, piece_of_byte), 1)
    return common


def _bytes_of(piece: str) -> bytes:
    byte = _BYTE.fullmatch(piece)
    return bytes([int(byte[1], 16)]) if byte else piece.encode()
