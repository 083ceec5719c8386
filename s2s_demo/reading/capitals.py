"""A sentence in capitals is read as it would be written otherwise."""

import re

from s2s_demo.reading.names import translated
from s2s_demo.reading.typed import Typed
from s2s_demo.tasks.names import NAMES
from s2s_demo.text import SPACE, Tokenizer

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
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
        words = _WORD.findall(text.read)
        letters = "".join(words)
        if len(letters) < 2 or letters.upper() == letters.lower():
            return text, False
        long_words = [word for word in words if len(word) > 1]
        if letters == letters.upper():
            loud = sum(map(self._is_shouted, long_words))
            if 2 * loud < max(1, len(long_words)):
                return text, False
            return self._sentence(text), True
        return text.replaced(_WORD, lambda word: word.lower() if self._shouts_alone(word) else word), False

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
        is_word = self._rank(word.lower()) is not None and self._rank(word) is None
        return len(word) >= FEWEST and word == word.upper() != word.lower() and is_word

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
        return min(forms, key=lambda form: (self._pieces(form), forms.index(form)))
