"""The components of tab Translate and where they stand; no events here."""

from dataclasses import dataclass

import gradio as gr

from s2s_demo.decoding import STRATEGIES
from s2s_demo.serving.catalogue import EXAMPLES
from s2s_demo.serving.query import DEFAULT_MODEL, Controls
from s2s_demo.ui.parts.answer import answer_view
from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.layout import chips, heading, sentence_picker
from s2s_demo.ui.parts.plot import plotly_view
from s2s_demo.ui.parts.selection import selection_view
from s2s_demo.ui.parts.strategies import Control, strategy_radio, strategy_settings
from s2s_demo.ui.parts.table import table_view
from s2s_demo.ui.parts.text import text_view
from s2s_demo.ui.translate.export import EXPORTS
from s2s_demo.words import say


@dataclass(frozen=True)
class Ask:
    """What is typed and pressed."""

    text: gr.Textbox
    go: gr.Button
    chips: list[gr.Button]


@dataclass(frozen=True)
class How:
    """Model, strategy and its settings."""

    strategy: gr.Radio
    model: gr.Dropdown
    settings: dict[str, Control]  # by public name


@dataclass(frozen=True)
class Heatmap:
    """Where it looked, and of which path."""

    unit: gr.Radio
    heatmap: gr.HTML
    path_note: gr.HTML
    back: gr.Button


@dataclass(frozen=True)
class Tree:
    """What it considered."""

    show_cut: gr.Checkbox
    tree: gr.HTML
    path: gr.Dropdown


@dataclass(frozen=True)
class Fold:
    """A fold, and whether it is open: what stands in it is made only then."""

    fold: gr.Accordion
    is_open: gr.State


@dataclass(frozen=True)
class Folds:
    """The pictures' twins."""

    tokens_fold: Fold
    tokens: gr.HTML
    alignment_fold: Fold
    alignment_text: gr.HTML
    alignment: gr.HTML
    tree_fold: Fold
    tree_rows: gr.HTML


@dataclass(frozen=True)
class Foot:
    """What the answer was made with, and files to take home."""

    about: gr.HTML
    exports: dict[str, gr.Button]


@dataclass(frozen=True)
class Components:
    """All of the tab; the states are what the pictures answer, the node shown, and the node drawn into the tree."""

    question: gr.State
    node: gr.State
    drawn: gr.State
    ask: Ask
    how: How
    message: gr.HTML
    answer: gr.HTML
    sentence: gr.Radio
    heatmap: Heatmap
    tree: Tree
    finished: gr.HTML
    folds: Folds
    foot: Foot
    selection: gr.HTML
    download: gr.HTML


def lay_out(models: list[tuple[str, str]]) -> Components:
    """All components of the tab, inside the current gr.Tab."""
    with gr.Row(elem_classes="ask"):
        ask, how = _ask(), _how(models)
    message = text_view("message", role="alert")
    with gr.Column(elem_classes="card answer-card"):
        answer = answer_view("answer")
        sentence = sentence_picker("sentence-shown")
    with gr.Row(elem_classes="pictures"):
        heatmap, tree = _heatmap(), _tree()
    with gr.Column(elem_classes="card"):
        heading(say("parts.tables.finished"), say("translate.finished-help"))
        finished = table_view("finished")
    return Components(
        question=gr.State(None),
        node=gr.State(None),
        drawn=gr.State(None),
        ask=ask,
        how=how,
        message=message,
        answer=answer,
        sentence=sentence,
        heatmap=heatmap,
        tree=tree,
        finished=finished,
        folds=_folds(),
        foot=_foot(),
        selection=selection_view("selection"),
        download=download_view("download"),
    )


def _ask() -> Ask:
    with gr.Column(elem_classes="card ask-text"):
        with gr.Row(elem_classes="ask-line"):
            text = gr.Textbox(
                Controls.text,
                label=say("translate.sentence"),
                lines=1,
                max_lines=6,
                elem_id="sentence",
                placeholder=say("translate.sentence-help"),
            )
            go = gr.Button(say("translate.go"), variant="primary", size="sm", elem_id="translate-button")
        with gr.Row(elem_classes="chips"):
            return Ask(text, go, chips(EXAMPLES["en"]))


def _how(models: list[tuple[str, str]]) -> How:
    with gr.Column(elem_classes="card ask-how", elem_id="decoding"):
        with gr.Row(elem_classes="how-top"):
            strategy = strategy_radio(list(STRATEGIES), "strategy")
            model = gr.Dropdown(
                models,
                value=DEFAULT_MODEL if DEFAULT_MODEL in dict(models).values() else None,
                label=say("translate.model"),
                elem_id="model",
                filterable=False,
            )
        return How(strategy, model, strategy_settings(list(STRATEGIES), inside="decoding"))


def _heatmap() -> Heatmap:
    with gr.Column(elem_classes="card where-card"):
        heading(say("parts.pictures.where"), say("parts.pictures.where-help"))
        unit = gr.Radio(
            [(say(f"translate.units.{unit}"), unit) for unit in ("words", "pieces")],
            value="words",
            label=say("translate.unit"),
            show_label=False,
            elem_classes="segmented small",
            elem_id="unit",
        )
        heatmap = plotly_view("heatmap")
        with gr.Row(elem_classes="note-row"):
            note = text_view("path-note")
            back = gr.Button(say("translate.back"), size="sm", visible=False, elem_classes="chip", elem_id="back")
    return Heatmap(unit, heatmap, note, back)


def _tree() -> Tree:
    with gr.Column(elem_classes="card tree-card"):
        heading(say("parts.pictures.tree"), say("parts.pictures.tree-help"))
        show_cut = gr.Checkbox(False, label=say("translate.show-cut"), elem_id="show-cut")
        tree = plotly_view("tree")
        return Tree(show_cut, tree, gr.Dropdown([], label=say("translate.path"), elem_id="path-shown"))


def _folds() -> Folds:
    with gr.Column(elem_classes="card folds"):
        with gr.Accordion(say("parts.tables.tokens"), open=False) as tokens_fold:
            tokens = table_view("tokens")
        with gr.Accordion(say("translate.alignment"), open=False) as alignment_fold:
            alignment_text = text_view("alignment-text", role="note")
            alignment = table_view("alignment-table")
        with gr.Accordion(say("parts.tables.tree"), open=False) as tree_fold:
            tree_rows = table_view("tree-table")
    return Folds(
        tokens_fold=Fold(tokens_fold, gr.State(False)),
        tokens=tokens,
        alignment_fold=Fold(alignment_fold, gr.State(False)),
        alignment_text=alignment_text,
        alignment=alignment,
        tree_fold=Fold(tree_fold, gr.State(False)),
        tree_rows=tree_rows,
    )


def _foot() -> Foot:
    link = say("translate.link")
    with gr.Row(elem_classes="foot"):
        about = text_view("about", role="note")
        with gr.Row(elem_classes="exports"):
            exports = {
                kind: gr.Button(
                    say(f"translate.exports.{kind}"), size="sm", elem_classes="chip", elem_id=f"export-{kind}"
                )
                for kind in EXPORTS
            }
            gr.HTML(_LINK.format(link=link), apply_default_css=False, elem_id="link")
    return Foot(about, exports)


_LINK = """<button id="copy-link" type="button" class="chip">{link}</button>
<span id="link-box" hidden><input type="text" readonly aria-label="{link}">
<span role="status"></span></span>"""
