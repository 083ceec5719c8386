"""How far a long piece of work has come."""

from typing import TypedDict

import gradio as gr

from s2s_demo.ui.parts.base import element, safe_json


class ProgressPayload(TypedDict):
    """So many steps of so many are done."""

    value: int
    max: int


def progress_view(elem_id: str) -> gr.HTML:
    """A bar that fills; an empty value hides it."""
    return element("progress", elem_id, "<progress hidden></progress>")


def progress_value(done: int, of: int) -> str:
    """The value of a progress_view."""
    return safe_json(ProgressPayload(value=done, max=of))
