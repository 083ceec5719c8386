"""Small pieces of layout that several tabs have: headings, choices of a sentence, sentences to try."""

from collections.abc import Sequence

import gradio as gr
from gradio.context import get_render_context

from s2s_demo.words import say

MOST_CHIPS = 4


def heading(title: str, text: str) -> None:
    """A card's title and one line that says how to read it."""
    gr.HTML(f"<h2>{title}</h2><p class='help'>{text}</p>", apply_default_css=False, elem_classes="heading")


def help_line(text: str) -> None:
    """A line of help without a title."""
    gr.HTML(f"<p class='help'>{text}</p>", apply_default_css=False)


def chips(texts: Sequence[str]) -> list[gr.Button]:
    """Buttons for the sentences to try; `chip_updates` gives them those of another model."""
    return [gr.Button(text, visible=bool(text), size="sm", elem_classes="chip") for text in _padded(texts)]


def chip_updates(texts: Sequence[str]) -> list[dict[str, object]]:
    """An update for each of the chips; those that are too many are hidden."""
    return [gr.update(value=text, visible=bool(text)) for text in _padded(texts)]


def _padded(texts: Sequence[str]) -> list[str]:
    return [*texts[:MOST_CHIPS], *[""] * (MOST_CHIPS - len(texts))]


def sentence_picker(elem_id: str) -> gr.Radio:
    """Which sentence of several the pictures show; `sentence_choices` fills it in."""
    label = say("parts.sentence-shown")
    return gr.Radio([], label=label, visible=False, elem_id=elem_id, elem_classes="lines")


def sentence_choices(sentences: Sequence[str], shown: int) -> dict[str, object]:
    """The update of the picker of a sentence; there is none to pick where there is only one."""
    choices = [(f"{i + 1}. {sentence}", i) for i, sentence in enumerate(sentences)]
    place = shown if 0 <= shown < len(choices) else 0
    update: dict[str, object] = gr.update(choices=choices, value=place, visible=len(choices) > 1)
    return update


def current_tab() -> gr.Tab:
    """The tab being built; its `select` event says that a visitor has opened it."""
    found = get_render_context()
    while found is not None and not isinstance(found, gr.Tab):
        found = found.parent
    if found is None:
        raise RuntimeError("this must be called inside a gr.Tab")
    return found
