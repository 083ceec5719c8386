"""From a typed sentence to what a model reads."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from s2s_demo.reading import carried as looks
from s2s_demo.reading import folding
from s2s_demo.reading.capitals import Capitals
from s2s_demo.reading.carried import MARK, THING, Item
from s2s_demo.reading.names import Names
from s2s_demo.reading.reading import Carried, Reading
from s2s_demo.reading.stand_ins import stand_ins
from s2s_demo.reading.typed import Typed
from s2s_demo.text import EOS, SPACE, SPECIAL, UNK, Tokenizer
from s2s_demo.text.tokenizer import byte_of

_Notices = list[tuple[str, str]]


class Reader:
    """Reads for one model: it knows the characters and pieces of its tokenizer, and its languages ("" for none)."""

    def __init__(self, tokenizer: Tokenizer, source: str, target: str) -> None:
        self.tokenizer, self.source, self.target = tokenizer, source, target
        self._characters = frozenset("".join(piece for piece in tokenizer.pieces[len(SPECIAL) :] if byte_of(piece) is None))
        self._numbers = {piece: number for number, piece in enumerate(tokenizer.pieces)}

    @cached_property
    def _capitals(self) -> Capitals:
        return Capitals(self.tokenizer, self.source)

    @cached_property
    def _names(self) -> Names:
        return Names(self.tokenizer, self.source, self.target)

    def read(self, sentence: str, also: frozenset[str] = frozenset(), turn: int = 0) -> Reading:
        """A normalised sentence as the model reads it.

        `also` are names and numbers to carry over that a model usually writes by itself; another `turn` takes
        other stand-ins.
        """
        notices: _Notices = []
        if not (self.source and self.target):
            text = self._noted("forms", folding.plain_forms(Typed.of(sentence), self._knows), Typed.of(sentence), notices)
            text = self._noted("case", folding.in_known_case(text, self._knows), text, notices)
            shouted = any(key == "reading.case" for key, _ in notices) and sentence == sentence.upper()
            self._note_unknown(text.read, notices)
            return self._reading(sentence, text, [], shouted, notices, also)
        text = self._folded(sentence, notices)
        items = self._items(text.read, also)
        text, is_shouted = self._small(text, items, notices)
        text, kept = self._with_stand_ins(text, items, turn)
        if kept:
            notices.append(("reading.carried", ", ".join(f"“{item.text}”" for item, _, _ in kept)))
        return self._reading(sentence, text, kept, is_shouted, notices, also)

    def again(self, reading: Reading, tokens: Sequence[str], written: str, turn: int) -> Reading | None:
        """Another reading where a translation lost something that must be in it; None where all is there."""
        if not (self.source and self.target):
            return None
        lost = frozenset(
            reading.read[item.start : item.end]
            for item in looks.large_numbers(reading.read)
            if not looks.has_digits_of(reading.read[item.start : item.end], written)
        ) | frozenset(self._names.lost(reading.read, written) if self.source != "zh" else ())
        lost -= reading.also
        if not lost and reading.is_whole(tokens):
            return None
        return self.read(reading.text, reading.also | lost, turn)

    def _knows(self, character: str) -> bool:
        return character in self._characters or character == " "

    def _folded(self, sentence: str, notices: _Notices) -> Typed:
        typed = Typed.of(sentence)
        text = self._noted("forms", folding.without_entities(typed), typed, notices)
        text = self._noted("forms", folding.plain_forms(text, self._knows), text, notices)
        if self.source == "zh":
            close = folding.without_spaces(text)
            if close != text:
                notices.append(("reading.spaces", ""))
            text = self._noted("simplified", folding.in_simplified(close), close, notices)
        return text

    @staticmethod
    def _noted(step: str, after: Typed, before: Typed, notices: _Notices) -> Typed:
        """`after`, when it has been noted what `before` read as it was typed."""
        if after != before:
            seen = set(before.differences())
            notices.append((f"reading.{step}", ", ".join(f"“{typed}”" for typed in after.differences() if typed not in seen)))
        return after

    def _note_unknown(self, text: str, notices: _Notices) -> None:
        unknown = dict.fromkeys(c for c in text if not self._knows(c))
        if unknown and UNK in self.tokenizer.encode(text):
            notices.append(("reading.unknown", ", ".join(f"“{character}”" for character in unknown)))

    def _items(self, text: str, also: frozenset[str]) -> list[Item]:
        """What is carried over, in order; where two overlap, the first kind counts."""
        found: list[Item] = []
        for item in self._candidates(text, also):
            if all(item.end <= other.start or other.end <= item.start for other in found):
                found.append(item)
        found.sort(key=lambda item: item.start)
        if not any(c.isalnum() for c in _without(text, [item for item in found if item.kind == MARK])):
            found = [Item(item.start, item.end, THING if item.kind == MARK else item.kind) for item in found]
        return found

    def _candidates(self, text: str, also: frozenset[str]) -> Iterator[Item]:
        for item in looks.shapes(text):
            if item.kind != MARK or not all(map(self._knows, text[item.start : item.end])):
                yield item
        for item in looks.foreign_words(text, self.source == "zh"):
            if len(self.tokenizer.encode(text[item.start : item.end])) > 1:
                yield item
        for item in (*looks.large_numbers(text), *looks.capitalised(text)):
            if text[item.start : item.end] in also:
                yield item

    def _small(self, text: Typed, items: Sequence[Item], notices: _Notices) -> tuple[Typed, bool]:
        """Without capitals that shout, except in what is carried over."""
        hidden = text.with_parts([(item.start, item.end, "\0" * (item.end - item.start)) for item in items])
        lowered, is_shouted = self._capitals.lowered(hidden)
        shown = lowered.with_parts([(item.start, item.end, text.read[item.start : item.end]) for item in items])
        if is_shouted:
            notices.append(("reading.capitals", ""))
            return shown, True
        return self._noted("small", shown, text, notices), False

    def _with_stand_ins(
        self, text: Typed, items: Sequence[Item], turn: int
    ) -> tuple[Typed, list[tuple["_Kept", int, frozenset[int]]]]:
        """The text with stand-ins and without marks; what is carried, where it stands there, the forms to find it by."""
        parts: list[tuple[int, int, str]] = []
        kept: list[tuple[_Kept, int, frozenset[int]]] = []
        used: set[int] = set()
        shift = 0
        for item in items:
            start, end, word, forms = item.start, item.end, "", frozenset[int]()
            one = _Kept.of(text, item)
            if item.kind == MARK:
                end += text.read[start - 1 : start] in ("", " ") and text.read[end : end + 1] == " "
                start -= text.read[start - 1 : start] == " " and end == item.end
            else:
                word, forms = self._stand_in(item.kind, text.read, used, turn)
                if not word:
                    continue
                used |= forms
                if self.source == "zh":
                    start -= text.read[start - 1 : start] == " "
                    end += text.read[end : end + 1] == " "
            kept.append((one, start + shift, forms))
            parts.append((start, end, word))
            shift += len(word) - (end - start)
        return text.with_parts(parts), kept

    def _stand_in(self, kind: str, text: str, used: set[int], turn: int) -> tuple[str, frozenset[int]]:
        choices = stand_ins(kind, self.source, self.target)
        for word, pieces in choices[turn % len(choices) :] + choices[: turn % len(choices)]:
            forms = frozenset(self._numbers[piece] for piece in pieces if piece in self._numbers)
            if forms and not forms & used and not re.search(rf"(?<!\w){word}", text):
                return word, forms
        return "", frozenset()

    def _reading(
        self,
        sentence: str,
        text: Typed,
        kept: Sequence[tuple["_Kept", int, frozenset[int]]],
        is_shouted: bool,
        notices: _Notices,
        also: frozenset[str],
    ) -> Reading:
        ids, spans = self.tokenizer.encode(text.read), self.tokenizer.spans(text.read)
        names = [self.tokenizer.pieces[i] for i in ids]
        tokens = [_as_typed(name, text, *span) for name, span in zip(names, spans, strict=True)]
        carried = tuple(
            Carried(one.text, sum(end <= place for _, end in spans), forms, one.opens, one.space_before, one.space_after)
            for one, place, forms in kept
        )
        return Reading(
            sentence, text.read, (*ids, EOS), (*tokens, SPECIAL[EOS]), carried, is_shouted, tuple(notices), also
        )


class _Kept:
    """What is carried, and the spaces around it."""

    def __init__(self, text: str, opens: bool, space_before: bool, space_after: bool) -> None:
        self.text, self.opens, self.space_before, self.space_after = text, opens, space_before, space_after

    @classmethod
    def of(cls, text: Typed, item: Item) -> "_Kept":
        before, after = text.read[: item.start][-1:] or " ", text.read[item.end :][:1] or " "
        written = text.read[item.start : item.end]
        is_tag = written.startswith("<")
        apart = item.kind == MARK and not is_tag  # emoji are set apart from letters, also where Chinese has no spaces
        return cls(written, is_tag and written[1].isalpha(), before == " " or apart, after == " " or apart)


def _without(text: str, items: Sequence[Item]) -> str:
    for item in reversed(items):
        text = text[: item.start] + text[item.end :]
    return text


def _as_typed(piece: str, text: Typed, start: int, end: int) -> str:
    """A piece, or what was typed where it reads something else."""
    typed = text.part(start, end)
    if typed == text.read[start:end] or not typed or piece in SPECIAL:
        return piece
    return SPACE * piece.startswith(SPACE) + typed.replace(" ", SPACE)
