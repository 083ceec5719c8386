"""What if it had written, looked or read otherwise?  Each change at its true price.

Edits are replayed in order.  After each, the words before it stay, and the model's own strategy goes on from there;
an edit that changes nothing leaves every word in its place, even where a search that starts anew would find others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.decoding import Strategy, best_path, forced_log_probs, search
from s2s_demo.decoding.strategy import Candidates
from s2s_demo.errors import InputError, SettingError
from s2s_demo.explain.case import Case
from s2s_demo.explain.edits import Drop, Edit, EditOfLooks, Write
from s2s_demo.explain.walk import Change, Twin, prices, walk
from s2s_demo.model import Look, Memory
from s2s_demo.text import EOS, Batch

SAME = 1e-6  # looks that differ by no more than that are one look


@dataclass(frozen=True)
class PricedWord:
    """A written word: its steps (from 1), and log p (nats) by the model itself and under the edits.

    `instead_of` is the number (from 1) of the old word in whose place it stands, None where there is none; `delta`
    is how much more the model itself likes the new word in its place than it liked the old one in its.
    """

    text: str
    steps: tuple[int, ...]
    log_prob: float
    edited_log_prob: float
    instead_of: int | None = None
    delta: float | None = None


@dataclass(frozen=True)
class Priced:
    """A translation and what it costs: Σ log p by the model itself, and under the edits."""

    text: str
    tokens: tuple[str, ...]
    log_probs: tuple[float, ...]
    words: tuple[PricedWord, ...]
    total_log_prob: float
    edited_total_log_prob: float


@dataclass(frozen=True)
class WhatIf:
    """What came of a list of edits; `delta` = new - old Σ log p by the model itself, `alignment` [T, S] as used."""

    edits: tuple[Edit, ...]
    old: Priced
    new: Priced
    delta: float
    edited_delta: float
    changed: bool
    alignment: NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Onwards(Strategy):
    """A strategy that must begin with given tokens."""

    name = "onwards"
    prefix: tuple[int, ...]
    strategy: Strategy

    @property
    def width(self) -> int:
        return self.strategy.width

    @property
    def returned(self) -> int:
        return self.strategy.returned

    @property
    def alpha(self) -> float:
        return self.strategy.alpha

    @property
    def branching(self) -> int:
        return self.strategy.branching

    def start(self, sentences: int, device: torch.device) -> Tensor:
        return self.strategy.start(sentences, device)

    def choose(self, log_probs: Tensor, totals: Tensor, step: int) -> Candidates:
        if step < len(self.prefix):
            others = torch.ones(log_probs.shape[-1], dtype=torch.bool, device=log_probs.device)
            others[self.prefix[step]] = False
            log_probs = log_probs.masked_fill(others, float("-inf"))
        return self.strategy.choose(log_probs, totals, step)

    def is_done(self, best_finished: Tensor, finished: Tensor, totals: Tensor, limits: Tensor) -> Tensor:
        return self.strategy.is_done(best_finished, finished, totals, limits)


def what_if(case: Case, edits: Sequence[Edit]) -> WhatIf:
    """What a list of edits comes to, and what it costs; raises as `replay` does."""
    now = replay(case, edits)
    change, dropped = change_of(case, edits), dropped_by(case, edits)
    rows, looked = forced_prices(case, list(dict.fromkeys([case.written, now.written])))
    old_prices, new_prices = rows[0], rows[-1]
    edited = new_prices
    if change or dropped is not None:
        _, steps = walk(now, now.written, change, dropped)
        edited = prices(steps, now.written)
        looked = torch.stack([step.seen.used.alignment[0, 0] for step in steps])
    old = priced(case, old_prices, old_prices)
    new = priced(now, new_prices, edited)
    new = replace(new, words=_beside(old.words, new.words))
    return WhatIf(
        tuple(edits),
        old,
        new,
        new.total_log_prob - old.total_log_prob,
        new.edited_total_log_prob - old.total_log_prob,
        now.written != case.written,
        looked.float().cpu().numpy(),
    )


def replay(case: Case, edits: Sequence[Edit]) -> Case:
    """The case after a list of edits; SettingError or InputError where one makes no sense by the time it comes."""
    now = case
    for count, edit in enumerate(edits, start=1):
        edit.check(now)
        now = _after(now, edits[:count])
    return now


def change_of(case: Case, edits: Sequence[Edit]) -> Change | None:
    """All edits of looks as one change, each on what the one before it left; None where there is none."""
    looks = [edit for edit in edits if isinstance(edit, EditOfLooks)]

    def change(step: int, own: Look, memory: Memory) -> Look:
        alignment = own.alignment[0]
        for edit in looks:
            if edit.acts(step):
                alignment = edit.edited(alignment, memory.mask[0], case.source_words, step)
        return look_of(alignment[None], own, memory)

    return change if looks else None


def look_of(alignment: Tensor, own: Look, memory: Memory) -> Look:
    """The look with another alignment [B, Q, S]; the energies stay the model's own."""
    return Look(alignment.to(memory.annotations.dtype) @ memory.annotations, alignment, own.energies)


