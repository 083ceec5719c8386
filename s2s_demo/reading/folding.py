"""What can be written in several ways is read in the one that the model learnt."""

import html
import re
import unicodedata
from collections.abc import Callable

from s2s_demo.reading.typed import Typed
from s2s_demo.text import normalise, simplified

Knows = Callable[[str], bool]  # whether a model has seen a character

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_HAN_OR_MARK = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
SPACE_IN_CHINESE = re.compile(rf"(?<=[{_HAN_OR_MARK}]) (?=[{_HAN_OR_MARK}])")
_MIXED_NUMBER = re.compile(r"[0-9][\u00bc-\u00be\u2150-\u215e]")  # 1½ is read as 1 1/2
_THOUSANDS = re.compile(r"(?<=\d)\uff0c(?=\d{3}(?!\d))")  # the full-width comma of 1，299
_HOUR = r"(?:0?[1-9]|1[0-2])(?:[:.][0-5]\d)?"
_TWELVE_HOURS = re.compile(  # the last point of "p.m." at the end also ends the sentence
    rf"(?<![\w.,:/–-])(?:(?P<first>{_HOUR})(?: (?:to|and|or|till|until|-|–) |[-–]))?"
    rf"(?P<last>{_HOUR}) ?(?P<half>[AaPp])(?:[Mm]\b|\.[Mm](?:\.(?=.))?)"
)
_SHARP = " o'clock"
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_WEEKDAY = {"fr": ("mar",)}  # "mar. 5 mai" is a Tuesday
_DAY_BEFORE = r"(?<!\d{3} )(?:(?<=\d )|(?<=\d\. )|(?<=\d(?:st|nd|rd|th|er) )|(?<=\d(?:st|nd|rd|th) of ))"
_DAY_OR_YEAR_BEHIND = r"(?=,? (?:\d{1,2}(?:st|nd|rd|th|er)?|\d{4})\b)"
_SHORT = r"\b[^\W\d_]{3,5}\b"
_SHORT_MONTH = re.compile(rf"{_DAY_BEFORE}{_SHORT}(?:\.(?=.))?|{_SHORT}\.?{_DAY_OR_YEAR_BEHIND}")
_LETTER = re.compile(r"[^\W\d_]")
_SPACES = re.compile(r" {2,}")
_ALL = re.compile(r".+", re.DOTALL)
# The kinds of compatibility forms that differ in looks alone (not "super", for 10² is not 102).
_LOOKS = ("<wide>", "<narrow>", "<compat>", "<font>", "<circle>", "<square>", "<fraction>", "<initial>", "<medial>",
          "<final>", "<isolated>")  # fmt: skip


def without_entities(text: Typed) -> Typed:
    """`&amp;` is read as &, `&nbsp;` as a space."""
    plain = text.replaced(ENTITY, lambda entity: normalise(f"x{html.unescape(entity)}x")[1:-1])
    return plain if plain == text else plain.replaced(_SPACES, lambda _: " ")


def plain_forms(text: Typed, knows: Knows) -> Typed:
    """Full-width letters, ligatures, ½ and the like are read as plain ones (NFKC), unless the model knows them."""
    if text.read.isascii():
        return text
    apart = text.replaced(_MIXED_NUMBER, lambda number: f"{number[0]} {number[1]}").replaced(_THOUSANDS, lambda _: ",")
    return apart.replaced(_BEYOND_ASCII, lambda character: character if knows(character) else _plain(character))


def _plain(character: str) -> str:
    if unicodedata.category(character) == "Nd":  # the figures of another script
        return str(unicodedata.decimal(character))
    looks = unicodedata.decomposition(character).partition(" ")[0] in _LOOKS
    if not looks or (unicodedata.category(character) == "Lo" and "\u0e00" <= character <= "\u0fff"):
        return character
    plain = unicodedata.normalize("NFKC", character).replace("\u2044", "/")
    return character if plain[0].isspace() else plain


def in_24_hours(text: Typed) -> Typed:
    """English "10:30 PM" is read as 22:30, "9 p.m." as 21 o'clock: other languages have a word for neither half.

    So is the first of "5 to 7 pm", and of "11 to 1 pm", which begins before noon.
    """
    parts = []
    for found in _TWELVE_HOURS.finditer(text.read):
        is_late = found["half"] in "Pp"
        if found["first"]:
            begins_late = is_late == (_hour(found["first"]) <= _hour(found["last"]))
            parts.append((*found.span("first"), _clock(found["first"], begins_late).removesuffix(_SHARP)))
        parts.append((found.start("last"), found.end(), _clock(found["last"], is_late)))
    return text.with_parts(parts)


def _hour(clock: str) -> int:
    """Of the twelve that a half of the day has, which begins with 12."""
    return int(re.split("[:.]", clock)[0]) % 12


def _clock(clock: str, is_late: bool) -> str:
    hour, minutes = _hour(clock) + 12 * is_late, clock[-2:] if len(clock) > 2 else "00"
    if minutes == "00":
        return f"{hour}{_SHARP}" if hour else "midnight"
    return f"{hour or '00'}:{minutes}"


def in_whole_months(text: Typed, language: str) -> Typed:
    """A month that is cut short beside a day or a year is read whole: "Jan. 5" as January 5, "12 Aug" as 12 August."""
    if language not in _MONTHS:
        return text
    return text.replaced(_SHORT_MONTH, lambda short: _whole_month(short, language))


def _whole_month(short: str, language: str) -> str:
    """The one month that begins so; accents may be left out.  Anything else stays."""
    begins = _bare(short.removesuffix("."))
    months = [month for month in _MONTHS[language].split() if _bare(month).startswith(begins)]
    if len(months) != 1 or begins in (_bare(months[0]), *_WEEKDAY.get(language, ())):
        return short
    return months[0]


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def without_spaces(text: Typed) -> Typed:
    """Chinese characters set apart by spaces are read without them."""
    return text.replaced(SPACE_IN_CHINESE, lambda _: "")


def in_simplified(text: Typed) -> Typed:
    """Traditional characters are read as simplified ones."""
    return text.replaced(_ALL, simplified)


def in_known_case(text: Typed, knows: Knows) -> Typed:
    """A letter that the model never saw is read in its other case, if it saw that: HELLO as hello, xiv as XIV."""
    return text.replaced(_LETTER, lambda c: c if knows(c) or not knows(c.swapcase()) else c.swapcase())
