"""The components of tab Translate and where they stand; no events here."""

from dataclasses import dataclass

import gradio as gr

from s2s_demo.decoding import STRATEGIES
from s2s_demo.serving.catalogue import EXAMPLES
from s2s_demo.serving.query import DEFAULT_MODEL, Question
from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.picture import picture_view
from s2s_demo.ui.parts.prediction import prediction_view
from s2s_demo.ui.parts.strategies import Control, strategy_radio, strategy_settings
from s2s_demo.ui.parts.strip import sentence_with_examples, strip_button, strip_model
from s2s_demo.ui.parts.text import text_view
from s2s_demo.ui.translate.export import EXPORTS
from s2s_demo.words import say


@dataclass(frozen=True)
class Ask:
    """What is typed and pressed, and how it is to be translated."""

    text: gr.Textbox
    chips: list[gr.Button]
    go: gr.Button
    model: gr.Dropdown
    strategy: gr.Radio
    settings: dict[str, Control]  # by public name


@dataclass(frozen=True)
class Components:
    """All of the tab; `question` is what the picture answers, `view` what of it the browser shows."""

    question: gr.State
    view: gr.Textbox
    ask: Ask
    message: gr.HTML
    asked: gr.State
    asking: gr.HTML
    picture: gr.HTML
    notices: gr.HTML
    about: gr.HTML
    exports: dict[str, gr.Button]
    download: gr.HTML


def lay_out(models: list[tuple[str, str]]) -> Components:
    """All components of the tab, inside the current gr.Tab."""
    ask = _ask(models)
    message = text_view("message", role="alert")
    asking = prediction_view("translate-question")
    picture = picture_view("picture")
    notices = text_view("notices")
    with gr.Row(elem_classes="foot"):
        about = text_view("about", role="note")
        with gr.Row(elem_classes="exports"):
            exports = {
                kind: gr.Button(
                    say(f"translate.exports.{kind}"), size="sm", elem_classes="chip", elem_id=f"export-{kind}"
                )
                for kind in EXPORTS
            }
            gr.HTML(_LINK.format(link=say("translate.link")), apply_default_css=False, elem_id="link")
    return Components(
        question=gr.State(None),
        view=gr.Textbox("{}", visible=False),
        ask=ask,
        message=message,
        asked=gr.State(None),
        asking=asking,
        picture=picture,
        notices=notices,
        about=about,
        exports=exports,
        download=download_view("download"),
    )


def _ask(models: list[tuple[str, str]]) -> Ask:
    with gr.Row(elem_classes="strip", elem_id="decoding"):
        text, to_try = sentence_with_examples(
            Question.text, EXAMPLES["en"], "sentence", say("translate.sentence-help"), examples_id="examples"
        )
        go = strip_button(say("translate.go"), "translate-button")
        first = DEFAULT_MODEL if DEFAULT_MODEL in dict(models).values() else None
        model = strip_model(models, first, say("translate.model"), "model")
        strategy = strategy_radio(list(STRATEGIES), "strategy")
        return Ask(text, to_try, go, model, strategy, strategy_settings(list(STRATEGIES), inside="decoding"))


_LINK = """<button id="copy-link" type="button" class="chip">{link}</button>
<span id="link-box" hidden><input type="text" readonly aria-label="{link}">
<span role="status"></span></span>"""
