"""One step as a browser draws it: the words that were written, what is known, looked at, and could be written."""

import math
from collections.abc import Sequence
from typing import TypedDict

import gradio as gr
import numpy as np

from s2s_demo.explain import Inside
from s2s_demo.explain.inside import NextPiece
from s2s_demo.languages import language_of
from s2s_demo.text import Word, surface
from s2s_demo.ui.inside.mathml import FormulaPayload, formula_payload
from s2s_demo.ui.inside.numbers import Numbers, numbers, vector_called
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.base import element
from s2s_demo.ui.static import safe_json


class StepWord(TypedDict):
    """A word that was written, with its steps (from 1) and its probability."""

    text: str
    steps: list[int]
    p: float


class SourceRow(TypedDict):
    """A source word: its energy (None where it has none), the weight that was used, and the model's own.

    For a word of several pieces the energy is log Σ exp e and the weight Σ α, so that α is the softmax of these rows.
    """

    word: str
    energy: float | None
    weight: float
    own: float
    memory: Numbers


class Choice(TypedDict):
    """A piece that could be written at this step."""

    piece: str
    text: str
    rank: int
    logit: float
    log_prob: float
    written: bool


class StepPayload(TypedDict):
    """All of a step; `link` are the parameters of an address that shows it again."""

    words: list[StepWord]
    step: int
    steps: int
    source: str
    target: str
    joiner: str
    last: str
    knows: list[Numbers]
    query: Numbers | None
    rows: list[SourceRow]
    context: Numbers | None
    output: list[Numbers]
    choices: list[Choice]
    others: float
    more: int
    entropy: float
    formulas: list[FormulaPayload]
    link: dict[str, str]


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
        source=case.text(case.source),
        target=target.code,
        joiner="" if case.translator.by_letter else target.joiner,
        last=surface([inside.last_word]),
        knows=[numbers(inside.embedding, vector_called("embedding")), *_states(inside)],
        query=None if inside.query is None else numbers(inside.query, vector_called("query"), "query"),
        rows=[_row(inside, word) for word in inside.source_words] if looks else [],
        context=numbers(inside.context, vector_called("context"), "context") if looks else None,
        output=[numbers(inside.features, vector_called("features"))],
        choices=_choices(inside),
        others=inside.others,
        more=max(0, len(case.translator.tokenizer.pieces) - len(inside.likeliest)),
        entropy=inside.entropy,
        formulas=[formula_payload(each) for each in inside.formulas],
        link=link,
    )


def _word(word: Word, prices: Sequence[float]) -> StepWord:
    log_prob = sum(prices[place] for place in word.positions)
    return StepWord(text=word.text, steps=[place + 1 for place in word.positions], p=math.exp(log_prob))


def _states(inside: Inside) -> list[Numbers]:
    return [numbers(values, vector_called(name)) for name, values in inside.states_before.items()]


def _row(inside: Inside, word: Word) -> SourceRow:
    assert inside.energies is not None
    places = list(word.positions)
    energy = float(np.logaddexp.reduce(inside.energies[places].astype(float)))
    pieces = np.stack([inside.source[place].annotation for place in places])
    return SourceRow(
        word=word.text,
        energy=energy if math.isfinite(energy) else None,
        weight=float(inside.alignment[places].sum()),
        own=float(inside.own_alignment[places].sum()),
        memory=numbers(pieces.mean(axis=0), word.text, "memory"),
    )


def _choices(inside: Inside) -> list[Choice]:
    """The likeliest, and the written one where it is not among them."""
    found = [*inside.likeliest]
    if inside.written not in found:
        found.append(inside.written)
    return [_choice(piece, inside.written) for piece in found]


def _choice(piece: NextPiece, written: NextPiece) -> Choice:
    return Choice(
        piece=piece.piece,
        text=surface([piece.piece]),
        rank=piece.rank,
        logit=piece.logit,
        log_prob=piece.log_prob,
        written=piece.token == written.token,
    )
