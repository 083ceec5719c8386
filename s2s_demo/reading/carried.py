"""What no model translates, by its looks: it is carried over as it was typed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from s2s_demo.text import WORD
from s2s_demo.text.writing import EMOJI, TAGS

MARK, THING, NUMBER, NAME = "mark", "thing", "number", "name"  # MARK: stands beside the sentence, not in it

_ENDINGS = "com|org|net|edu|gov|info|io|eu|de|fr|cn|uk|us|txt|pdf|csv|json|html?|docx?|xlsx?|png|jpe?g|zip|py|md"
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
HAN = re.compile(f"[{_HAN}]")
# Chinese characters belong to an address behind a / or =, or behind one that does.
_PATH = rf"(?:[^\s<>\"'，。！？、；：（）《》“”{_HAN}]|(?<=[/={_HAN}])[{_HAN}])*(?:[\w/]|(?<=[/={_HAN}])[{_HAN}])"
_SHADE = rf"[\u200d\ufe0f\u20e3{TAGS}\U0001f3fb-\U0001f3ff]"  # joiners, variants, skins, whose flag it is
_PICTURE = rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[{EMOJI}])(?:{_SHADE}|(?<=\u200d)[{EMOJI}])*"
_SMILEY = r"(?<![\w:;])(?:[:;][-'^]?[)(\]\[DPpOo3|*]+|=[)(DP]|<3+|\^_*\^|[oO]_[oO]|[xX]D+)(?!\w)"
EMPHASIS = ("*", "**", "***", "_", "~~")  # of plain text
_STARS = r"(?<![\w*])\*{1,3}(?=\w)|(?<=[\w.!?])\*{1,3}(?![\w*])|(?<!\w)_(?=[A-Za-z])|(?<=[A-Za-z])_(?!\w)|~~"
_AMOUNT = r"(?:\d{1,3}(?: \d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,']\d+)*)"  # 1 200,50 or 1,200.50
_SIGN = "(?:[A-Z]{1,3})?[$€£¥₹₽₩₺₴₫฿₿]"
_CURRENCY = "(?:USD|EUR|GBP|CNY|RMB|JPY|CHF|CAD|AUD|HKD|TWD|INR|KRW|RUB)"
_UNIT = (
    r"(?:°[CF]?|(?:km/h|mph|[kcdmn]?m[²³]?|[km]?g|[mcd]?l|[kMGT]B|[kMG]?Hz|kWh?|lbs?|oz|ft|kcal|[Kk]bps|Mbps)(?![\w/]))"
)
_ALONE = r"(?<![\w.,:/-])"  # no part of a longer number or word
_KINDS = (
    (MARK, rf"</?[A-Za-z][^<>]*>|<!--[^>]*-->|{_STARS}|{_SMILEY}|{_PICTURE}(?: ?{_PICTURE})*"),
    (THING, rf"(?:https?|ftp)://{_PATH}|www\.{_PATH}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    (THING, rf"(?<![\w@.])(?:[A-Za-z0-9_-]+\.)+(?:{_ENDINGS})\b(?:/{_PATH})?(?![\w@])"),
    (THING, r"(?<!\w)(?:[A-Za-z]:\\|~?/)[\w.\\/-]*\w"),
    (THING, r"(?<!\w)[@#][A-Za-z_][^\s.,!?;:)]*|`[^`]+`|\w+(?:\.\w+)*\(\)|(?<!\w)[vV]\d+(?:\.\d+)+"),
    (THING, r"(?<![\w-])(?:[A-Z]+-?\d[\w-]*(?<!-)|\w*[^\W_]_\w+|\d+[A-Z]{1,3}\d\w*)(?!\w)"),
    (NUMBER, rf"(?<![\w.,])[-+−]?{_SIGN} ?{_AMOUNT}(?:(?:[kKMm]|bn)\b)?|(?<!\w){_CURRENCY} ?{_AMOUNT}"),
    (NUMBER, rf"(?<![\w.,]){_AMOUNT}(?:[.,][-–])? ?(?:[$€£¥₹₽₩₺₴₫฿₿¢](?!\w)|{_CURRENCY}\b)"),
    (NUMBER, rf"{_ALONE}\d{{1,4}}(?:/\d{{1,2}}/|-\d{{1,2}}-|\.\d{{1,2}}\.)\d{{1,4}}(?![\w/-])"),
    (NUMBER, rf"{_ALONE}\d{{1,2}}[:.]\d\d(?::\d\d)?(?: ?(?:[AaPp]\.[Mm]\.|[AaPp][Mm]\b))|{_ALONE}\d+:\d\d:\d\d\b"),
    (
        NUMBER,
        r"(?<![\w.,-])(?:\+\d{1,3}(?:[ .-]?\(\d+\))?(?:[ .-]?\d{2,}|[ .-]\d)+|\(\d{2,5}\) ?\d{3,}(?:[ -]\d{2,})*)",
    ),
    (NUMBER, r"(?<![\w.,-])(?:0\d{2,4}(?: \d{3,})+|\d{2,5}(?:-\d{2,}|(?: \d{2,4}){3,})(?:-\d+)*)(?![\w%])"),
    (NUMBER, rf"(?<![\w.,])[-+−]?{_AMOUNT} ?{_UNIT}|{_ALONE}\d'\d{{1,2}}\b\"?"),
    (NUMBER, rf"{_ALONE}\d+(?:[.,]\d+)?(?: ?[-+*×÷/−] ?\d+)* ?[=*×÷] ?\d+(?:[.,]\d+)?(?:[-+*×÷=]\d+)*"),
    (NUMBER, r"(?<![\w.,-])[-+−]\d+(?:[.,]\d+)*(?![\w:])"),
    (NUMBER, rf"{_ALONE}(?:\d{{1,3}}(?: \d{{3}})+(?:,\d+)?|\d+[.,]\d+(?:[.,]\d+)*)(?![\w:/])"),
    (NUMBER, rf"{_ALONE}(?:\d{{1,2}} )?\d+/\d+(?![\w/])|{_ALONE}\d{{5,}}(?![\w:])"),
)
_SHAPES = re.compile("|".join(f"(?P<k{number}>{shape})" for number, (_, shape) in enumerate(_KINDS)), re.ASCII)
_NOT_HAN = rf"(?![{_HAN}々〇])[^\W\d_][\u0300-\u036f\u064b-\u0652\u093c-\u094d]*"
_NOT_HAN_WORDS = re.compile(  # 5G, New York, iPhone 15
    rf"(?<![\d.])\d*(?:{_NOT_HAN})+\d*(?:[ '.-]?(?:{_NOT_HAN})+\d*)*(?: \d+(?![\d.:{_HAN}]))?"
)
_DIGITS = re.compile(r"(?<![\d.,:])\d+(?:[:.]\d+|(?: ?h ?)\d\d(?!\w))*(?![\d:])")


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
    """Words in another script than that of the language: all but Chinese ones for Chinese, all but Latin ones else."""
    if is_chinese:
        yield from (Item(*found.span(), THING) for found in _NOT_HAN_WORDS.finditer(text) if len(found[0]) > 1)
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
        has_word = re.fullmatch(r"\d|1\d|[2-9]0|(?:\d|1[0-2])(?:[:.]| ?h ?)(?:00|15|30|45)", found[0])
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
