"""One way of writing, sentences, and the typographer's form.  Knows no numbers and no models."""

import re
import unicodedata

SPACE = "\u2581"  # SentencePiece's mark for "a word starts here"

_ONE_FORM = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\ufeff\u200b\u200c\u2060", None),  # invisible
        SPACE: "_",
    }
)


def normalise(text: str) -> str:
    """One way of writing: NFC, plain quotes and hyphens, one space between words, none outside.

    Case, punctuation and everything a reader would miss stay as they are.
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_ONE_FORM))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def lines_of(text: str) -> list[str]:
    """The lines of a text: the one meaning of "a line", for every reader of files and boxes.

    A line ends at a line feed, a carriage return, or both together, and nowhere else: U+2028, U+0085
    and form feeds, at which `str.splitlines` cuts too, stand inside a line.  What follows the last
    end is a line only if it is not empty: one end more at the end is no line more.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    return lines if lines[-1] else lines[:-1]


_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:(?:[A-Z]\. ?)*[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|approx"
    r"|Mme|Mlle|env|z\. ?B|d\. ?h|u\. ?a|Nr|Hr|Fr|bzw|ca|ggf|evtl"
    r"|(?i:(?<!\bI )am|im|vom|zum|zur|de[rmns]|das|die) \d\d?)\.$"  # German "am 3. Mai", "im 2. Stock"
)
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(\[¿¡]*[^\W\d_a-zß-öø-ÿ]|[\"'(\[]*\d)|(?<=[。！？])\s*(?=\S)"
)


def split_sentences(text: str) -> list[str]:
    """Split what a person typed into sentences; each line is at least one sentence.

    A full stop ends a sentence when a capital, a digit or a new line follows; titles, initials and
    German ordinals ("Dr. Who", "J. P. Smith", "am 3. Mai") do not.  Sentences come back normalised,
    empty ones are dropped.
    """
    sentences: list[str] = []
    for line in text.splitlines():
        line, start = normalise(line), 0
        for gap in _SENTENCE_END.finditer(line):
            if not _ABBREVIATION.search(line[start : gap.start()]):
                sentences.append(line[start : gap.end()].strip())
                start = gap.end()
        sentences.append(line[start:].strip())
    return [sentence for sentence in sentences if sentence]


def typeset(text: str, language: str) -> str:
    """The typographer's form for display; French puts a narrow no-break space before ? ! : ;"""
    if language != "fr":
        return text
    text = re.sub(r"\s*([?!;:])(?=\s|$|[?!\"])", "\u202f\\1", text)
    return re.sub("(?<=[?!])\u202f(?=[?!])", "", text)
