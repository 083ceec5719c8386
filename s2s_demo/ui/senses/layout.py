"""The components of tab See and hear and where they stand; no events here."""

from dataclasses import dataclass

import gradio as gr

from s2s_demo.decoding import STRATEGIES
from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.picture import picture_view
from s2s_demo.ui.parts.strategies import Control, strategy_radio, strategy_settings
from s2s_demo.ui.parts.text import text_view
from s2s_demo.ui.senses.easel import easel_view
from s2s_demo.ui.senses.save import SAVED
from s2s_demo.ui.senses.seen import seen_view
from s2s_demo.words import say


@dataclass(frozen=True)
class Components:
    """All of the tab; `question` is what is shown."""

    question: gr.State
    model: gr.Dropdown
    strategy: gr.Radio
    settings: dict[str, Control]  # by public name
    message: gr.HTML
    easel: gr.HTML
    seen: gr.HTML
    picture: gr.HTML
    saves: dict[str, gr.Button]  # by kind
    download: gr.HTML


def lay_out(models: list[tuple[str, str]]) -> Components:
    """All components of the tab, inside the current gr.Tab."""
    question = gr.State(None)
    with gr.Row(elem_classes="strip senses-ask", elem_id="senses-ask"):
        model = gr.Dropdown(
            models,
            value=models[0][1] if models else None,
            label=say("translate.model"),
            elem_id="senses-model",
            filterable=False,
        )
        strategy = strategy_radio(list(STRATEGIES), "senses-strategy")
        settings = strategy_settings(list(STRATEGIES), inside="senses-ask", prefix="senses-")
    message = text_view("senses-message", role="alert")
    with gr.Row(elem_classes="senses-cards"):
        with gr.Column(elem_classes="card"):
            easel = easel_view("senses-easel")
        with gr.Column(elem_classes="card"):
            seen = seen_view("senses-seen")
    picture = picture_view("senses-picture")
    with gr.Row(elem_classes="exports"):
        saves = {
            kind: gr.Button(say(f"translate.exports.{kind}"), size="sm", elem_classes="chip", elem_id=f"senses-{kind}")
            for kind in SAVED
        }
    download = download_view("senses-download")
    return Components(question, model, strategy, settings, message, easel, seen, picture, saves, download)
