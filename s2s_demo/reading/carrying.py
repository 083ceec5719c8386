"""What of a sentence one model carries over, and the sentence that it reads instead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from s2s_demo.reading import carried as looks
from s2s_demo.reading.capitals import Capitals
from s2s_demo.reading.carried import EMPHASIS, HAN, MARK, THING, Item
from s2s_demo.reading.reading import Carried
from s2s_demo.reading.stand_ins import stand_ins
from s2s_demo.reading.typed import Typed
from s2s_demo.text import SPACE, Tokenizer
from s2s_demo.text.tokenizer import byte_of


@dataclass(frozen=True)
class Exchanged:
    """A text with stand-ins and without marks, and what is carried (`place`: where in the text)."""

    text: Typed
    carried: tuple[Carried, ...]


class Carrying:
    """Knows the pieces of a model, and by them what it need not carry."""

    def __init__(self, tokenizer: Tokenizer, source: str, target: str, capitals: Capitals) -> None:
        self._capitals = capitals
        self._encode, self._source, self._target = tokenizer.encode, source, target
        self._numbers = {piece: number for number, piece in enumerate(tokenizer.pieces)}
        self._characters = characters_of(tokenizer)

    def items(self, text: str, also: frozenset[str]) -> list[Item]:
        """What is carried over, in order; where two overlap, the first kind counts.

        Marks beside which nothing is said take a place in the sentence; so does a line of punctuation alone.
        """
        found: list[Item] = []
        for item in self._candidates(text, also):
            if all(item.end <= other.start or other.end <= item.start for other in found):
                found.append(item)
        if not found and text and is_empty_without(text, []):
            return [Item(0, len(text), THING)]
        found.sort(key=lambda item: item.start)
        if is_empty_without(text, [item for item in found if item.kind == MARK]):
            found = [replace(item, kind=THING) if item.kind == MARK else item for item in found]
        return found

    def _candidates(self, text: str, also: frozenset[str]) -> Iterator[Item]:
        for item in looks.shapes(text):
            written = text[item.start : item.end]
            if item.kind != MARK or written.isascii() or not self._characters.issuperset(written):
                yield item
        for item in looks.foreign_words(text, self._source == "zh"):
            if len(self._encode(text[item.start : item.end])) > 1 or text[item.start : item.end] in also:
                yield item
        lowered = self._capitals.lowered(Typed.of(text))[0].read
        yield from self._unknown(lowered)
        yield from self._capitals.abbreviations(lowered)
        for item in (*looks.large_numbers(text), *looks.capitalised(text)):
            if text[item.start : item.end] in also:
                yield item

    def _unknown(self, text: str) -> Iterator[Item]:
        """What has characters that the model never saw, with the rest of its word; Chinese ones are no words alone."""
        start = -1
        for place, character in enumerate(f"{text} "):
            if not self.knows(character):
                start = place if start < 0 else start
            elif start >= 0:
                first, last = (start, place) if self._source == "zh" else _word_around(text, start, place)
                yield Item(first, last, THING if any(map(str.isalnum, text[first:last])) else MARK)
                start = -1

    def knows(self, character: str) -> bool:
        """Whether a model was taught a character, or it is a Chinese one in a Chinese sentence."""
        return character in self._characters or (self._source == "zh" and HAN.match(character) is not None)

    def exchange(self, text: Typed, items: Sequence[Item], turn: int) -> Exchanged:
        """Put a stand-in for each item; what finds none is left out, as marks are.

        Another `turn` begins with another stand-in.
        """
        parts: list[tuple[int, int, str]] = []
        carried: list[Carried] = []
        used: frozenset[int] = frozenset()
        shift = 0
        rest = text.with_parts([(item.start, item.end, " ") for item in items]).read
        for item in items:
            word, forms = "", frozenset[int]()
            if item.kind != MARK:
                word, forms = self._stand_in(item.kind, rest, used, turn)
                used |= forms
            start, end = self._with_spaces(text.read, item if word else replace(item, kind=MARK))
            carried.append(self._carried(text.read, item, start + shift, forms))
            parts.append((start, end, word))
            shift += len(word) - (end - start)
        return Exchanged(text.with_parts(parts), tuple(carried))

    def _stand_in(self, kind: str, rest: str, used: frozenset[int], turn: int) -> tuple[str, frozenset[int]]:
        """A word that nothing in the rest of the sentence is mistaken for, and the pieces that write its translation.

        A model that has no piece for a way to write it would spell it, and is not asked to.
        """
        pieces = [(word, self._pieces(ways)) for word, ways in stand_ins(kind, self._source, self._target)]
        choices = [(word, frozenset().union(*forms)) for word, forms in pieces if all(forms)]
        first = turn % max(1, len(choices))
        for word, forms in choices[first:] + choices[:first]:
            is_there = word in rest if word.isdigit() else re.search(rf"(?<!\w){word}", rest)
            if not forms & used and not is_there:
                return word, forms
        return "", frozenset()

    def _pieces(self, ways: Sequence[str]) -> list[frozenset[int]]:
        """Of each way to write a word the numbers of the pieces that do, if there are any."""
        spelt = [[SPACE * mark + case for case in (way, way.capitalize()) for mark in (0, 1)] for way in ways]
        return [frozenset(self._numbers[piece] for piece in of_one if piece in self._numbers) for of_one in spelt]

    def _with_spaces(self, text: str, item: Item) -> tuple[int, int]:
        """Where an item begins and ends with the spaces that go with it: one of a mark's, all of Chinese."""
        start, end = item.start, item.end
        before, after = text[start - 1 : start] == " ", text[end : end + 1] == " "
        if item.kind == MARK:
            if after and (before or start == 0):
                return start, end + 1
            return (start, end) if text[end : end + 1].isalnum() else (start - before, end)
        return (start - before, end + after) if self._source == "zh" else (start, end)

    def _carried(self, text: str, item: Item, place: int, forms: frozenset[int]) -> Carried:
        written, before, after = text[item.start : item.end], text[: item.start][-1:], text[item.end :][:1]
        space_before, space_after = before in ("", " "), after in ("", " ")
        is_tag = item.kind == MARK and (written in EMPHASIS or (written.startswith("<") and written.endswith(">")))
        opens = is_tag and (after.isalnum() if written in EMPHASIS else written[1].isalpha())
        if is_tag and "zh" in (self._source, self._target):
            space_before, space_after = opens and self._target != "zh", not opens
        elif self._source == "zh" or (item.kind == MARK and not is_tag):  # emoji are set apart from letters, too
            space_before = space_after = True
        return Carried(written, place, forms, opens, space_before, space_after)


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while text[end : end + 1].isalnum():
        end += 1
    return start, end


def characters_of(tokenizer: Tokenizer) -> frozenset[str]:
    """The characters that a model was taught; others are bytes, or unknown, to it."""
    return frozenset(" ").union(*(piece for piece in tokenizer.pieces[4:] if byte_of(piece) is None))


def is_empty_without(text: str, items: Sequence[Item]) -> bool:
    """Whether nothing is said beside the items."""
    hidden = {place for item in items for place in range(item.start, item.end)}
    return not any(character.isalnum() for place, character in enumerate(text) if place not in hidden)
