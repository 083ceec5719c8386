"""Words that every translator copies as one piece: what is carried over takes their place during the search.

Which words do so was measured (`python -m tests.tools.copying`): names and small numbers that the corpora are
full of.  A number may be said as a word ("7", "sept").
"""

from s2s_demo.reading.carried import NAME, NUMBER, THING
from s2s_demo.text import SPACE

_BOSTON, _TOM, _MARY = ("Boston", "波士顿"), ("Tom", "汤姆"), ("Mary", "玛丽")
_NAMES = {NAME: (_TOM, _BOSTON, _MARY), THING: (_BOSTON, _TOM, _MARY)}
_NUMBERS = (
    {"": "7", "en": "seven", "fr": "sept", "de": "sieben", "zh": "七"},
    {"": "5", "en": "five", "fr": "cinq", "de": "fünf", "zh": "五"},
    {"": "8", "en": "eight", "fr": "huit", "de": "acht", "zh": "八"},
    {"": "9", "en": "nine", "fr": "neuf", "de": "neun", "zh": "九"},
)


def stand_ins(kind: str, source: str, target: str) -> list[tuple[str, frozenset[str]]]:
    """For a role in a sentence, best first: a word to read, and the pieces that write its translation."""
    if kind == NUMBER:
        read = source if "zh" in (source, target) else ""
        return [(number[read], _pieces(number[""], number[target])) for number in _NUMBERS if target in number]
    names = [name for name in _NAMES[kind] if not (target == "de" and name is _MARY)]  # who becomes Maria
    return [
        (han if source == "zh" else latin, _pieces(latin, *([han] if target == "zh" else []))) for latin, han in names
    ]


def _pieces(*forms: str) -> frozenset[str]:
    return frozenset(SPACE * mark + case for form in forms for case in (form, form.capitalize()) for mark in (0, 1))
