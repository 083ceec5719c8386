"""The components of tab Evaluate and where they stand; no events here."""

from dataclasses import dataclass

import gradio as gr

from s2s_demo.ui.evaluate.form import strategies
from s2s_demo.ui.evaluate.results import EXPORTS
from s2s_demo.ui.evaluate.sets import LONGEST_LINE, MOST_BYTES, MOST_LINES
from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.layout import heading, help_line, sentence_picker
from s2s_demo.ui.parts.plot import instead_of_figure, plotly_view
from s2s_demo.ui.parts.progress import progress_view
from s2s_demo.ui.parts.strategies import Control, strategy_radio, strategy_settings
from s2s_demo.ui.parts.table import table_view
from s2s_demo.ui.parts.text import text_view, title_view
from s2s_demo.words import say


@dataclass(frozen=True)
class What:
    """What is evaluated, on what."""

    model: gr.Dropdown
    test_set: gr.Radio
    about_set: gr.HTML
    source: gr.File
    references: gr.File


@dataclass(frozen=True)
class How:
    """The strategy, and the run."""

    strategy: gr.Radio
    stop: gr.Button
    go: gr.Button
    settings: dict[str, Control]  # by public name
    bar: gr.HTML
    status: gr.HTML


@dataclass(frozen=True)
class FigureParts:
    """How good it is."""

    figures: gr.HTML
    by_length: gr.HTML
    by_length_table: gr.HTML
    beams: gr.Button
    by_beam: gr.HTML
    by_beam_table: gr.HTML


@dataclass(frozen=True)
class Sentences:
    """Where it fails, and how one sentence came about."""

    worst: gr.HTML
    picked_title: gr.HTML
    picked: gr.HTML
    sentence: gr.Radio
    heatmap: gr.HTML


@dataclass(frozen=True)
class Components:
    """All of the tab; the states are what was found, the sentence looked at, and the number of the run."""

    report: gr.State
    number: gr.State
    turn: gr.State
    what: What
    how: How
    message: gr.HTML
    figures: FigureParts
    sentences: Sentences
    exports: dict[str, gr.Button]
    download: gr.HTML


def lay_out(models: list[tuple[str, str]]) -> Components:
    """All components of the tab, inside the current gr.Tab."""
    with gr.Row(elem_classes="ask"):
        what, how = _what(models), _how()
    message = text_view("evaluate-message", role="alert")
    figures, sentences = _figures(), _sentences()
    with gr.Row(elem_classes="exports found"):
        exports = {
            kind: gr.Button(say(f"evaluate.exports.{kind}"), size="sm", elem_classes="chip", elem_id=f"evaluate-{kind}")
            for kind in EXPORTS
        }
    return Components(
        report=gr.State(None),
        number=gr.State(None),
        turn=gr.State(0),
        what=what,
        how=how,
        message=message,
        figures=figures,
        sentences=sentences,
        exports=exports,
        download=download_view("evaluate-download"),
    )


def _what(models: list[tuple[str, str]]) -> What:
    with gr.Column(elem_classes="card ask-text", elem_id="evaluate-what"):
        model = gr.Dropdown(
            models,
            value=next((name for _, name in models), None),
            label=say("evaluate.model"),
            elem_id="evaluate-model",
            filterable=False,
        )
        test_set = gr.Radio(
            [(say("evaluate.everyday"), "ours"), (say("evaluate.files"), "files")],
            value="ours",
            label=say("evaluate.test-set"),
            elem_classes="segmented",
            elem_id="evaluate-set",
        )
        with gr.Column(elem_classes="set-ours"):
            about_set = text_view("evaluate-about-set", role="note")
        with gr.Column(elem_classes="set-files"):
            limits = {"lines": MOST_LINES, "characters": LONGEST_LINE, "megabytes": MOST_BYTES / 1e6}
            help_line(say("evaluate.files-help", **limits))
            with gr.Row(elem_classes="files"):
                return What(model, test_set, about_set, *_files())


def _files() -> tuple[gr.File, gr.File]:
    source = gr.File(label=say("evaluate.source"), type="filepath", height=96, elem_id="evaluate-source")
    references = gr.File(
        label=say("evaluate.references"),
        type="filepath",
        file_count="multiple",
        height=96,
        elem_id="evaluate-references",
    )
    return source, references


def _how() -> How:
    with gr.Column(elem_classes="card ask-how", elem_id="evaluate-how"):
        with gr.Row(elem_classes="how-top"):
            strategy = strategy_radio(strategies(), "evaluate-strategy")
            with gr.Row(elem_classes="run-buttons"):
                stop = gr.Button(say("evaluate.stop"), size="sm", elem_classes="chip", elem_id="evaluate-stop")
                go = gr.Button(
                    say("evaluate.go"),
                    variant="primary",
                    size="sm",
                    elem_id="evaluate-button",
                    elem_classes="main-button",
                )
        settings = strategy_settings(strategies(), inside="evaluate-how", prefix="evaluate-")
        bar, status = progress_view("evaluate-bar"), text_view("evaluate-status")
    return How(strategy, stop, go, settings, bar, status)


def _figures() -> FigureParts:
    with gr.Column(elem_classes="card found"):
        heading(say("evaluate.figures"), say("evaluate.figures-help"))
        figures = table_view("evaluate-figures")
    with gr.Row(elem_classes="pictures even found"):
        with gr.Column(elem_classes="card"):
            heading(say("parts.quality.by-length"), say("evaluate.by-length-help"))
            by_length = plotly_view("evaluate-by-length")
            with gr.Accordion(say("parts.as-table"), open=False):
                by_length_table = table_view("evaluate-by-length-table")
        with gr.Column(elem_classes="card"):
            heading(say("parts.quality.by-beam"), say("evaluate.beams-help"))
            beams = gr.Button(say("evaluate.beams"), size="sm", elem_classes="chip", elem_id="evaluate-beams")
            by_beam = plotly_view("evaluate-by-beam")
            with gr.Accordion(say("parts.as-table"), open=False):
                by_beam_table = table_view("evaluate-by-beam-table")
    for part in (by_length, by_beam):
        part.value = instead_of_figure(say("evaluate.not-yet"))
    return FigureParts(figures, by_length, by_length_table, beams, by_beam, by_beam_table)


def _sentences() -> Sentences:
    with gr.Column(elem_classes="card found"):
        heading(say("evaluate.worst"), say("evaluate.worst-help"))
        worst = table_view("evaluate-worst")
    with gr.Column(elem_classes="card found picked"):
        title, picked = title_view("evaluate-picked-title"), table_view("evaluate-picked")
        sentence = sentence_picker("evaluate-sentence-shown")
        heading(say("parts.pictures.where"), say("parts.pictures.where-help"))
        return Sentences(worst, title, picked, sentence, plotly_view("evaluate-heatmap"))
