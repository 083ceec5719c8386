"""From what a model wrote to the visitor's form: what was carried over in its place, capitals as they were typed."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from s2s_demo.languages import language_of
from s2s_demo.reading.reading import Reading
from s2s_demo.text import BOS, EOS, PAD, SPACE, UNK, Tokenizer, normalise, typeset
from s2s_demo.text.words import spelling


class Writer:
    """Writes the translations of one model, in its target language."""

    def __init__(self, tokenizer: Tokenizer, target: str) -> None:
        self.tokenizer, self.target = tokenizer, target

    def write(self, reading: Reading, ids: Sequence[int], alignment: NDArray[np.float32]) -> str:
        """A hypothesis as text; alignment [T, S] says where a mark, or a stand-in that is not there, belongs."""
        if not reading.carried:
            text = typeset(self.tokenizer.decode(ids), self.target)
            return text.upper() if reading.is_shouted else text
        if reading.is_all_carried:
            return reading.text
        forms = frozenset().union(*(carried.forms for carried in reading.carried))
        kept = [
            t
            for t, number in enumerate(ids)
            if number not in (PAD, BOS, EOS) and not (t and number in forms and ids[t - 1] == number)
        ]
        words = [self._word(ids[t], reading) for t in kept]
        before, after = self._placed(reading, [ids[t] for t in kept], alignment[kept], words)
        written: list[str] = []
        for t in range(-1, len(words)):
            written += before[t] + ([words[t]] if t >= 0 else []) + after[t]
        glued = [
            piece.removeprefix(SPACE) if last.endswith("\0") else piece
            for last, piece in zip(["", *written], written, strict=False)
        ]
        spelt = b"".join(spelling(piece.rstrip("\0")) for piece in glued).decode(errors="replace")
        return typeset(normalise(spelt.replace(SPACE, " ")), self.target)

    def _word(self, number: int, reading: Reading) -> str:
        piece = self.tokenizer.pieces[number]
        for carried in reading.carried:
            if number in carried.forms:
                return SPACE * piece.startswith(SPACE) + carried.text
        if number == UNK:
            return f"{SPACE}⁇"
        return piece.upper() if reading.is_shouted else piece

    def _placed(
        self, reading: Reading, ids: Sequence[int], alignment: NDArray[np.float32], words: Sequence[str]
    ) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
        """What goes in front of and behind each target piece (-1: in front of all)."""
        before: defaultdict[int, list[str]] = defaultdict(list)
        after: defaultdict[int, list[str]] = defaultdict(list)
        last = len(reading.ids) - 1  # <eos>
        for carried in reading.carried:
            if carried.forms & set(ids):
                continue
            text = SPACE * carried.space_before + carried.text + "\0" * (not carried.space_after)
            if not words or (carried.place == 0 and not carried.forms):
                after[-1].append(text)
            elif carried.place >= last:
                after[len(words) - 1].append(text)
            elif carried.opens:
                before[self._start(self._looking(alignment, carried.place), words)].append(text)
            else:
                source = carried.place if carried.forms else carried.place - 1
                after[self._end(self._looking(alignment, source), words)].append(text)
        return before, after

    @staticmethod
    def _looking(alignment: NDArray[np.float32], source: int) -> int:
        """The target piece that looks most at a source piece."""
        return int(alignment[:, source].argmax())

    def _start(self, place: int, words: Sequence[str]) -> int:
        while language_of(self.target).spaced and place > 0 and not words[place].startswith(SPACE):
            place -= 1
        return place

    def _end(self, place: int, words: Sequence[str]) -> int:
        if not language_of(self.target).spaced:
            return place
        while place + 1 < len(words) and words[place + 1][0].isalnum():
            place += 1
        return place
