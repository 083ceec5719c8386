"""One step as a browser draws it: the words that were written, what is known, looked at, and could be written."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import TypedDict

import gradio as gr
import numpy as np

from s2s_demo.decoding import STRATEGIES
from s2s_demo.explain import Inside
from s2s_demo.explain.inside import NextPiece
from s2s_demo.languages import language_of
from s2s_demo.text import Word, surface
from s2s_demo.translation import strategy_called
from s2s_demo.ui.inside.formula import FormulaPayload, formula_payload
from s2s_demo.ui.inside.link import asks_first
from s2s_demo.ui.inside.numbers import Numbers, numbers, vector_called
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.words import say


class StepWord(TypedDict):
    """A word that was written, with its steps (from 1) and its probability."""

    text: str
    steps: list[int]
    p: float


class Stop(TypedDict):
    """A reason to stop at some steps (from 1), with the sentence that names it; its first letter is its key."""

    name: str
    said: str
    steps: list[int]


class SourceRow(TypedDict):
    """A source word: its energy (None where it has none), the weight that was used, and the model's own.

    For a word of several pieces the energy is log Σ exp e and the weight Σ α, so that α is the softmax of these rows.
    """

    word: str
    energy: float | None
    weight: float
    own: float
    memory: Numbers


class HeadRow(TypedDict):
    """Where one head of several looked: its name, and a weight for each source word."""

    name: str
    weights: list[float]


class Choice(TypedDict):
    """A piece that could be written at this step; `was` is its log p without the edits of looks and source, if any."""

    piece: str
    text: str
    rank: int
    logit: float
    log_prob: float
    was: float | None
    written: bool


class StepPayload(TypedDict):
    """All of a step.

    `delta` is what the changes made so far cost in all, None where there are none; `link` are the parameters of an
    address that shows it again, `asks` those of addresses that ask a class before.
    """

    words: list[StepWord]
    step: int
    steps: int
    stops: list[Stop]
    source: str
    target: str
    joiner: str
    last: str
    knows: list[Numbers]
    query: Numbers | None
    rows: list[SourceRow]
    scored: bool
    heads: list[HeadRow]
    context: Numbers | None
    output: list[Numbers]
    p_gen: float | None
    choices: list[Choice]
    others: float
    more: int
    entropy: float
    delta: float | None
    formulas: list[FormulaPayload]
    link: dict[str, str]
    asks: dict[str, dict[str, str]]


def step_view(elem_id: str) -> gr.HTML:
    """The step; `select` tells what a visitor does in it: `{act, step, ...}`."""
    return element("step", elem_id, '<div class="s2s-step"></div>')


def step_value(reading: Reading, number: int, link: dict[str, str]) -> str:
    """The value of a step_view."""
    return safe_json(step_payload(reading, number, link))


def step_payload(reading: Reading, number: int, link: dict[str, str]) -> StepPayload:
    """What a step is drawn from; S2SError where there is no such step."""
    case, inside = reading.now, reading.inside(number)
    prices = [facts.log_prob for facts in reading.facts]
    target = language_of(case.translator.target_language)
    looks = inside.energies is not None
    return StepPayload(
        words=[_word(word, prices) for word in case.written_words],
        step=number,
        steps=inside.steps,
        stops=_stops(reading),
        source=case.text(case.source),
        target=target.code,
        joiner="" if case.translator.by_letter else target.joiner,
        last=surface([inside.last_word]),
        knows=[numbers(inside.embedding, vector_called("embedding")), *_states(inside)],
        query=None if inside.query is None else numbers(inside.query, vector_called("query"), "query"),
        rows=[_row(inside, word) for word in inside.source_words] if looks else [],
        scored=inside.scored,
        heads=_heads(inside),
        context=numbers(inside.context, vector_called("context"), "context") if looks else None,
        output=[numbers(inside.features, vector_called("features"))],
        p_gen=inside.p_gen,
        choices=_choices(reading, inside),
        others=inside.others,
        more=max(0, len(case.translator.tokenizer.pieces) - len(inside.likeliest)),
        entropy=inside.entropy,
        delta=reading.what_if.delta if reading.edits else None,
        formulas=[formula_payload(each) for each in inside.formulas],
        link=link,
        asks=asks_first(reading, number),
    )


def _stops(reading: Reading) -> list[Stop]:
    found = reading.breakpoints
    other = strategy_called({"name": found.other, **asdict(STRATEGIES[found.other]())})
    steps = {"doubtful": found.doubtful, "entropy": found.undecided}
    steps["parting"] = () if found.parting is None else (found.parting,)
    return [
        Stop(name=name, said=say(f"inside.stops.{name}", other=other), steps=list(places))
        for name, places in steps.items()
    ]


def _word(word: Word, prices: Sequence[float]) -> StepWord:
    log_prob = sum(prices[place] for place in word.positions)
    return StepWord(text=word.text, steps=[place + 1 for place in word.positions], p=math.exp(log_prob))


def _states(inside: Inside) -> list[Numbers]:
    return [numbers(values, vector_called(name)) for name, values in inside.states_before.items()]


def _row(inside: Inside, word: Word) -> SourceRow:
    assert inside.energies is not None
    places = list(word.positions)
    own = float(inside.own_alignment[places].sum())
    energy = float(np.logaddexp.reduce(inside.energies[places].astype(float))) if inside.scored or own else -math.inf
    pieces = np.stack([inside.source[place].annotation for place in places])
    return SourceRow(
        word=word.text,
        energy=energy if math.isfinite(energy) else None,
        weight=float(inside.alignment[places].sum()),
        own=own,
        memory=numbers(pieces.mean(axis=0), word.text, "memory"),
    )


def _heads(inside: Inside) -> list[HeadRow]:
    """All heads, or nothing where there is only one look."""
    if inside.heads is None or len(inside.heads) < 2:
        return []
    each = len(inside.heads) // inside.layers
    return [
        HeadRow(
            name=say("inside.head", layer=place // each + 1, head=place % each + 1),
            weights=[float(row[list(word.positions)].sum()) for word in inside.source_words],
        )
        for place, row in enumerate(inside.heads)
    ]


def _choices(reading: Reading, inside: Inside) -> list[Choice]:
    """The likeliest, and the written one where it is not among them."""
    found = [*inside.likeliest]
    if inside.written not in found:
        found.append(inside.written)
    were = reading.unedited(inside.step, [piece.token for piece in found])
    return [_choice(piece, inside.written, were[place] if were else None) for place, piece in enumerate(found)]


def _choice(piece: NextPiece, written: NextPiece, was: float | None) -> Choice:
    return Choice(
        piece=piece.piece,
        text=surface([piece.piece]),
        rank=piece.rank,
        logit=piece.logit,
        log_prob=piece.log_prob,
        was=was,
        written=piece.token == written.token,
    )
