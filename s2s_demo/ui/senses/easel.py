"""Where a visitor makes a source: draws, taps, composes, or brings a file; all of it in the browser."""

from collections.abc import Sequence
from typing import TypedDict

import gradio as gr

from s2s_demo.ui.parts.base import element, safe_json


class EaselPayload(TypedDict):
    """What is made here: one of SIGNALS, a file of this media type; `examples` are documents to try."""

    signal: str
    media: str
    examples: list[str]


def easel_view(elem_id: str) -> gr.HTML:
    """The easel; its value comes from `easel_value`, and `select` tells the document that was made."""
    return element("easel", elem_id, '<div class="s2s-easel"></div>')


def easel_value(signal: str, media: str, examples: Sequence[str]) -> str:
    """The easel of a signal as JSON."""
    return safe_json(EaselPayload(signal=signal, media=media, examples=list(examples)))
