"""The form's controls as components, and the small things of the tab's layout."""

from collections.abc import Iterable
from typing import Any

import gradio as gr

from s2s_demo.ui.train.form import Control, Form
from s2s_demo.words import say


def controls(listed: Iterable[Control], form: Form) -> dict[str, Any]:
    """A component for each control, by its field, inside the current row; the form holds the first values."""
    return {control.field: _component(control, getattr(form, control.field)) for control in listed}


def _component(control: Control, value: Any) -> Any:
    label, elem_id = say(control.label), control.elem_id or control.field.replace("_", "-")
    info = say(control.help) if control.help else None
    if control.kind in ("name", "number"):
        return choice(control.choices, value, label, elem_id)
    if control.kind == "switch":
        return gr.Checkbox(value, label=label, info=info, elem_id=elem_id)
    if control.kind == "whole":
        return gr.Number(value, label=label, precision=0, elem_id=elem_id)
    with gr.Row(elem_classes=f"knobs {elem_id}"):
        low, high = control.limits
        return gr.Slider(low, high, value, step=0.05, label=label, info=info, elem_id=elem_id, buttons=[])


def choice(choices: Iterable[tuple[str, Any]], value: Any, label: str, elem_id: str) -> gr.Dropdown:
    """A picker of values by the keys of their labels."""
    return gr.Dropdown(said(choices), value=value, label=label, elem_id=elem_id, filterable=False)


def segments(choices: Iterable[tuple[str, str]], value: str, label: str, elem_id: str, **more: Any) -> gr.Radio:
    """A few choices side by side."""
    return gr.Radio(said(choices), value=value, label=label, elem_id=elem_id, elem_classes="segmented small", **more)


def said(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Choices with their labels in words."""
    return [(say(label), value) for label, value in choices]


def button(label: str, elem_id: str, **more: Any) -> gr.Button:
    """A small button."""
    return gr.Button(say(label), size="sm", elem_id=elem_id, **more)


def upload(label: str, kinds: list[str], elem_id: str) -> gr.UploadButton:
    """A button that asks for a file."""
    return gr.UploadButton(say(label), file_types=kinds, size="sm", elem_classes="chip", elem_id=elem_id)


def empty(sentence: str, ghost: str) -> None:
    """What stands in a card before there is anything to show; the style sheet draws its ghost."""
    gr.HTML(f"<p class='s2s-instead'>{say(sentence)}</p>", apply_default_css=False, elem_classes=["empty", ghost])


def help_line(text: str, elem_id: str | None = None, elem_classes: str | None = None) -> None:
    """A line of help."""
    gr.HTML(f"<p class='help'>{say(text)}</p>", apply_default_css=False, elem_id=elem_id, elem_classes=elem_classes)
