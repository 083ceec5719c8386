"""The components of tab Inside and where they stand; no events here."""

from dataclasses import dataclass

import gradio as gr

from s2s_demo.decoding import STRATEGIES
from s2s_demo.serving.query import DEFAULT_MODEL, Question
from s2s_demo.ui.inside.reasons import reasons_view
from s2s_demo.ui.inside.searches import searches_view
from s2s_demo.ui.inside.source import encoder_view
from s2s_demo.ui.inside.step import step_view
from s2s_demo.ui.inside.whatif import what_if_view
from s2s_demo.ui.inside.wish import wish_view
from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.layout import sentence_picker
from s2s_demo.ui.parts.prediction import prediction_view
from s2s_demo.ui.parts.strategies import Control, strategy_radio, strategy_settings
from s2s_demo.ui.parts.strip import sentence_line, strip_button, strip_model
from s2s_demo.ui.parts.text import text_view
from s2s_demo.words import say


@dataclass(frozen=True)
class Ask:
    """What is read, and how it is to be translated."""

    text: gr.Textbox
    go: gr.Button
    model: gr.Dropdown
    strategy: gr.Radio
    settings: dict[str, Control]  # by public name


@dataclass(frozen=True)
class Components:
    """All of the tab; `reading` is what is shown, with all that was computed of it, `address` the page's."""

    reading: gr.State
    address: gr.Textbox
    ask: Ask
    message: gr.HTML
    asked: gr.State
    asking: gr.HTML
    sentence: gr.Radio
    step: gr.HTML
    encoder: gr.HTML
    what_if: gr.HTML
    wish: gr.HTML
    searches: gr.HTML
    reasons: gr.HTML
    download: gr.HTML


def lay_out(models: list[tuple[str, str]]) -> Components:
    """All components of the tab, inside the current gr.Tab."""
    return Components(
        reading=gr.State(None),
        address=gr.Textbox("", visible=False),
        ask=_ask(models),
        message=text_view("inside-message", role="alert"),
        asked=gr.State(None),
        asking=prediction_view("inside-question"),
        sentence=sentence_picker("inside-sentence-shown"),
        step=step_view("inside-step"),
        encoder=encoder_view("inside-encoder"),
        what_if=what_if_view("inside-what-if"),
        wish=wish_view("inside-wish"),
        searches=searches_view("inside-searches"),
        reasons=reasons_view("inside-reasons"),
        download=download_view("inside-download"),
    )


def _ask(models: list[tuple[str, str]]) -> Ask:
    with gr.Row(elem_classes="strip", elem_id="inside-ask"):
        text = sentence_line(Question.text, "inside-sentence", say("inside.sentence-help"))
        go = strip_button(say("inside.go"), "inside-button")
        first = DEFAULT_MODEL if DEFAULT_MODEL in dict(models).values() else None
        model = strip_model(models, first, say("translate.model"), "inside-model")
        strategy = strategy_radio(list(STRATEGIES), "inside-strategy")
        settings = strategy_settings(list(STRATEGIES), inside="inside-ask", prefix="inside-")
        return Ask(text, go, model, strategy, settings)
