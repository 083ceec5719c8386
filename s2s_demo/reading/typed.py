"""A text as it is read, beside what was typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

Replacement = Callable[[str], str]


@dataclass(frozen=True)
class Typed:
    """A text as it is read and, for each of its characters, what was typed there (several characters, or none)."""

    read: str
    typed: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Typed":
        return cls(text, tuple(text))

    def part(self, start: int, end: int) -> str:
        """What was typed where read[start:end] stands."""
        return "".join(self.typed[start:end])

    def replaced(self, pattern: re.Pattern[str], by: Replacement) -> "Typed":
        """Every match read as what `by` makes of it.

        What was typed is remembered by character where the length stays, else by the first character of all.
        """
        return self.with_parts([(*found.span(), by(found[0])) for found in pattern.finditer(self.read)])

    def with_parts(self, parts: list[tuple[int, int, str]]) -> "Typed":
        """The parts (start, end, text) read as these texts; they come in order and do not overlap."""
        read, typed, at = "", list[str](), 0
        for start, end, text in parts:
            read += self.read[at:start] + text
            typed += self.typed[at:start]
            if len(text) == end - start:
                typed += self.typed[start:end]
            elif text:
                typed += [self.part(start, end), *[""] * (len(text) - 1)]
            at = end
        return Typed(read + self.read[at:], (*typed, *self.typed[at:]))

    def differences(self) -> list[str]:
        """Each stretch that was typed otherwise than it is read, as typed."""
        stretches: list[str] = []
        was_same = True
        for read, typed in zip(self.read, self.typed, strict=True):
            is_same = read == typed
            if not is_same:
                stretches = [*stretches, typed] if was_same else [*stretches[:-1], stretches[-1] + typed]
            was_same = is_same
        return stretches
