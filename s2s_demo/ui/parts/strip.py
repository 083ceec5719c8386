"""What the strips of controls at the top of several tabs have: a sentence with its examples, a model, a button."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape

import gradio as gr

from s2s_demo.ui.parts.layout import chips
from s2s_demo.words import say

_OPENER = '<button type="button" aria-expanded="false">{label} <b>{count}</b></button>'
_EXAMPLES = '<button type="button" aria-expanded="false">{examples}</button>'


def sentence_line(text: str, elem_id: str, placeholder: str) -> gr.Textbox:
    """A line to type in, which grows while it is typed in."""
    with gr.Column(elem_classes="ask-text"):
        return _box(text, elem_id, placeholder)


def sentence_with_examples(
    text: str, to_try: Sequence[str], elem_id: str, placeholder: str, *, examples_id: str
) -> tuple[gr.Textbox, list[gr.Button]]:
    """The same, and the sentences to try that hang below it while "Examples" is pressed."""
    with gr.Column(elem_classes="ask-text"):
        box = _box(text, elem_id, placeholder)
        button = _EXAMPLES.format(examples=say("translate.examples"))
        gr.HTML(button, apply_default_css=False, elem_id=examples_id, elem_classes="examples")
        with gr.Row(elem_classes="chips"):
            return box, chips(to_try)


def _box(text: str, elem_id: str, placeholder: str) -> gr.Textbox:
    return gr.Textbox(
        text,
        label=say("translate.sentence"),
        show_label=False,
        container=False,
        lines=1,
        max_lines=6,
        elem_id=elem_id,
        elem_classes="sentence-box",
        placeholder=placeholder,
    )


def strip_button(text: str, elem_id: str) -> gr.Button:
    """What starts the work of a tab."""
    return gr.Button(text, variant="primary", size="sm", elem_id=elem_id, elem_classes="main-button")


def strip_model(models: Sequence[tuple[str, str]], value: str | None, label: str, elem_id: str) -> gr.Dropdown:
    """One of several: a model, or a kind of models."""
    return gr.Dropdown(
        list(models), value=value, label=label, elem_id=elem_id, elem_classes="strip-model", filterable=False
    )


@contextmanager
def hanging(label: str, count: int, elem_id: str) -> Iterator[None]:
    """What is laid out inside hangs below a button while that is pressed; the button says how many are chosen."""
    with gr.Column(elem_classes="hangs", elem_id=elem_id):
        button = _OPENER.format(label=escape(label), count=count)
        gr.HTML(button, apply_default_css=False, elem_classes="opener")
        with gr.Column(elem_classes="hung"):
            yield
