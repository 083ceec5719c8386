"""A sentence in capitals is read as it would be written otherwise."""

import re
from collections.abc import Iterator

from s2s_demo.reading.carried import THING, Item
from s2s_demo.reading.names import translated
from s2s_demo.reading.typed import Typed
from s2s_demo.tasks.names import NAMES
from s2s_demo.text import SPACE, Tokenizer

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITALS = r"[A-ZÀ-ÖØ-Þẞß]+(?:['’-][A-ZÀ-ÖØ-Þẞß]+)*"
_RUN = re.compile(rf"(?<![\w'’-]){_CAPITALS}(?:[ ,]+{_CAPITALS})*(?![\w'’-])")
SPELT = 3  # pieces of a word that is spelt letter by letter
FEWEST = 3  # letters of a word that is read as shouted in a sentence that is not
_CLEARLY = 2  # times more frequent, as far as the order of pieces shows it


class Capitals:
    """Knows how a language writes its words by the pieces of a model: frequent spellings need few, and early ones."""

    def __init__(self, tokenizer: Tokenizer, language: str) -> None:
        self._encode = tokenizer.encode
        self._numbers = {piece: number for number, piece in enumerate(tokenizer.pieces)}
        self._language = language

    def lowered(self, text: Typed) -> tuple[Typed, bool]:
        """The text without capitals that shout, and whether all of it was in capitals."""
        if self._is_loud(text.read):
            return self._sentence(text), True
        return text.replaced(_RUN, self._quiet).replaced(_WORD, self._even), False

    def abbreviations(self, lowered: str) -> Iterator[Item]:
        """What still has capitals within, once none shout, and must be spelt: FBI, YouTube."""
        for found in _WORD.finditer(lowered):
            has_capitals = _is_upper(found[0]) or re.search(r"[a-zà-ÿ][A-ZÀ-Þ]", found[0]) is not None
            if has_capitals and self._pieces(found[0]) >= SPELT and found[0] not in translated():
                yield Item(*found.span(), THING)

    def _is_loud(self, text: str) -> bool:
        """Whether all of a sentence is in capitals, and more than abbreviations."""
        words = _WORD.findall(text)
        letters = "".join(words)
        if len(letters) < 2 or not _is_upper(letters):
            return False
        long_words = [word for word in words if len(word) > 1]
        return 2 * sum(map(self._is_shouted, long_words)) >= max(1, len(long_words))

    def _quiet(self, run: str) -> str:
        """Words in capitals one after the other: if one of them shouts, all are read as they are usually written."""
        if not any(map(self._shouts_alone, _WORD.findall(run))):
            return run
        return _WORD.sub(lambda word: self._usual(word[0]), run)

    def _even(self, word: str) -> str:
        """hElLo, which has capitals here and there, as it is usually written."""
        if word[1:] in (word[1:].lower(), word[1:].upper()) or self._rank(word) is not None:
            return word
        return next((form for form in (word.lower(), word.capitalize()) if self._rank(form) is not None), word)

    def _sentence(self, text: Typed) -> Typed:
        """A sentence in capitals as one that begins with a capital."""
        usual = text.replaced(_WORD, self._usual)
        first = re.search(r"[^\W\d_]", usual.read)
        assert first is not None
        return usual.with_parts([(*first.span(), first[0].upper())] if len(first[0].upper()) == 1 else [])

    def _pieces(self, word: str) -> int:
        return len(self._encode(word))

    def _is_shouted(self, word: str) -> bool:
        return self._pieces(word) > min(self._pieces(word.lower()), self._pieces(word.capitalize()))

    def _shouts_alone(self, word: str) -> bool:
        """Whether a word in capitals is one that the model knows in small letters, and not as an abbreviation."""
        lower = word.lower()
        is_word = self._rank(lower) is not None or len(word) > 2 * self._pieces(lower)
        return len(word) >= FEWEST and _is_upper(word) and is_word and self._rank(word) is None

    def _rank(self, word: str) -> int | None:
        return self._numbers.get(SPACE + word)

    def _usual(self, word: str) -> str:
        """A word in capitals as it is usually written within a sentence."""
        if self._language == "en" and re.fullmatch(r"I(?:'[A-Z]+)?", word):
            return "I" + word[1:].lower()
        lower, capital = word.lower(), word.capitalize()
        if len(lower) != len(word):
            return word
        ranks = self._rank(lower), self._rank(capital)
        if ranks[0] is not None and ranks[1] is not None:
            return capital if ranks[1] * _CLEARLY < ranks[0] else lower
        if ranks[0] is None and (capital in translated() or capital in NAMES):
            return capital
        forms = [lower, capital, word]
        if self._language == "de":  # whose capitals have no ß
            forms = [lower, lower.replace("ss", "ß"), capital, capital.replace("ss", "ß"), word]
        return min(forms, key=lambda form: (self._pieces(form), self._rank(form) or 0, forms.index(form)))


def _is_upper(text: str) -> bool:
    """Whether all letters are capitals; ß has none that people type."""
    plain = text.replace("ß", "")
    return bool(plain) and plain == plain.upper() != plain.lower()
