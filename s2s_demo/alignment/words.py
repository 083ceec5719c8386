"""What pieces write of words, or of characters, so that models with different pieces can be compared."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from s2s_demo.text import SPACE, WORD, normalise, spelling, word_of_byte

CHARACTER = re.compile(r"^ ?.|.")  # the mark before the first one belongs to it


def is_punctuation(word: str) -> bool:
    """True for words without any letter or digit."""
    return not any(character.isalnum() for character in word)


def overlap(text: str, pieces: Sequence[str], unit: re.Pattern[str] = WORD) -> NDArray[np.float64] | None:
    """How much of each word, or of each CHARACTER, each piece writes: UTF-8 bytes in common [words, pieces].

    The space before a word belongs to it.  None where the pieces do not spell the text (`<unk>`).
    """
    marked = SPACE + normalise(text).replace(" ", SPACE)
    spelt = [spelling(piece) for piece in pieces]
    if b"".join(spelt) != marked.encode():
        return None
    words = word_of_byte(marked, unit)
    piece_of_byte = np.repeat(np.arange(len(pieces)), [len(written) for written in spelt])
    common = np.zeros((words.max() + 1, len(pieces)))
    np.add.at(common, (words, piece_of_byte), 1)
    return common
