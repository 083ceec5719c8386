"""What if it had written, looked or read otherwise?  Each list of edits at its true price."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from s2s_demo.explain.case import Case
from s2s_demo.explain.edits import Edit, Write
from s2s_demo.explain.forced import forced_prices
from s2s_demo.explain.replay import Replayed, replay


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


def what_if(
    case: Case,
    edits: Sequence[Edit],
    replayed: Replayed | None = None,
    own: tuple[Sequence[float], Sequence[float]] | None = None,
) -> WhatIf:
    """What is written when a case's edits are replayed, beside what was written without them.

    `replayed` is what came of them, and `own` the prices of the old and the new tokens, where they are known already.
    """
    replayed = replayed or replay(case, edits)
    now = replayed.case
    if own is None:
        prices = forced_prices(case, list(dict.fromkeys([case.written, now.written])))
        own = prices[0], prices[-1]
    old_prices, new_prices = own
    looked = any(not isinstance(edit, Write) for edit in edits)
    old = priced(case, old_prices, old_prices)
    new = priced(now, new_prices, replayed.log_probs if looked else new_prices)
    new = replace(new, words=_beside(old.words, new.words))
    return WhatIf(
        tuple(edits),
        old,
        new,
        new.total_log_prob - old.total_log_prob,
        new.edited_total_log_prob - old.total_log_prob,
        now.written != case.written,
        replayed.looks,
    )


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
