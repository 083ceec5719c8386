"""The source as the model reads it, beside the picture of its translation."""

import gradio as gr

from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.views.picture import SeenPayload


def seen_view(elem_id: str) -> gr.HTML:
    """The source; its value comes from `seen_value`, and what is pointed at is linked with the picture."""
    return element("seen", elem_id, '<div class="s2s-seen"></div>')


def seen_value(payload: SeenPayload | None) -> str:
    """The value of a seen_view."""
    return safe_json(payload)
