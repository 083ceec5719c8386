"""What a visitor may change: plain records, so that a list of them can be undone, kept in a link, and replayed.

Write            other words from a step on
Weigh            how much one source word weighs in the look of one step; the others share the rest
Uniform, Shuffled, Off    the look of one step, or (step None) of all
Drop             a source word, which is then neither read nor looked at
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor

from s2s_demo.decoding.search import NEVER_WRITTEN
from s2s_demo.errors import InputError, SettingError, check_choice, check_range, check_whole
from s2s_demo.explain.case import Case, check_looks
from s2s_demo.settings import from_dict
from s2s_demo.text import SPACE, Word


@dataclass(frozen=True)
class Edit(ABC):
    """One change; `check` raises where it makes no sense for a case."""

    name: ClassVar[str]

    @property
    @abstractmethod
    def begins(self) -> int:
        """The first step that it can change."""

    @abstractmethod
    def check(self, case: Case) -> None:
        """Raise SettingError or InputError with what is allowed."""


@dataclass(frozen=True, kw_only=True)
class Write(Edit):
    """From `step` on write a text that somebody typed, or one piece of the vocabulary by its name."""

    name: ClassVar[str] = "write"
    step: int
    text: str = ""
    piece: str = ""

    @property
    def begins(self) -> int:
        return self.step

    def check(self, case: Case) -> None:
        case.check_step(self.step)
        self.tokens(case)

    def tokens(self, case: Case) -> list[int]:
        """What is written, as token numbers."""
        if bool(self.text) == bool(self.piece):
            raise SettingError("explain.write-one")
        pieces = case.translator.tokenizer.pieces
        if self.text:
            tokens = case.tokens_of(self.text)
            return _without_space(tokens, pieces) if self.step > 1 and not case.spaced else tokens
        if self.piece not in pieces or pieces.index(self.piece) in NEVER_WRITTEN:
            raise InputError("explain.no-piece", piece=self.piece[:40], name=case.translator.name)
        return [pieces.index(self.piece)]


@dataclass(frozen=True, kw_only=True)
class EditOfLooks(Edit):
    """Another look at one step, or at every step (None)."""

    step: int | None = None

    @property
    def begins(self) -> int:
        return 1 if self.step is None else self.step

    def check(self, case: Case) -> None:
        check_looks(case)
        if self.step is not None:
            case.check_step(self.step)

    def acts(self, step: int) -> bool:
        return self.step is None or self.step == step

    @abstractmethod
    def edited(self, alignment: Tensor, alive: Tensor, words: Sequence[Word], step: int) -> Tensor:
        """alignment [Q, S], alive [S] (True where one can look) -> the alignment in its place, [Q, S]."""


@dataclass(frozen=True, kw_only=True)
class Weigh(EditOfLooks):
    r"""Give a source word the weight $w$; the others keep their proportions: $\alpha_j (1 - w) / (1 - \alpha_i)$."""

    name: ClassVar[str] = "weigh"
    source: int
    weight: float

    def check(self, case: Case) -> None:
        super().check(case)
        case.check_source_word(self.source)
        check_range("weight", self.weight, 0, 1)

    def edited(self, alignment: Tensor, alive: Tensor, words: Sequence[Word], step: int) -> Tensor:
        chosen = torch.zeros_like(alive)
        chosen[list(words[self.source - 1].positions)] = True
        rest = max(float(alignment.sum()) - self.weight, 0)  # a row may sum to less than 1
        parts = [(chosen & alive, self.weight), (~chosen & alive, rest)]
        if not all(bool(part.any()) for part, _ in parts):
            return alignment
        return sum((weight * _shares(alignment, part) for part, weight in parts), torch.zeros_like(alignment))


@dataclass(frozen=True, kw_only=True)
class Uniform(EditOfLooks):
    """Look at all source pieces alike."""

    name: ClassVar[str] = "uniform"

    def edited(self, alignment: Tensor, alive: Tensor, words: Sequence[Word], step: int) -> Tensor:
        return (alive / alive.sum()).to(alignment.dtype).expand_as(alignment)


@dataclass(frozen=True, kw_only=True)
class Shuffled(EditOfLooks):
    """The same weights at other places; the same seed gives the same places."""

    name: ClassVar[str] = "shuffled"
    seed: int = 0

    def check(self, case: Case) -> None:
        super().check(case)
        check_whole("seed", self.seed, 0, 2**40)

    def edited(self, alignment: Tensor, alive: Tensor, words: Sequence[Word], step: int) -> Tensor:
        chance = torch.Generator().manual_seed(self.seed * 1_000_003 + step)
        places = alive.nonzero()[:, 0]
        other = places[torch.randperm(len(places), generator=chance).to(places.device)]
        moved = alignment.clone()
        moved[:, places] = alignment[:, other]
        return moved


@dataclass(frozen=True, kw_only=True)
class Off(EditOfLooks):
    """Look at nothing: the context is zero."""

    name: ClassVar[str] = "off"

    def edited(self, alignment: Tensor, alive: Tensor, words: Sequence[Word], step: int) -> Tensor:
        return torch.zeros_like(alignment)


@dataclass(frozen=True, kw_only=True)
class Drop(Edit):
    """Read the sentence without a source word: its embedding is zero, and nothing can look at it."""

    name: ClassVar[str] = "drop"
    source: int

    @property
    def begins(self) -> int:
        return 1

    def check(self, case: Case) -> None:
        case.check_source_word(self.source)


EDITS: dict[str, type[Edit]] = {made.name: made for made in (Write, Weigh, Uniform, Shuffled, Off, Drop)}


def edit_from(plain: object) -> Edit:
    """An edit from plain data such as `{"name": "drop", "source": 3}`; SettingError where it is none."""
    if not isinstance(plain, Mapping):
        raise SettingError("explain.no-edit", names=", ".join(EDITS))
    given = dict(plain)
    name = given.pop("name", "")
    check_choice("edit", str(name), EDITS)
    return from_dict(EDITS[str(name)], given)


def plain_edit(edit: Edit) -> dict[str, Any]:
    """An edit as plain data, which `edit_from` reads."""
    return {"name": edit.name, **asdict(edit)}


def _without_space(tokens: list[int], pieces: Sequence[str]) -> list[int]:
    """Tokens without the space that every typed text begins with, where the vocabulary has such pieces."""
    first = pieces[tokens[0]].removeprefix(SPACE)
    if not first:
        return tokens[1:] or tokens
    return [pieces.index(first), *tokens[1:]] if first in pieces else tokens


def _shares(alignment: Tensor, part: Tensor) -> Tensor:
    """alignment [Q, S] on some places alone, summing to 1 there; all alike where it was 0 there."""
    there = alignment.masked_fill(~part, 0)
    total = there.sum(dim=-1, keepdim=True)
    even = (part / part.sum()).to(alignment.dtype).expand_as(alignment)
    return torch.where(total > 0, there / total.clamp_min(torch.finfo(total.dtype).tiny), even)