def dropped_by(case: Case, edits: Sequence[Edit]) -> Tensor | None:
    """True at the source positions [1, S] that edits drop; None where they drop none."""
    words = {edit.source for edit in edits if isinstance(edit, Drop)}
    if not words:
        return None
    if len(words) == len(case.source_words):
        raise SettingError("explain.drop-all")
    dropped = torch.zeros_like(case.batch[1])
    for word in words:
        dropped[:, list(case.source_words[word - 1].positions)] = True
    return dropped


def _after(case: Case, edits: Sequence[Edit]) -> Case:
    """The case after the last of the edits."""
    edit = edits[-1]
    change, dropped = change_of(case, edits), dropped_by(case, edits)
    if isinstance(edit, Write):
        written = edit.tokens(case)
        start = edit.step - 1
        if list(case.written[start : start + len(written)]) == written:
            return case
        return case.writing(go_on(case, [*case.written[:start], *written], change, dropped))
    if isinstance(edit, EditOfLooks) and not _changes_looks(case, edits[:-1], edits):
        return case
    if isinstance(edit, Drop) and edit in edits[:-1]:
        return case
    return case.writing(go_on(case, case.written[: edit.begins - 1], change, dropped))


def _changes_looks(case: Case, before: Sequence[Edit], after: Sequence[Edit]) -> bool:
    """Whether the last edit of looks makes any difference to what was written under those before it."""
    edit, earlier = after[-1], change_of(case, before)
    assert isinstance(edit, EditOfLooks)
    memory, steps = walk(case, case.written[: edit.step], change_of(case, after), dropped_by(case, before))
    return any(
        not torch.allclose(
            (earlier(number, step.seen.own, memory) if earlier else step.seen.own).alignment,
            step.seen.used.alignment,
            rtol=0,
            atol=SAME,
        )
        for number, step in enumerate(steps, start=1)
    )


def go_on(case: Case, prefix: Sequence[int], change: Change | None = None, dropped: Tensor | None = None) -> list[int]:
    """The tokens that the case's strategy finds from a prefix on, the prefix among them."""
    if prefix and prefix[-1] == EOS:
        return list(prefix)
    if len(prefix) >= case.limit:
        raise InputError("explain.no-room", limit=case.limit)
    strategy = Onwards(prefix=tuple(prefix), strategy=case.strategy, max_length=case.strategy.max_length)
    (trace,) = search(Twin(case.model, change, dropped), *case.batch, strategy, case.translator.utf8)
    found, _, _ = best_path(trace, len(case.source))
    if not found:
        raise InputError("explain.no-way-on", text=case.text(prefix)[-40:])
    return list(found)


def forced_prices(case: Case, targets: Sequence[Sequence[int]]) -> tuple[list[list[float]], Tensor]:
    """log p of each token of some targets by the model itself, and where it looks during the last of them [T, S]."""
    batch = Batch.of([(case.source[:-1], target[:-1]) for target in targets]).to(case.translator.device)
    log_probs, alignment = forced_log_probs(case.model, batch)
    rows = [row[: len(target)].tolist() for row, target in zip(log_probs, targets, strict=True)]
    return rows, alignment[-1, : len(targets[-1])]


def priced(case: Case, own: Sequence[float], edited: Sequence[float]) -> Priced:
    """What a case has written, given the price of each token."""
    ids = case.written
    words = tuple(
        PricedWord(
            word.text,
            tuple(place + 1 for place in word.positions),
            sum(own[place] for place in word.positions),
            sum(edited[place] for place in word.positions),
        )
        for word in case.written_words
    )
    pieces = case.translator.tokenizer.pieces
    return Priced(case.text(ids), tuple(pieces[i] for i in ids), tuple(own), words, sum(own), sum(edited))


def _beside(old: Sequence[PricedWord], new: Sequence[PricedWord]) -> tuple[PricedWord, ...]:
    """The new words, each with the old one in whose place it stands."""
    found = list(new)
    matcher = SequenceMatcher(None, [word.text for word in old], [word.text for word in new], autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and i_end - i == j_end - j):
            for a, b in zip(range(i, i_end), range(j, j_end), strict=True):
                found[b] = replace(new[b], instead_of=a + 1, delta=new[b].log_prob - old[a].log_prob)
    return tuple(found)
