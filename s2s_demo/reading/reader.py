"""From a typed sentence to what a model reads."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from s2s_demo.reading import carried as looks
from s2s_demo.reading import folding
from s2s_demo.reading.capitals import Capitals
from s2s_demo.reading.carried import Item
from s2s_demo.reading.carrying import Carrying, characters_of, is_empty_without
from s2s_demo.reading.names import Names
from s2s_demo.reading.reading import Carried, Reading
from s2s_demo.reading.typed import Typed
from s2s_demo.text import EOS, SPACE, SPECIAL, UNK, Tokenizer

Notices = list[tuple[str, str]]


class Reader:
    """Reads for one model: it knows the characters and pieces of its tokenizer, and its languages ("" for none)."""

    def __init__(self, tokenizer: Tokenizer, source: str, target: str) -> None:
        self._tokenizer, self._source, self._target = tokenizer, source, target
        self._is_between_languages = bool(source and target)
        self._knows = characters_of(tokenizer).__contains__

    @cached_property
    def _capitals(self) -> Capitals:
        return Capitals(self._tokenizer, self._source)

    @cached_property
    def _carrying(self) -> Carrying:
        return Carrying(self._tokenizer, self._source, self._target, self._capitals)

    @cached_property
    def _names(self) -> Names:
        return Names(self._tokenizer, self._source, self._target)

    def read(self, sentence: str, also: frozenset[str] = frozenset(), turn: int = 0) -> Reading:
        """A normalised sentence as the model reads it.

        `also` are names and numbers to carry over that a model usually writes by itself; another `turn` takes
        other stand-ins.
        """
        notices: Notices = []
        if not self._is_between_languages:
            return self._read_letters(sentence, notices)
        text = self._folded(sentence, notices)
        items = self._carrying.items(text.read, also)
        is_all_carried = bool(items) and is_empty_without(text.read, items)
        text, is_shouted = self._small(text, items, notices)
        exchanged = self._carrying.exchange(text, items, turn)
        if exchanged.carried:
            notices.append(("reading.carried", _quoted([carried.text for carried in exchanged.carried])))
        if self._source == "zh":  # in other languages, words with such characters are carried over
            self._name_unknown(exchanged.text.read, notices)
        reading = self._reading(sentence, exchanged.text, exchanged.carried, notices)
        return replace(reading, is_shouted=is_shouted, also=also, is_all_carried=is_all_carried)

    def again(self, reading: Reading, tokens: Sequence[str], written: str, turn: int) -> Reading | None:
        """Another reading where a translation lost something that must be in it; None where all is there."""
        if not self._is_between_languages:
            return None
        numbers = (reading.read[item.start : item.end] for item in looks.large_numbers(reading.read))
        lost = {number for number in numbers if not looks.has_digits_of(number, written)}
        if self._source == "zh":
            words = (reading.read[item.start : item.end] for item in looks.foreign_words(reading.read, True))
            lost |= {word for word in words if word.casefold() not in written.casefold()}
        else:
            lost |= set(self._names.lost(reading.read, written))
        if lost <= reading.also and reading.is_whole(tokens):
            return None
        return self.read(reading.text, reading.also | lost, turn)

    def _read_letters(self, sentence: str, notices: Notices) -> Reading:
        """For a model of no language: the characters that it knows."""
        typed = Typed.of(sentence)
        plain = _noted("reading.forms", folding.plain_forms(typed, self._knows), typed, notices)
        text = _noted("reading.case", folding.in_known_case(plain, self._knows), plain, notices)
        is_shouted = text.read != plain.read and sentence == sentence.upper()
        if UNK in self._tokenizer.encode(text.read):
            self._name_unknown(text.read, notices)
        return replace(self._reading(sentence, text, (), notices), is_shouted=is_shouted)

    def _name_unknown(self, read: str, notices: Notices) -> None:
        unknown = dict.fromkeys(character for character in read if not self._knows(character))
        if unknown:
            notices.append(("reading.unknown", _quoted(list(unknown))))

    def _folded(self, sentence: str, notices: Notices) -> Typed:
        """One form of what can be written in several ways."""
        typed = Typed.of(sentence)
        text = _noted(
            "reading.forms", folding.plain_forms(folding.without_entities(typed), self._knows), typed, notices
        )
        if self._source == "en":
            text = _noted("reading.hours", folding.in_24_hours(text), text, notices)
        text = _noted("reading.months", folding.in_whole_months(text, self._source), text, notices)
        if self._source == "zh":
            close = folding.without_spaces(text)
            if close != text:
                notices.append(("reading.spaces", ""))
            text = _noted("reading.simplified", folding.in_simplified(close), close, notices)
        return text

    def _small(self, text: Typed, items: Sequence[Item], notices: Notices) -> tuple[Typed, bool]:
        """Without capitals that shout, except in what is carried over; and whether all of it shouts."""
        hidden = text.with_parts([(item.start, item.end, "\0" * (item.end - item.start)) for item in items])
        lowered, is_shouted = self._capitals.lowered(hidden)
        shown = lowered.with_parts([(item.start, item.end, text.read[item.start : item.end]) for item in items])
        if is_shouted:
            notices.append(("reading.capitals-alone" if self._target == "zh" else "reading.capitals", ""))
            return shown, True
        return _noted("reading.small", shown, text, notices), False

    def _reading(self, sentence: str, text: Typed, carried: Sequence[Carried], notices: Notices) -> Reading:
        ids, spans = self._tokenizer.encode(text.read), self._tokenizer.spans(text.read)
        pieces = [self._tokenizer.pieces[number] for number in ids]
        tokens = (_as_typed(piece, text, *span) for piece, span in zip(pieces, spans, strict=True))
        return Reading(
            text=sentence,
            read=text.read,
            ids=(*ids, EOS),
            tokens=(*tokens, SPECIAL[EOS]),
            carried=tuple(replace(one, place=sum(end <= one.place for _, end in spans)) for one in carried),
            notices=tuple(notices),
        )


def _noted(key: str, after: Typed, before: Typed, notices: Notices) -> Typed:
    """`after`, when it has been noted what was typed otherwise."""
    if after != before:
        known = set(before.differences())
        notices.append((key, _quoted([typed for typed in after.differences() if typed not in known])))
    return after


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


def _as_typed(piece: str, text: Typed, start: int, end: int) -> str:
    """A piece, or what was typed where it reads something else: nothing, where a piece before it has that already."""
    typed = text.part(start, end)
    if typed == text.read[start:end] or piece in SPECIAL:
        return piece
    if not typed.strip():
        return ""
    return SPACE * piece.startswith(SPACE) + typed.strip(" ").replace(" ", SPACE)
