"""The components of tab Evaluate and where they stand; no events here."""

from dataclasses import dataclass

import gradio as gr

from s2s_demo.ui.evaluate.form import strategies
from s2s_demo.ui.evaluate.results import EXPORTS
from s2s_demo.ui.evaluate.sets import LONGEST_LINE, MOST_BYTES, MOST_LINES
from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.layout import heading, help_line
from s2s_demo.ui.parts.picture import picture_view
from s2s_demo.ui.parts.plot import plotly_view
from s2s_demo.ui.parts.progress import progress_view
from s2s_demo.ui.parts.strategies import Control, strategy_radio, strategy_settings
from s2s_demo.ui.parts.strip import strip_button, strip_model
from s2s_demo.ui.parts.table import table_view
from s2s_demo.ui.parts.text import text_view, title_view
from s2s_demo.words import say


@dataclass(frozen=True)
class Ask:
    """The strip of controls: what is measured, on what, how; the run and its status."""

    model: gr.Dropdown
    test_set: gr.Radio
    strategy: gr.Radio
    settings: dict[str, Control]  # by public name
    go: gr.Button
    stop: gr.Button
    status: gr.HTML


@dataclass(frozen=True)
class Files:
    """The files of a visitor."""

    source: gr.File
    references: gr.File


@dataclass(frozen=True)
class FigureParts:
    """How good it is, in pictures."""

    overview: gr.HTML
    by_length_about: gr.HTML
    by_length: gr.HTML
    by_beam_about: gr.HTML
    beams: gr.Button
    by_beam: gr.HTML


@dataclass(frozen=True)
class Numbers:
    """The same in tables, folded."""

    fold: gr.Accordion
    about_set: gr.HTML
    figures: gr.HTML
    by_length_table: gr.HTML
    by_beam_table: gr.HTML


@dataclass(frozen=True)
class Sentences:
    """Where it fails, and how one sentence came about."""

    about: gr.HTML
    worst: gr.HTML
    picked_title: gr.HTML
    picked: gr.HTML
    picture: gr.HTML


@dataclass(frozen=True)
class Components:
    """All of the tab; the states are what was found, the run's turn, the model shown and the turn of its glance."""

    report: gr.State
    turn: gr.State
    opened: gr.State
    glance: gr.State
    ask: Ask
    files: Files
    bar: gr.HTML
    message: gr.HTML
    figures: FigureParts
    sentences: Sentences
    numbers: Numbers
    exports: dict[str, gr.Button]
    download: gr.HTML


def lay_out(models: list[tuple[str, str]]) -> Components:
    """All components of the tab, inside the current gr.Tab."""
    ask = _ask(models)
    bar = progress_view("evaluate-bar")
    files, message = _files(), text_view("evaluate-message", role="alert")
    figures, sentences, numbers = _figures(), _sentences(), _numbers()
    with gr.Row(elem_classes="exports measured"):
        exports = {
            kind: gr.Button(say(f"evaluate.exports.{kind}"), size="sm", elem_classes="chip", elem_id=f"evaluate-{kind}")
            for kind in EXPORTS
        }
    return Components(
        report=gr.State(None),
        turn=gr.State(0),
        opened=gr.State(""),
        glance=gr.State(0),
        ask=ask,
        files=files,
        bar=bar,
        message=message,
        figures=figures,
        sentences=sentences,
        numbers=numbers,
        exports=exports,
        download=download_view("evaluate-download"),
    )


def _ask(models: list[tuple[str, str]]) -> Ask:
    with gr.Row(elem_classes="strip", elem_id="evaluate-how"):
        first = next((name for _, name in models), None)
        model = strip_model(models, first, say("evaluate.model"), "evaluate-model")
        test_set = gr.Radio(
            [(say("evaluate.everyday"), "ours"), (say("evaluate.files"), "files")],
            value="ours",
            label=say("evaluate.test-set"),
            elem_classes="segmented",
            elem_id="evaluate-set",
        )
        strategy = strategy_radio(strategies(), "evaluate-strategy", in_sight=2)
        settings = strategy_settings(strategies(), inside="evaluate-how", prefix="evaluate-")
        go = strip_button(say("evaluate.go"), "evaluate-button")
        stop = gr.Button(say("evaluate.stop"), size="sm", elem_classes="chip", elem_id="evaluate-stop")
        return Ask(model, test_set, strategy, settings, go, stop, text_view("evaluate-status"))


def _files() -> Files:
    """Shown while the visitor's own files are the test set."""
    with gr.Column(elem_classes="card set-files"):
        limits = {"lines": MOST_LINES, "characters": LONGEST_LINE, "megabytes": MOST_BYTES / 1e6}
        help_line(say("evaluate.files-help", **limits))
        with gr.Row(elem_classes="files"):
            source = gr.File(label=say("evaluate.source"), type="filepath", height=96, elem_id="evaluate-source")
            references = gr.File(
                label=say("evaluate.references"),
                type="filepath",
                file_count="multiple",
                height=96,
                elem_id="evaluate-references",
            )
            return Files(source, references)


def _figures() -> FigureParts:
    with gr.Row(elem_classes="pictures measured-figures"):
        with gr.Column(elem_classes="card"):
            heading(say("evaluate.overview"), say("evaluate.overview-help"))
            overview = plotly_view("evaluate-overview")
        with gr.Column(elem_classes="card"):
            heading(say("parts.quality.by-length"), "")
            by_length_about, by_length = (
                text_view("evaluate-by-length-about", "note"),
                plotly_view("evaluate-by-length"),
            )
        with gr.Column(elem_classes="card"):
            heading(say("parts.quality.by-beam"), "")
            by_beam_about, by_beam = text_view("evaluate-by-beam-about", "note"), plotly_view("evaluate-by-beam")
            beams = gr.Button(say("evaluate.beams"), size="sm", elem_classes="chip", elem_id="evaluate-beams")
    return FigureParts(overview, by_length_about, by_length, by_beam_about, beams, by_beam)


def _sentences() -> Sentences:
    with gr.Column(elem_classes="card"):
        with gr.Row(elem_classes="worst-head"):
            heading(say("evaluate.worst"), "")
            about = text_view("evaluate-worst-about")
        worst = table_view("evaluate-worst")
    with gr.Column(elem_classes="measured picked"):
        title, picked = title_view("evaluate-picked-title"), text_view("evaluate-picked", role="note")
        return Sentences(about, worst, title, picked, picture_view("evaluate-picture"))


def _numbers() -> Numbers:
    with (
        gr.Column(elem_classes="card folds"),
        gr.Accordion(say("evaluate.numbers"), open=False, elem_id="evaluate-numbers") as fold,
    ):
        about_set = text_view("evaluate-about-set", role="note")
        tables = [table_view(f"evaluate-{name}") for name in ("figures", "by-length-table", "by-beam-table")]
    return Numbers(fold, about_set, *tables)
