"""What a model reads of a typed sentence, and what of it is carried over: plain records."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from s2s_demo.signals import Features
from s2s_demo.text import SPACE, Row


@dataclass(frozen=True)
class Carried:
    """A stretch of a sentence that is written as it was typed.

    `forms` are the numbers of the pieces that write its stand-in in the translation; a mark has none: it was
    left out, and goes where the word at `place` among the source tokens went (in front of it if it `opens`).
    """

    text: str
    place: int
    forms: frozenset[int] = frozenset()
    opens: bool = False
    space_before: bool = True
    space_after: bool = True


@dataclass(frozen=True)
class Reading:
    """A sentence as typed (`text`, and `tokens` with the final `<eos>`), and as read (`read`, and its `ids`).

    `notices` are what a visitor should know: keys of the table of words, each with what it is about.  `features` are
    what the model reads where the source is a `signal`, no text.
    """

    text: str
    read: str
    ids: tuple[int, ...]
    tokens: tuple[str, ...]
    carried: tuple[Carried, ...] = ()
    is_shouted: bool = False
    notices: tuple[tuple[str, str], ...] = ()
    also: frozenset[str] = frozenset()
    is_all_carried: bool = False
    signal: str = ""
    features: Features | None = field(default=None, compare=False, repr=False)

    @property
    def row(self) -> Row:
        """What the model reads, without the end."""
        return self.ids[:-1] if self.features is None else self.features

    def pieces(self, pieces: Sequence[str]) -> Sequence[str]:
        """The pieces by their numbers, where those of a stand-in write what it stands for."""
        if not any(carried.forms for carried in self.carried):
            return pieces
        named = list(pieces)
        for carried in self.carried:
            for form in carried.forms:
                named[form] = SPACE * named[form].startswith(SPACE) + carried.text
        return named

    def is_whole(self, tokens: Sequence[str]) -> bool:
        """Whether a translation has all that took a stand-in's place, once."""
        written = [token.removeprefix(SPACE) for token in tokens]
        wanted = [carried.text for carried in self.carried if carried.forms]
        return all(written.count(text) == wanted.count(text) for text in wanted)
