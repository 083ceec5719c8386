"""Words as a reader cuts them: those of a text, and a model's pieces grouped into them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from s2s_demo.text.tokenizer import SPECIAL, byte_of
from s2s_demo.text.writing import EMOJI, JOINERS, SPACE, TAGS, normalise

_COMBINING = "".join(c for c in map(chr, range(0x300, 0x20000)) if unicodedata.category(c).startswith("M"))
_MARK = f"[{_COMBINING}\U000e0100-\U000e01ef{JOINERS}\udc80-\udcff]"  # the last: bytes that spell no character
_UNSPACED = (  # Thai, Lao, kana, Han and full-width forms: each character is a word
    "\u0e00-\u0eff\u3000-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W{_UNSPACED}]"  # or digit
_VOWEL = r"(?=[aàâæeéèêëhiîïoôœuùûü\d]|y(?!o))"
_ELISION = rf"(?:[jlnst]'(?={_LETTER})|(?:[cdm]|(?:jus|lors|puis|quoi)?qu)'{_VOWEL})"  # l' | homme, not c'mon
_DOMAIN = rf"(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:[a-z]{{2,}}|[A-Z]{{2,}})(?![A-Za-z0-9]|{_MARK})"
_PATH = rf"[!-~]*[A-Za-z0-9/](?!{_MARK})"  # a full stop after it is not its own
WORD = re.compile(
    rf"https?://{_PATH}"
    rf"|(?:[A-Za-z0-9][A-Za-z0-9_.+-]*@)?{_DOMAIN}(?:[/:]{_PATH})?"
    rf"|(?i:{_ELISION})"
    rf"|{_LETTER}+(?:(?:{_MARK}|['-](?={_LETTER})|(?<=\d)[.,:/](?=\d)){_LETTER}*)*"  # don't, week-end, 3.5
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}{_MARK}*"  # two letters make a flag
    rf"|[{EMOJI}](?:{_MARK}|[{TAGS}\U0001f3fb-\U0001f3ff]|(?<=\u200d)[{EMOJI}])*"
    rf"|\S{_MARK}*"
)


def split_words(text: str) -> list[str]:
    """The words of a sentence; punctuation stands alone, and so does a French elided article or pronoun.

    Numbers, times and addresses are whole, and so is an emoji of many characters.  Han, kana and Thai
    characters are words of their own.
    """
    return WORD.findall(normalise(text))


def word_of_byte(text: str, unit: re.Pattern[str] = WORD) -> NDArray[np.intp]:
    """The number of the word (or other unit) that each UTF-8 byte of a text belongs to.

    Spaces, which may be SentencePiece's marks, belong to the word after them; the last ones to the last.
    """
    ends = [len(_utf8(text[: found.end()])) for found in unit.finditer(text.replace(SPACE, " "))]
    places = np.arange(len(_utf8(text)))
    return np.searchsorted(ends, places, side="right").clip(max=max(len(ends) - 1, 0))


@dataclass(frozen=True)
class Word:
    """A word as shown, and the positions of its pieces."""

    text: str
    positions: tuple[int, ...]


def words_of(pieces: Sequence[str]) -> tuple[Word, ...]:
    """Group pieces into the words of what they spell, for people who want to see words.

    A piece that writes parts of several words counts for the one it writes most of, the first if in
    doubt; one that writes nothing belongs to the piece before it.  Special pieces (`<eos>`, `<unk>`) are
    words of their own.
    """
    groups: list[list[int]] = []
    for is_special, stretch in groupby(range(len(pieces)), lambda position: pieces[position] in SPECIAL):
        positions = list(stretch)
        if is_special:
            groups += [[position] for position in positions]
        else:
            owners = _owners([pieces[position] for position in positions])
            together = groupby(zip(owners, positions, strict=True), lambda pair: pair[0])
            groups += [[position for _, position in group] for _, group in together]
    return tuple(Word(surface([pieces[i] for i in group]), tuple(group)) for group in groups)


def _owners(pieces: Sequence[str]) -> list[int]:
    """For each piece the number of the word that it writes most of."""
    spelt, mark = [spelling(piece) for piece in pieces], SPACE.encode()
    words = word_of_byte(b"".join(spelt).decode(errors="surrogateescape"))
    of_byte, owners, start = words.tolist(), list[int](), 0
    for written in spelt:
        if not written:
            owners.append(owners[-1] if owners else 0)
            continue
        first, end = start + (len(mark) if written.startswith(mark) and written != mark else 0), start + len(written)
        whole = of_byte[first] == of_byte[end - 1]
        owners.append(of_byte[first] if whole else int(np.bincount(words[first:end]).argmax()))
        start = end
    for place in reversed(range(len(spelt) - 1)):
        if spelt[place] == mark:
            owners[place] = owners[place + 1]
    return owners


def surface(pieces: Sequence[str]) -> str:
    """How pieces are shown: without space marks, bytes as the characters they spell."""
    written = b"".join(map(spelling, pieces)).decode(errors="replace")
    return written.replace(SPACE, " ").strip() or "\u2423"


@lru_cache(maxsize=50_000)  # a picture asks for it a thousand times
def spelling(piece: str) -> bytes:
    """The UTF-8 bytes that a piece writes, with SentencePiece's mark for a space."""
    byte = byte_of(piece)
    return piece.encode() if byte is None else bytes([byte])


def by_word(alignment: NDArray[np.float32], source: Sequence[Word], target: Sequence[Word]) -> NDArray[np.float32]:
    """An alignment of pieces [T, S] as one of words: summed over a source word's pieces, averaged over a target word's.

    Rows keep their sum.
    """
    columns = np.stack([alignment[:, list(word.positions)].sum(axis=1) for word in source], axis=1)
    return np.stack([columns[list(word.positions)].mean(axis=0) for word in target])


def _utf8(text: str) -> bytes:
    return text.encode(errors="surrogateescape")
