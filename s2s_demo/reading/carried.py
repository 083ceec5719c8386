"""What no model translates, by its looks: it is carried over as it was typed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from s2s_demo.text import WORD
from s2s_demo.text.writing import EMOJI, TAGS

MARK, THING, NUMBER, NAME = "mark", "thing", "number", "name"  # MARK: stands beside the sentence, not in it

_ENDINGS = "com|org|net|edu|gov|info|io|eu|de|fr|cn|uk|us|txt|pdf|csv|json|html?|docx?|xlsx?|png|jpe?g|zip|py|md"
_PATH = r"[^\s<>\"'，。！？、；：（）《》“”]*[\w/]"
_SHADE = rf"[\u200d\ufe0f\u20e3{TAGS}\U0001f3fb-\U0001f3ff]"  # joiners, variants, skins, whose flag it is
_PICTURE = rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[{EMOJI}])(?:{_SHADE}|(?<=\u200d)[{EMOJI}])*"
_SMALL = r"\d+(?:[.,]\d+)*"
_SIGNS = "$€£¥₹₽₩"
_KINDS = (
    (MARK, rf"</?[A-Za-z][^<>]*>|<!--[^>]*-->|{_PICTURE}(?: ?{_PICTURE})*"),
    (THING, rf"(?:https?|ftp)://{_PATH}|www\.{_PATH}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    (THING, rf"(?<![\w@.])(?:[A-Za-z0-9_-]+\.)+(?:{_ENDINGS})\b(?:/{_PATH})?(?![\w@])"),
    (THING, r"(?<!\w)[@#][A-Za-z_][^\s.,!?;:)]*|`[^`]+`"),
    (THING, r"(?<![\w-])(?:[A-Z]+-?\d[\w-]*(?<!-)|\w*_\w+|\d+[A-Z]{1,3}\d\w*)(?!\w)"),
    (NUMBER, rf"(?<![\w.,])[-+−]?[{_SIGNS}] ?{_SMALL}|(?<![\w.,]){_SMALL} ?[{_SIGNS}](?!\w)"),
    (NUMBER, r"(?<![\w.,-])\+?\(?\d{2,5}\)?(?:-\d{2,}|(?: \d{2,4}){3,})(?:-\d+)*(?![\w%])"),
    (NUMBER, r"(?<![\w.,-])[-+−]\d+(?:[.,]\d+)*(?![\w:])"),
    (
        NUMBER,
        r"(?<![\w.,:/-])\d+[.,]\d+(?:[.,]\d+)*(?![\w:/])|(?<![\w.,:/-])\d+/\d+(?![\w/])|(?<![\w.,:/-])\d{5,}(?![\w:])",
    ),
)
_SHAPES = re.compile("|".join(f"(?P<k{number}>{shape})" for number, (_, shape) in enumerate(_KINDS)), re.ASCII)
_LATIN = r"[A-Za-z\u00c0-\u024f]"
_LATIN_WORDS = re.compile(rf"{_LATIN}+(?:[ '.-]?{_LATIN}+)*")
_DIGITS = re.compile(r"(?<![\d.,:])\d+(?:[:.]\d+)*(?![\d:])")


@dataclass(frozen=True)
class Item:
    """A stretch of a text that is carried over: text[start:end], and what role it has in its sentence."""

    start: int
    end: int
    kind: str


def shapes(text: str) -> Iterator[Item]:
    """Addresses, tags, emoji, codes, prices and numbers with a sign or a point, in their order."""
    for found in _SHAPES.finditer(text):
        assert found.lastgroup is not None
        yield Item(*found.span(), _KINDS[int(found.lastgroup[1:])][0])


def foreign_words(text: str, is_chinese: bool) -> Iterator[Item]:
    """Words in another script than that of the language: Latin ones for Chinese, all but Latin ones for the others."""
    if is_chinese:
        yield from (Item(*found.span(), THING) for found in _LATIN_WORDS.finditer(text) if len(found[0]) > 1)
        return
    start = end = 0
    for found in WORD.finditer(text):
        if not _is_foreign(found[0]):
            continue
        if start < end and text[end : found.start()].strip():
            yield Item(start, end, THING)
            start = end
        start, end = (start if start < end else found.start()), found.end()
    if start < end:
        yield Item(start, end, THING)


def _is_foreign(word: str) -> bool:
    letter = next((character for character in word if character.isalpha()), "")
    return bool(letter) and not unicodedata.name(letter, "LATIN").startswith(
        ("LATIN", "MODIFIER", "MICRO", "FEMININE", "MASCULINE")
    )


def large_numbers(text: str) -> Iterator[Item]:
    """Numbers and times whose digits must stand in any translation, for no language has a usual word for them."""
    for found in _DIGITS.finditer(text):
        has_word = re.fullmatch(r"\d|1\d|[2-9]0|(?:\d|1[0-2])[:.](?:00|15|30|45)", found[0])
        if not has_word or text[found.end() :].lstrip()[:1] in ("%", "％"):
            yield Item(*found.span(), NUMBER)


def capitalised(text: str) -> Iterator[Item]:
    """Words of at least three letters that begin with a capital and are not all capitals."""
    for found in re.finditer(r"(?<![\w'’-])[^\W\d_]{3,}(?:-[A-ZÀ-Ý][^\W\d_]+)?(?!\w)", text):
        if found[0][0].isupper() and not found[0].isupper():
            yield Item(*found.span(), NAME)


def has_digits_of(number: str, text: str) -> bool:
    """Whether the groups of digits of a number stand in a text, in their order and close together."""
    groups = re.findall(r"\d+", number)
    return re.search(r"(?<!\d)" + r"\D{1,3}".join(groups) + r"(?!\d)", text) is not None
