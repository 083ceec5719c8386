"""Edits replayed: what a model writes when it is made to write, look or read otherwise.

After each edit the words before it stay, and the case's own strategy goes on from there; an edit that changes nothing
leaves every word in its place, even where a search that starts anew would find others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from s2s_demo.decoding import Strategy, best_path, search
from s2s_demo.decoding.strategy import Candidates
from s2s_demo.decoding.trace import Booleans, Floats, Integers
from s2s_demo.errors import InputError, SettingError
from s2s_demo.explain.case import Case
from s2s_demo.explain.edits import Drop, Edit, EditOfLooks, Write
from s2s_demo.explain.walk import Change, Twin, walk
from s2s_demo.model import Look, Memory
from s2s_demo.text import EOS

SAME = 1e-6  # looks that differ by no more than that are one look


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

    def start(self, sentences: int) -> Floats:
        return self.strategy.start(sentences)

    def choose(self, log_probs: Tensor, totals: Floats, step: int) -> Candidates:
        if step < len(self.prefix):
            others = torch.ones(log_probs.shape[-1], dtype=torch.bool, device=log_probs.device)
            others[self.prefix[step]] = False
            log_probs = log_probs.masked_fill(others, float("-inf"))
        return self.strategy.choose(log_probs, totals, step)

    def is_done(self, best_finished: Floats, finished: Integers, totals: Floats, limits: Integers) -> Booleans:
        return self.strategy.is_done(best_finished, finished, totals, limits)


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
        return case.model.decoder.attention.under(alignment[None], own, memory)

    return change if looks else None


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
