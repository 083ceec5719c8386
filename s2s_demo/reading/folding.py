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
# The last point of "p.m." at the end also ends the sentence.
_HOUR = r"(?:0?[1-9]|1[0-2])(?:[:.][0-5]\d)?"
_TWELVE_HOURS = re.compile(
    rf"(?<![\w.,:/–-])(?:{_HOUR}(?: (?:to|and|or|till|until|-|–) |[-–]))?{_HOUR} ?[AaPp](?:[Mm]\b|\.[Mm](?:\.(?=.))?)"
)
_SHARP = " o'clock"
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
    return text.replaced(_TWELVE_HOURS, _of_24_hours)


def _of_24_hours(times: str) -> str:
    is_late = "p" in times.lower()
    clocks = [(int(hour) % 12, minutes) for hour, minutes in re.findall(r"(\d+)(?:[:.](\d\d))?", times)]
    last, minutes = clocks[-1]
    said = _clock(last + 12 * is_late, minutes)
    if len(clocks) == 1:
        return said
    first, minutes = clocks[0]
    between = re.sub(r"^[\d:.]+|[\d:.]+ ?[AaPp].*$", "", times)
    begins = first + 12 * (is_late if first <= last else not is_late)
    return f"{_clock(begins, minutes).removesuffix(_SHARP)}{between}{said}"


def _clock(hour: int, minutes: str) -> str:
    if minutes in ("", "00"):
        return f"{hour}{_SHARP}" if hour else "midnight"
    return f"{hour or '00'}:{minutes}"


def without_spaces(text: Typed) -> Typed:
    """Chinese characters set apart by spaces are read without them."""
    return text.replaced(SPACE_IN_CHINESE, lambda _: "")


def in_simplified(text: Typed) -> Typed:
    """Traditional characters are read as simplified ones."""
    return text.replaced(_ALL, simplified)


def in_known_case(text: Typed, knows: Knows) -> Typed:
    """A letter that the model never saw is read in its other case, if it saw that: HELLO as hello, xiv as XIV."""
    return text.replaced(_LETTER, lambda c: c if knows(c) or not knows(c.swapcase()) else c.swapcase())
