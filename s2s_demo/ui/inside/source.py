"""The encoder beside a step: what it knows of each source piece, folded until somebody looks."""

from typing import TypedDict

import gradio as gr

from s2s_demo.explain.inside import SourcePiece
from s2s_demo.ui.inside.formula import FormulaPayload, formula_payload
from s2s_demo.ui.inside.numbers import Numbers, numbers, vector_called
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.views.picture import piece_label


class PieceRow(TypedDict):
    """A source piece: its embedding, its states by name, its annotation."""

    piece: str
    vectors: list[Numbers]


class EncoderPayload(TypedDict):
    """All source pieces, and the encoder's formulas."""

    pieces: list[PieceRow]
    formulas: list[FormulaPayload]
    language: str


def encoder_view(elem_id: str) -> gr.HTML:
    """The encoder; nothing in it can be selected."""
    return element("encoder", elem_id, '<div class="s2s-encoder"></div>')


def encoder_value(reading: Reading) -> str:
    """The value of an encoder_view."""
    return safe_json(encoder_payload(reading))


def encoder_payload(reading: Reading) -> EncoderPayload:
    """What the encoder knows, the same at every step; what is dropped is not known."""
    inside = reading.inside(1)
    return EncoderPayload(
        pieces=[_row(piece) for piece in inside.source],
        formulas=[formula_payload(each) for each in inside.formulas if each.part == "encoder"],
        language=reading.case.translator.source_language,
    )


def _row(piece: SourcePiece) -> PieceRow:
    states = {"embedding": piece.embedding, **piece.states}
    vectors = [numbers(values, vector_called(name)) for name, values in states.items()]
    memory = numbers(piece.annotation, vector_called("memory"), "memory")
    return PieceRow(piece=piece_label(piece.piece), vectors=[*vectors, memory])
