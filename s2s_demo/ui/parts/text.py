"""Plain text from the server, announced to screen readers."""

import gradio as gr

from s2s_demo.ui.parts.base import element, safe_json


def text_view(elem_id: str, role: str = "status") -> gr.HTML:
    """A text; an empty one takes no room.

    Its value is a text, or better a `text_value` where the text holds words of a visitor.
    """
    return element("text", elem_id, f'<div class="s2s-text" role="{role}"></div>')


def title_view(elem_id: str) -> gr.HTML:
    """A card's heading that the server words; a `text_view` but for its role."""
    return element("text", elem_id, '<h2 class="s2s-text"></h2>')


def text_value(text: str) -> str:
    """A text as JSON without markup: Gradio warns of values that look like a script."""
    return safe_json(text) if text else ""
