"""What of a sentence one model carries over, and the sentence that it reads instead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from s2s_demo.reading import carried as looks
from s2s_demo.reading.carried import MARK, THING, Item
from s2s_demo.reading.reading import Carried
from s2s_demo.reading.stand_ins import stand_ins
from s2s_demo.reading.typed import Typed
from s2s_demo.text import Tokenizer
from s2s_demo.text.tokenizer import byte_of


@dataclass(frozen=True)
class Exchanged:
    """A text with stand-ins and without marks, and what is carried (`place`: where in the text)."""

    text: Typed
    carried: tuple[Carried, ...]


class Carrying:
    """Knows the pieces of a model, and by them what it need not carry."""

    def __init__(self, tokenizer: Tokenizer, source: str, target: str) -> None:
        self._encode, self._source, self._target = tokenizer.encode, source, target
        self._numbers = {piece: number for number, piece in enumerate(tokenizer.pieces)}
        self._characters = characters_of(tokenizer)

    def items(self, text: str, also: frozenset[str]) -> list[Item]:
        """What is carried over, in order; where two overlap, the first kind counts.

        Marks beside which nothing is said take a place in the sentence.
        """
        found: list[Item] = []
        for item in self._candidates(text, also):
            if all(item.end <= other.start or other.end <= item.start for other in found):
                found.append(item)
        found.sort(key=lambda item: item.start)
        if is_empty_without(text, [item for item in found if item.kind == MARK]):
            found = [replace(item, kind=THING) if item.kind == MARK else item for item in found]
        return found

    def _candidates(self, text: str, also: frozenset[str]) -> Iterator[Item]:
        for item in looks.shapes(text):
            if item.kind != MARK or not self._characters.issuperset(text[item.start : item.end]):
                yield item
        for item in looks.foreign_words(text, self._source == "zh"):
            if len(self._encode(text[item.start : item.end])) > 1:
                yield item
        for item in (*looks.large_numbers(text), *looks.capitalised(text)):
            if text[item.start : item.end] in also:
                yield item

    def exchange(self, text: Typed, items: Sequence[Item], turn: int) -> Exchanged:
        """Put a stand-in for each item; what finds none stays. Another `turn` begins with another stand-in."""
        parts: list[tuple[int, int, str]] = []
        carried: list[Carried] = []
        used: frozenset[int] = frozenset()
        shift = 0
        for item in items:
            word, forms = "", frozenset[int]()
            if item.kind != MARK:
                word, forms = self._stand_in(item.kind, text.read, used, turn)
                if not word:
                    continue
                used |= forms
            start, end = self._with_spaces(text.read, item)
            carried.append(_carried(text.read, item, start + shift, forms))
            parts.append((start, end, word))
            shift += len(word) - (end - start)
        return Exchanged(text.with_parts(parts), tuple(carried))

    def _stand_in(self, kind: str, text: str, used: frozenset[int], turn: int) -> tuple[str, frozenset[int]]:
        choices = stand_ins(kind, self._source, self._target)
        first = turn % len(choices)
        for word, pieces in choices[first:] + choices[:first]:
            forms = frozenset(self._numbers[piece] for piece in pieces if piece in self._numbers)
            if forms and not forms & used and not re.search(rf"(?<!\w){word}", text):
                return word, forms
        return "", frozenset()

    def _with_spaces(self, text: str, item: Item) -> tuple[int, int]:
        """Where an item begins and ends with the spaces that go with it: one of a mark's, all of Chinese."""
        start, end = item.start, item.end
        before, after = text[start - 1 : start] == " ", text[end : end + 1] == " "
        if item.kind == MARK:
            if after and (before or start == 0):
                return start, end + 1
            return (start, end) if text[end : end + 1].isalnum() else (start - before, end)
        return (start - before, end + after) if self._source == "zh" else (start, end)


def characters_of(tokenizer: Tokenizer) -> frozenset[str]:
    """The characters that a model was taught; others are bytes, or unknown, to it."""
    return frozenset(" ").union(*(piece for piece in tokenizer.pieces[4:] if byte_of(piece) is None))


def is_empty_without(text: str, items: Sequence[Item]) -> bool:
    """Whether nothing is said beside the items."""
    hidden = {place for item in items for place in range(item.start, item.end)}
    return not any(character.isalnum() for place, character in enumerate(text) if place not in hidden)


def _carried(text: str, item: Item, place: int, forms: frozenset[int]) -> Carried:
    before, after = text[: item.start][-1:] or " ", text[item.end :][:1] or " "
    written = text[item.start : item.end]
    is_tag = written.startswith("<")
    apart = item.kind == MARK and not is_tag  # emoji are set apart from letters, also where Chinese has no spaces
    opens = is_tag and written[1].isalpha()
    return Carried(written, place, forms, opens, before == " " or apart, after == " " or apart)
