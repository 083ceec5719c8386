"""Edits replayed: what a model writes when it is made to write, look or read otherwise.

After each edit the words before it stay, and the case's own strategy goes on from there; an edit that changes nothing
leaves every word in its place, even where a search that starts anew would find others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.decoding import Strategy, log_probs_to, read_hypotheses, search
from s2s_demo.decoding.strategy import Candidates
from s2s_demo.decoding.trace import Booleans, Floats, Integers
from s2s_demo.errors import InputError, SettingError
from s2s_demo.explain.case import Case
from s2s_demo.explain.edits import Drop, Edit, EditOfLooks, Write
from s2s_demo.explain.forced import Forced, forced
from s2s_demo.explain.walk import Change, Twin, Walk, prices
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


@dataclass(frozen=True)
class Replayed:
    """What is written after some edits, with log p (nats) of each token under them and the looks that were used [T, S].

    `log_probs` and `looks` are those of the search that found the words; `before` is what was written before the last
    edit, None where there is none.
    """

    case: Case
    edits: tuple[Edit, ...]
    log_probs: tuple[float, ...]
    looks: NDArray[np.float32]
    before: "Replayed | None" = None


def replay(case: Case, edits: Sequence[Edit]) -> Replayed:
    """The case after a list of edits; SettingError or InputError where one makes no sense by the time it comes."""
    return reduce(after, edits, unedited(case, *forced(case, [case.written])))


def unedited(case: Case, found: Forced) -> Replayed:
    """A case before any edit, given what forced decoding has found."""
    return Replayed(case, (), found.log_probs, found.looks)


def after(now: Replayed, edit: Edit) -> Replayed:
    """What is written after one edit more."""
    edit.check(now.case)
    prefix, edits = _kept(now, edit), (*now.edits, edit)
    following = replace(now, edits=edits) if prefix is None else go_on(now.case, prefix, edits)
    return replace(following, before=now)


def walk_under(case: Case, edits: Sequence[Edit]) -> Walk:
    """A walk along what a case has written, under edits of looks and of the source."""
    return Walk(case, change_of(case, edits), dropped_by(case, edits))


def change_of(case: Case, edits: Sequence[Edit]) -> Change | None:
    """All edits of looks as one change, each on what the one before it left; None where there is none."""
    looks = [edit for edit in edits if isinstance(edit, EditOfLooks)]

    def change(step: int, own: Look, memory: Memory) -> Look:
        alignment, acting = own.alignment[0], [edit for edit in looks if edit.acts(step)]
        for edit in acting:
            alignment = edit.edited(alignment, memory.mask[0], case.source_words, step)
        return own if not acting else case.model.decoder.attention.under(alignment[None], own, memory)

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


def _kept(now: Replayed, edit: Edit) -> list[int] | None:
    """The tokens that must stand before a search goes on; None where the edit changes nothing."""
    written = list(now.case.written)
    if isinstance(edit, Write):
        tokens, start = edit.tokens(now.case), edit.step - 1
        return None if written[start : start + len(tokens)] == tokens else [*written[:start], *tokens]
    if isinstance(edit, EditOfLooks) and not _changes_looks(now, edit):
        return None
    if isinstance(edit, Drop) and edit in now.edits:
        return None
    return written[: edit.begins - 1]


def _changes_looks(now: Replayed, edit: EditOfLooks) -> bool:
    """Whether an edit of looks makes any difference to those that were used so far."""
    dropped, alive = dropped_by(now.case, now.edits), now.case.batch[1].cpu()
    alive = (alive if dropped is None else alive & ~dropped.cpu())[0]
    for step, look in enumerate(torch.from_numpy(now.looks), start=1):
        if edit.acts(step):
            edited = edit.edited(look[None], alive, now.case.source_words, step)[0]
            if not torch.allclose(edited, look, rtol=0, atol=SAME):
                return True
    return False


def go_on(case: Case, prefix: Sequence[int], edits: tuple[Edit, ...]) -> Replayed:
    """What the case's strategy finds from a prefix on under edits, the prefix among it."""
    if prefix and prefix[-1] == EOS:
        now = case.writing(prefix)
        steps = walk_under(now, edits).to(len(prefix))
        looks = torch.cat([step.seen.used.alignment[0] for step in steps]).float().cpu().numpy()
        return Replayed(now, edits, tuple(prices(steps, now.written)), looks)
    if len(prefix) >= case.limit:
        raise InputError("explain.no-room", limit=case.limit)
    strategy = Onwards(prefix=tuple(prefix), strategy=case.strategy, max_length=case.strategy.max_length)
    twin = Twin(case.packed, change_of(case, edits), dropped_by(case, edits))
    (trace,) = search(twin, *case.batch, strategy, case.translator.utf8)
    names = [str(token) for token in range(len(case.translator.tokenizer.pieces))]
    found = read_hypotheses(trace, names, lambda ids, _: "", 1, trace.steps[0].alignment.shape[-1])
    if not found:
        raise InputError("explain.no-way-on", text=case.text(prefix)[-40:])
    (best,) = found
    now = case.writing([int(token) for token in best.tokens])
    return Replayed(now, edits, tuple(log_probs_to(trace, best.leaf)), best.alignment)
