"""The parts of tab Translate and where they stand; no events here."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import gradio as gr

from s2s_demo.serving.catalogue import EXAMPLES
from s2s_demo.serving.query import DEFAULT_MODEL, LARGEST_BEAM, Controls
from s2s_demo.ui import strings
from s2s_demo.ui.parts import elements

CONTROLS = ("text", "model", "strategy", "beam_size", "length_penalty", "temperature", "top_k", "top_p", "seed")
MOST_CHIPS = 4
Parts = SimpleNamespace  # components by name


def lay_out(models: list[tuple[str, str]]) -> Parts:
    """All parts of the tab, inside the current Blocks."""
    parts = Parts(question=gr.State(None), node=gr.State(None))
    with gr.Row(elem_classes="ask"):
        _ask(parts)
        _how(parts, models)
    parts.message = elements.text_view("message", role="alert")
    _answer(parts)
    with gr.Row(elem_classes="pictures"):
        _where(parts)
        _tree(parts)
    _tables(parts)
    _foot(parts)
    return parts


def _ask(parts: Parts) -> None:
    with gr.Column(elem_classes="card ask-text"):
        with gr.Row(elem_classes="ask-line"):
            parts.text = gr.Textbox(
                Controls.text,
                label=strings.SENTENCE,
                lines=1,
                max_lines=6,
                elem_id="sentence",
                placeholder=strings.SENTENCE_HELP,
            )
            parts.go = gr.Button(strings.TRANSLATE, variant="primary", size="sm", elem_id="translate-button")
        with gr.Row(elem_classes="chips"):
            parts.chips = chips()


def chips() -> list[gr.Button]:
    """Buttons for the sentences to try; `chip_updates` gives them those of another model."""
    return [gr.Button(**settings, size="sm", elem_classes="chip") for settings in _chips(EXAMPLES["en"])]


def chip_updates(texts: Sequence[str]) -> list[Any]:
    """An update for each of the chips; those that are too many are hidden."""
    return [gr.update(**settings) for settings in _chips(texts)]


def _chips(texts: Sequence[str]) -> list[dict[str, Any]]:
    shown = [*texts[:MOST_CHIPS], *[""] * (MOST_CHIPS - len(texts))]
    return [{"value": text, "visible": bool(text)} for text in shown]


def _how(parts: Parts, models: list[tuple[str, str]]) -> None:
    with gr.Column(elem_classes="card ask-how", elem_id="decoding"):
        with gr.Row(elem_classes="how-top"):
            parts.strategy = gr.Radio(
                [(label, name) for name, label in strings.STRATEGIES.items()],
                value=Controls.strategy,
                label=strings.DECODING,
                elem_classes="segmented",
                elem_id="strategy",
            )
            parts.model = gr.Dropdown(
                models,
                value=DEFAULT_MODEL if DEFAULT_MODEL in dict(models).values() else None,
                label=strings.MODEL,
                elem_id="model",
                filterable=False,
            )
        _knobs(parts)


def _knobs(parts: Parts) -> None:
    """Each strategy's own settings; the style sheet shows those of the strategy chosen."""
    with gr.Row(elem_classes="knobs knobs-greedy"):
        gr.HTML(f"<p class='help'>{strings.GREEDY_HELP}</p>", apply_default_css=False)
    with gr.Row(elem_classes="knobs knobs-beam"):
        parts.beam_size = gr.Slider(
            1,
            LARGEST_BEAM,
            5,
            step=1,
            label=strings.BEAM_SIZE,
            info=strings.BEAM_SIZE_HELP,
            elem_id="beam-size",
            buttons=[],
        )
        parts.length_penalty = gr.Slider(
            0,
            2,
            0.75,
            step=0.05,
            label=strings.LENGTH_PENALTY,
            info=strings.LENGTH_PENALTY_HELP,
            elem_id="length-penalty",
            buttons=[],
        )
    with gr.Row(elem_classes="knobs knobs-sampling"):
        parts.temperature = gr.Slider(
            0.1, 2, 1, step=0.1, label=strings.TEMPERATURE, info=strings.TEMPERATURE_HELP, buttons=[]
        )
        parts.top_k = gr.Slider(0, 100, 0, step=1, label=strings.TOP_K, info=strings.TOP_K_HELP, buttons=[])
        parts.top_p = gr.Slider(0.05, 1, 1, step=0.05, label=strings.TOP_P, info=strings.TOP_P_HELP, buttons=[])
        parts.seed = gr.Number(0, label=strings.SEED, info=strings.SEED_HELP, precision=0, minimum=0, elem_id="seed")


def _answer(parts: Parts) -> None:
    with gr.Column(elem_classes="card answer-card"):
        parts.answer = elements.answer_view("answer")
        parts.sentence = gr.Radio(
            [], label=strings.SENTENCE_SHOWN, visible=False, elem_id="sentence-shown", elem_classes="lines"
        )


def _heading(title: str, text: str) -> None:
    gr.HTML(f"<h2>{title}</h2><p class='help'>{text}</p>", apply_default_css=False, elem_classes="heading")


def _where(parts: Parts) -> None:
    with gr.Column(elem_classes="card where-card"):
        _heading(strings.WHERE, strings.WHERE_HELP)
        parts.unit = gr.Radio(
            [(strings.UNITS[name], name) for name in ("words", "pieces")],
            value="words",
            label=strings.UNIT,
            show_label=False,
            elem_classes="segmented small",
            elem_id="unit",
        )
        parts.heatmap = elements.plotly_view("heatmap")
        with gr.Row(elem_classes="note-row"):
            parts.path_note = elements.text_view("path-note")
            parts.back = gr.Button(strings.BACK, size="sm", visible=False, elem_classes="chip", elem_id="back")


def _tree(parts: Parts) -> None:
    with gr.Column(elem_classes="card tree-card"):
        _heading(strings.TREE, strings.TREE_HELP)
        parts.show_cut = gr.Checkbox(False, label=strings.SHOW_CUT, elem_id="show-cut")
        parts.tree = elements.plotly_view("tree")
        parts.path = gr.Dropdown([], label=strings.PATH_SHOWN, elem_id="path-shown")


def _tables(parts: Parts) -> None:
    with gr.Column(elem_classes="card"):
        _heading(strings.FINISHED, strings.FINISHED_HELP)
        parts.finished = elements.table_view("finished")
    with gr.Column(elem_classes="card folds"):
        with gr.Accordion(strings.DETAILS_TOKENS, open=False):
            parts.tokens = elements.table_view("tokens")
        with gr.Accordion(strings.DETAILS_ALIGNMENT, open=False):
            parts.alignment_text = elements.text_view("alignment-text", role="note")
            parts.alignment = elements.table_view("alignment-table")
        with gr.Accordion(strings.DETAILS_TREE, open=False):
            parts.tree_rows = elements.table_view("tree-table")


def _foot(parts: Parts) -> None:
    with gr.Row(elem_classes="foot"):
        parts.about = elements.text_view("about", role="note")
        with gr.Row(elem_classes="exports"):
            parts.exports = {
                kind: gr.Button(label, size="sm", elem_classes="chip", elem_id=f"export-{kind}")
                for kind, label in strings.EXPORTS.items()
            }
            gr.HTML(_LINK, apply_default_css=False, elem_id="link")
    parts.download = elements.download_view("download")


_LINK = f"""<button id="copy-link" type="button" class="chip">{strings.COPY_LINK}</button>
<span id="link-box" hidden><input type="text" readonly aria-label="{strings.COPY_LINK}">
<span role="status"></span></span>"""
