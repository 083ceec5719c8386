"""Words that every translator copies as one piece: what is carried over takes their place during the search.

Which words do so was measured (`python -m tests.tools.copying`): names and small numbers that the corpora are
full of.  A number may be said as a word ("7", "sept").
"""

from s2s_demo.reading.carried import NAME, NUMBER, THING

_BOSTON, _TOM, _MARY = ("Boston", "波士顿"), ("Tom", "汤姆"), ("Mary", "玛丽")
_PARIS, _JOHN = ("Paris", "巴黎"), ("John", "约翰")
_NAMES = {NAME: (_TOM, _BOSTON, _MARY, _PARIS, _JOHN), THING: (_BOSTON, _TOM, _MARY, _PARIS, _JOHN)}
_NUMBERS = (
    {"": "7", "en": "seven", "fr": "sept", "de": "sieben", "zh": "七"},
    {"": "5", "en": "five", "fr": "cinq", "de": "fünf", "zh": "五"},
    {"": "8", "en": "eight", "fr": "huit", "de": "acht", "zh": "八"},
    {"": "9", "en": "nine", "fr": "neuf", "de": "neun", "zh": "九"},
    {"": "6", "en": "six", "fr": "six", "de": "sechs", "zh": "六"},
    {"": "4", "en": "four", "fr": "quatre", "de": "vier", "zh": "四"},
)


def stand_ins(kind: str, source: str, target: str) -> list[tuple[str, tuple[str, ...]]]:
    """For a role in a sentence, best first: a word to read, and all ways to write its translation."""
    if kind == NUMBER:
        read = source if "zh" in (source, target) else ""
        return [(number[read], (number[""], number[target])) for number in _NUMBERS if target in number]
    becomes_german = (_MARY, _JOHN)  # Maria, Johannes
    names = [name for name in _NAMES[kind] if not (target == "de" and name in becomes_german)]
    return [(han if source == "zh" else latin, (latin, han) if target == "zh" else (latin,)) for latin, han in names]
