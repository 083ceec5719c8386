"""Every number of one decoder step, beside the encoder's numbers that it reads."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.explain.case import Case
from s2s_demo.explain.edits import Edit
from s2s_demo.explain.formulas import Formula, formulas
from s2s_demo.explain.replay import change_of, dropped_by
from s2s_demo.explain.walk import Walked, walk
from s2s_demo.model import Memory
from s2s_demo.model.decoders.transformer import Stacked
from s2s_demo.text import BOS, SPECIAL, Word

Floats = NDArray[np.float32]
LIKELIEST = 10


@dataclass(frozen=True)
class SourcePiece:
    """What the encoder knows of one source piece: its embedding, its states by name, and its annotation."""

    piece: str
    embedding: Floats
    states: dict[str, Floats]
    annotation: Floats


@dataclass(frozen=True)
class NextPiece:
    """One piece that could be written now; log_prob in nats, `rank` among all of the vocabulary."""

    piece: str
    token: int
    rank: int
    logit: float
    log_prob: float


@dataclass(frozen=True)
class StepFacts:
    """A step at a glance: the piece written at its price, and how undecided (nats) the choice and the look were."""

    step: int
    piece: str
    log_prob: float
    entropy: float
    look_entropy: float

    @property
    def probability(self) -> float:
        return math.exp(self.log_prob)


@dataclass(frozen=True)
class Inside:
    """One step of a decoder in numbers.

    `last_word` was read; `states_before` and `states_after` are [H] by the names that the decoder gives them (an
    LSTM's cells too).  query [H] asks; energies, own_alignment and alignment [S] are what it finds, context [M] what
    it sees: `alignment` is the look that was used, `own_alignment` the model's own where edits changed it.  A model
    without attention has neither query nor energies.  `heads` [N, S] are the looks of all heads of all `layers`, those
    of a layer together, where several look; what is watched, and can be changed, is the last layer.  `features` [E]
    are what `likeliest` are chosen by; `written` is the piece that was written, at its price; `others` the
    probability beyond the likeliest.
    """

    step: int
    steps: int
    last_word: str
    embedding: Floats
    states_before: dict[str, Floats]
    states_after: dict[str, Floats]
    query: Floats | None
    energies: Floats | None
    own_alignment: Floats
    alignment: Floats
    heads: Floats | None
    layers: int
    context: Floats
    features: Floats
    likeliest: tuple[NextPiece, ...]
    written: NextPiece
    others: float
    entropy: float
    source: tuple[SourcePiece, ...]
    source_words: tuple[Word, ...]
    written_words: tuple[Word, ...]
    formulas: tuple[Formula, ...]


def step(case: Case, number: int, edits: Sequence[Edit] = ()) -> Inside:
    """Look inside step `number` (from 1) of a case, under edits of its looks and its source; SettingError beyond."""
    case.check_step(number)
    for edit in edits:
        edit.check(case)
    memory, walked = walk(case, case.written[:number], change_of(case, edits), dropped_by(case, edits))
    at, seen = walked[-1], walked[-1].seen
    looks, attention = case.model.looks, case.model.decoder.attention
    pieces = case.translator.tokenizer.pieces
    likeliest = tuple(_next(case, at, int(token)) for token in at.log_probs.topk(min(LIKELIEST, len(pieces))).indices)
    return Inside(
        step=number,
        steps=len(case.written),
        last_word=pieces[case.written[number - 2]] if number > 1 else SPECIAL[BOS],
        embedding=_numbers(at.embedded),
        states_before=_states(case, at.before.hidden, at.before.cell, at.before.feed),
        states_after=_states(case, at.after.hidden, at.after.cell, at.after.feed),
        query=_numbers(seen.query[0, 0]) if looks else None,
        energies=_numbers(seen.own.energies[0, 0]) if looks else None,
        own_alignment=_numbers(seen.own.alignment[0, 0]),
        alignment=_numbers(seen.used.alignment[0, 0]),
        heads=None if at.heads is None else _numbers(at.heads),
        layers=len(attention.layers) if isinstance(attention, Stacked) else 1,
        context=_numbers(seen.used.context[0, 0]),
        features=_numbers(at.features),
        likeliest=likeliest,
        written=_next(case, at, case.written[number - 1]),
        others=max(0.0, 1 - sum(float(np.exp(piece.log_prob)) for piece in likeliest)),
        entropy=_entropy(at.log_probs.exp()),
        source=_source(case, memory, dropped_by(case, edits)),
        source_words=case.source_words,
        written_words=case.written_words,
        formulas=formulas(case.model),
    )


def overview(case: Case) -> tuple[StepFacts, ...]:
    """All steps of a case at a glance."""
    _, walked = walk(case, case.written)
    return tuple(
        StepFacts(
            number,
            case.translator.tokenizer.pieces[token],
            float(at.log_probs[token]),
            _entropy(at.log_probs.exp()),
            _entropy(at.seen.own.alignment[0, 0]),
        )
        for number, (at, token) in enumerate(zip(walked, case.written, strict=True), start=1)
    )


def _entropy(probabilities: Tensor) -> float:
    return float(torch.special.entr(probabilities.double()).sum())


@torch.no_grad()
def _source(case: Case, memory: Memory, dropped: Tensor | None) -> tuple[SourcePiece, ...]:
    model = case.model
    embedded = model.enter(*case.batch)
    if dropped is not None:
        embedded = embedded.masked_fill(dropped[..., None], 0)
    states = model.encoder.states(embedded)
    return tuple(
        SourcePiece(
            token,
            _numbers(embedded[0, place]),
            {name: _numbers(values[0, place]) for name, values in states.items()},
            _numbers(memory.annotations[0, place]),
        )
        for place, token in enumerate(case.source_pieces)
    )


def _states(case: Case, hidden: Tensor, cell: Tensor | None, feed: Tensor | None) -> dict[str, Floats]:
    names = case.model.decoder.state_names
    found = {name: _numbers(layer[0, 0]) for name, layer in zip(names, hidden, strict=True)}
    if cell is not None:
        found |= {f"{name} cell": _numbers(layer[0, 0]) for name, layer in zip(names, cell, strict=True)}
    return found if feed is None else {**found, "feed": _numbers(feed[0, 0])}


def _next(case: Case, at: Walked, token: int) -> NextPiece:
    log_prob = at.log_probs[token]
    rank = int((at.log_probs > log_prob).sum()) + 1
    return NextPiece(case.translator.tokenizer.pieces[token], token, rank, float(at.logits[token]), float(log_prob))


def _numbers(tensor: Tensor) -> Floats:
    numbers: Floats = tensor.float().cpu().numpy()
    return numbers
