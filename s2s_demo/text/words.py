"""Pieces grouped into words, for people who want to see words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.text.tokenizer import EOS, SPECIAL
from s2s_demo.text.writing import SPACE


@dataclass(frozen=True)
class Word:
    """A word as shown, and the positions of its pieces."""

    text: str
    positions: tuple[int, ...]


def words_of(pieces: Sequence[str]) -> tuple[Word, ...]:
    """Group pieces into words, for people who want to see words.

    A piece that starts with a space starts a word; so do punctuation after a letter and `<eos>`,
    so that "ladder." shows as two words.  Writing without spaces falls apart into its pieces.
    """
    groups: list[list[int]] = []
    word = ""
    for position, piece in enumerate(pieces):
        if not groups or _starts_word(piece, word):
            groups.append([])
            word = ""
        groups[-1].append(position)
        word += piece
    return tuple(Word(surface([pieces[i] for i in group]), tuple(group)) for group in groups)


def surface(pieces: Sequence[str]) -> str:
    """How pieces are shown: without space marks, bytes as the characters they spell."""
    written = b""
    for piece in pieces:
        byte = _BYTE.fullmatch(piece)
        text = "</s>" if piece == SPECIAL[EOS] else piece.replace(SPACE, " ")
        written += bytes([int(byte[1], 16)]) if byte else text.encode()
    return written.decode(errors="replace").strip() or "\u2423"


def by_word(alignment: NDArray[np.float32], source: Sequence[Word], target: Sequence[Word]) -> NDArray[np.float32]:
    """An alignment of pieces [T, S] as one of words: summed over a source word's pieces, averaged over a target word's.

    Rows keep their sum.
    """
    columns = np.stack([alignment[:, list(word.positions)].sum(axis=1) for word in source], axis=1)
    return np.stack([columns[list(word.positions)].mean(axis=0) for word in target])


_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
_ELISION = re.compile(rf"{SPACE}?(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")


def _starts_word(piece: str, word: str) -> bool:
    """Whether a piece begins a new word after the pieces `word`."""
    if piece.startswith(SPACE) or piece in SPECIAL or word in SPECIAL:
        return True
    if word == SPACE or _BYTE.fullmatch(piece):
        return False
    head, tail = piece[0], word[-1]
    if _UNSPACED.match(head) or _UNSPACED.match(tail):
        return True
    if head.isalnum():
        return bool(_ELISION.fullmatch(word))  # l' | homme, but not don't
    return head not in "'-" and tail not in "'-"
