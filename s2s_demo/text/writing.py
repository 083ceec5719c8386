"""One way of writing, lines, and the typographer's form.  Knows no numbers and no models."""

import re
import unicodedata

SPACE = "\u2581"  # SentencePiece's mark for "a word starts here"
JOINERS = "\u200c\u200d"  # zero width: letters of many scripts do not join, or do; emoji become one
TAGS = "\U000e0020-\U000e007f"  # invisible letters after a black flag: whose flag it is
EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff"  # ranges of a character class; other signs too

_ONE_FORM = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        SPACE: "_",
    }
)


def normalise(text: str) -> str:
    """One way of writing: NFC, plain quotes and hyphens, one space between words, none outside.

    Case, punctuation and everything a reader would miss stay as they are; so do characters that this
    Python's Unicode does not know yet.  Format characters, which no one sees, are deleted, but joiners
    stay inside words and emoji; control characters and the like separate words as spaces do.
    """
    text = " ".join(unicodedata.normalize("NFC", text).translate(_ONE_FORM).split())
    return text if text.isprintable() else " ".join(unicodedata.normalize("NFC", visible(text)).split())


def visible(text: str) -> str:
    """A text without what no one sees; where control characters and the like stood there are spaces."""
    return text if text.isprintable() else _without_stray_joiners("".join(map(_seen, text)))


def lines_of(text: str) -> list[str]:
    """The lines of a text: the one meaning of "a line", for every reader of files and boxes.

    A line ends at a line feed, a carriage return, or both together, and nowhere else: U+2028, U+0085
    and form feeds, at which `str.splitlines` cuts too, stand inside a line.  What follows the last
    end is a line only if it is not empty: one end more at the end is no line more.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    return lines if lines[-1] else lines[:-1]


_BEFORE_A_SPACED_MARK = r"(?<=[^\s(\[{«?!;:])(?<!\s\")(?<!^\")"
_SPACED_MARK = re.compile(
    rf"{_BEFORE_A_SPACED_MARK}\s*(?:([?!](?:\s*[?!])*)(?=[\s)\]}}\"'»”’,…]|\.\.|$)|([;:])(?=[\s\"»”]|$))"
)


def typeset(text: str, language: str) -> str:
    """The typographer's form for display; French puts a narrow no-break space before ? ! : ;

    Times, addresses and smileys (12:30, https://, :-) and ;)) have none.
    """
    if language != "fr":
        return text
    return _SPACED_MARK.sub(lambda found: "\u202f" + "".join(found[0].split()), text)


_SEEN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_JOINING_LETTER = re.compile(
    "[\u0600-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_EMOJI, _TAG = re.compile(f"[{EMOJI}]"), re.compile(f"[{TAGS}]")


def _seen(character: str) -> str:
    """What a reader sees of a character: itself, nothing, or a gap.  Joiners and tags are judged later."""
    if character.isprintable() or character in JOINERS or character in _SEEN_FORMATS or _TAG.match(character):
        return character
    category, number = unicodedata.category(character), ord(character)
    if category == "Cf":
        return ""
    noncharacter = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    return character if category == "Cn" and not noncharacter else " "


def _without_stray_joiners(text: str) -> str:
    """A joiner stays between two letters of scripts that join, or two emoji; tags stay after a black flag."""
    kept, base = [], ""  # base: the last character that is no mark
    for character, following in zip(text, [*text[1:], " "], strict=False):
        if character in JOINERS:
            stays = _joined_as(base) != "" and _joined_as(following) in ("mark", _joined_as(base))
        elif _TAG.match(character):
            stays = base == "\N{WAVING BLACK FLAG}"
        else:
            stays = True
            base = base if _joined_as(character) == "mark" else character
        if stays:
            kept.append(character)
    return "".join(kept)


def _joined_as(character: str) -> str:
    """What a joiner would take a character for: a letter, a mark or an emoji; empty where it joins nothing."""
    category = unicodedata.category(character or " ")
    if category.startswith("M"):
        return "mark"
    if _EMOJI.match(character):
        return "emoji"
    return "letter" if category.startswith("L") and _JOINING_LETTER.match(character) else ""
