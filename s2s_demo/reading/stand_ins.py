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
        chinese = "zh" in (source, target)
        words = [(number[source if chinese else ""], (number[""], number[target])) for number in _NUMBERS]
    else:
        words = [(latin if source != "zh" else han, (latin, han) if target == "zh" else (latin,)) for latin, han in _NAMES[kind]]
        if target == "de":
            words = [word for word in words if word[0] != "Mary"]  # becomes Maria
    return [(word, _pieces(forms)) for word, forms in words]


def _pieces(forms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(SPACE * mark + case for form in forms for case in (form, form.capitalize()) for mark in (0, 1))
