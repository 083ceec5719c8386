"""Names that nobody has heard of, and that a model wrote its own way."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from s2s_demo.reading.carried import capitalised
from s2s_demo.tasks.names import NAMES_IN_CHINESE, PLACES_IN_CHINESE, SURNAMES
from s2s_demo.text import Tokenizer

SHORT = 2.8  # letters per piece: those of unknown names are shorter, on average


@lru_cache
def translated() -> frozenset[str]:
    """Capitalised words that have forms of their own in other languages: countries, peoples, days, ..."""
    lines = Path(__file__).with_name("translated.txt").read_text(encoding="utf-8")
    return frozenset(word for line in lines.splitlines() if not line.startswith("#") for word in line.split())


# Where a name stands at the beginning of a sentence, one of these follows it.
_FOLLOWING = {
    "en": "is was has had and or will can could would should must does did says said wants lives likes loves went "
    "bought sold came got took gave saw told met made wrote left knows knew thinks thought comes goes".split(),
    "fr": "est a et ou avait était va vont veut peut doit dit aime habite ont sont sera aura attend "
    "m t s l n me te se lui nous vous ne".split(),
    "de": "ist war hat hatte und oder wird will kann soll muss sagt ging kam sind haben".split(),
}
_GERMAN_VERB = re.compile(r"[a-zäöü]{3,}te?")
# All German nouns have capitals; a name is one after these.
_NAMING = "heiße heißt hieß heißen Herr Herrn Frau Familie Onkel Tante Doktor namens bitte Liebe Lieber ist bin".split()
# As `difflib` counts it: a name and what a model that copies it badly makes of it, a rare word or another one.
ALIKE, VERY_ALIKE = 0.5, 0.8


class Names:
    """Knows by the pieces of a model which names it has hardly seen."""

    def __init__(self, tokenizer: Tokenizer, source: str, target: str) -> None:
        self._encode, self._source, self._target = tokenizer.encode, source, target
        chinese = (name.split() for name in (*NAMES_IN_CHINESE, *SURNAMES, *PLACES_IN_CHINESE))
        self._known = translated() | {part for name in chinese for part in name} if target == "zh" else translated()

    def lost(self, text: str, written: str) -> Iterator[str]:
        """Names of a text that its translation spells another way.

        What has a capital without need is a name; where any word has one (at the beginning, and in German), what
        stands around it must show it, or the translation must: by a word that looks like a bad copy.
        """
        there, here = (set(re.findall(r"\w+", side.casefold())) for side in (written, text))
        said = [(written[item.start : item.end], item.start == 0) for item in capitalised(written)]
        copies = [(word, is_first) for word, is_first in said if word.casefold() not in here]
        for word, before, after in self._unheard_of(text):
            if word.casefold() in there or word in self._known:
                continue
            if any(self._is_bad_copy(word, *copy) for copy in copies) or self._stands_as_name(before, after):
                yield word

    def _is_bad_copy(self, word: str, copy: str, is_first: bool) -> bool:
        alike = SequenceMatcher(None, word, copy).ratio()
        is_rare = self._is_rare(copy) and (not is_first or self._is_rare(copy.lower()))
        return alike >= ALIKE if is_rare else alike >= VERY_ALIKE and not is_first

    def _stands_as_name(self, before: str, after: str) -> bool:
        if before:
            return self._source != "de" or before in _NAMING
        is_german_verb = self._source == "de" and _GERMAN_VERB.fullmatch(after) is not None
        return after in _FOLLOWING.get(self._source, ()) or is_german_verb

    def _unheard_of(self, text: str) -> Iterator[tuple[str, str, str]]:
        """Names, the word before each ("" at the beginning) and the one after it."""
        for item in capitalised(text):
            word, before = text[item.start : item.end], text[: item.start].rstrip(' "«„(-')
            if self._is_rare(word) and (before or self._is_rare(word.lower())):
                last, following = re.search(r"\w+\W*$", before), re.match(r" (\w+)", text[item.end :])
                yield word, last[0].rstrip(" ") if last else before, following[1] if following else ""

    def _is_rare(self, word: str) -> bool:
        pieces = len(self._encode(word))
        return pieces > 1 and len(word) / pieces < SHORT
