"""Every number of one decoder step, beside the encoder's numbers that it reads."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.explain.case import Case
from s2s_demo.explain.edits import Edit
from s2s_demo.explain.forced import Forced, entropy, forced
from s2s_demo.explain.formulas import Formula, formulas
from s2s_demo.explain.replay import walk_under
from s2s_demo.explain.walk import Walk, Walked
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
    without attention has neither query nor energies; where a kind is not `scored`, log α stands for them.  `heads`
    [N, S] are the looks of all heads of all `layers`, those of a layer together, where several look; what is watched,
    and can be changed, is the last layer.  `features` [E] are what `likeliest` are chosen by; `written` is the piece
    that was written, at its price; `others` the probability beyond the likeliest.  With a pointer `p_gen` is how
    probably the word is generated rather than copied, and the logits are logarithms of the mixture.
    """

    step: int
    steps: int
    last_word: str
    embedding: Floats
    states_before: dict[str, Floats]
    states_after: dict[str, Floats]
    query: Floats | None
    energies: Floats | None
    scored: bool
    own_alignment: Floats
    alignment: Floats
    heads: Floats | None
    layers: int
    context: Floats
    features: Floats
    p_gen: float | None
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
    return inside_of(walk_under(case, edits), number)


def inside_of(walk: Walk, number: int) -> Inside:
    """Look inside a step of a walk, which goes on as far as that."""
    case, at = walk.case, walk.to(number)[-1]
    looks, attention, seen = case.model.looks, case.model.decoder.attention, at.seen
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
        scored=(attention.layers[-1] if isinstance(attention, Stacked) else attention).scored,
        own_alignment=_numbers(seen.own.alignment[0, 0]),
        alignment=_numbers(seen.used.alignment[0, 0]),
        heads=None if at.heads is None else _numbers(at.heads),
        layers=len(attention.layers) if isinstance(attention, Stacked) else 1,
        context=_numbers(seen.used.context[0, 0]),
        features=_numbers(at.features),
        p_gen=at.p_gen,
        likeliest=likeliest,
        written=_next(case, at, case.written[number - 1]),
        others=max(0.0, 1 - sum(float(np.exp(piece.log_prob)) for piece in likeliest)),
        entropy=float(entropy(at.log_probs)),
        source=_source(walk),
        source_words=case.source_words,
        written_words=case.written_words,
        formulas=formulas(case.model),
    )


def prices_at(walk: Walk, number: int, tokens: Sequence[int]) -> list[float]:
    """log p of some tokens at a step of a walk."""
    log_probs = walk.to(number)[-1].log_probs
    return [float(log_probs[token]) for token in tokens]


def overview(case: Case) -> tuple[StepFacts, ...]:
    """All steps of a case at a glance."""
    return facts_of(case, *forced(case, [case.written]))


def facts_of(case: Case, found: Forced) -> tuple[StepFacts, ...]:
    """The steps of a case at a glance, given what forced decoding has found."""
    pieces = (case.translator.tokenizer.pieces[token] for token in case.written)
    columns = zip(pieces, found.log_probs, found.entropies, found.look_entropies, strict=True)
    return tuple(StepFacts(number, *column) for number, column in enumerate(columns, start=1))


def _source(walk: Walk) -> tuple[SourcePiece, ...]:
    embedded, states = walk.entered
    return tuple(
        SourcePiece(
            token,
            _numbers(embedded[place]),
            {name: _numbers(values[place]) for name, values in states.items()},
            _numbers(walk.memory.annotations[0, place]),
        )
        for place, token in enumerate(walk.case.source_pieces)
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
