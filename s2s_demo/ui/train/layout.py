"""The components of tab Train and where they stand; no events here."""

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.layout import heading
from s2s_demo.ui.parts.plot import instead_of_figure, plotly_view
from s2s_demo.ui.parts.table import table_view
from s2s_demo.ui.parts.text import text_view
from s2s_demo.ui.train.controls import button, choice, controls, empty, help_line, segments, upload
from s2s_demo.ui.train.elements import movie_view, prefixes_view, status_view
from s2s_demo.ui.train.form import AT_START, RATE_CHOICES, WHILE, Form
from s2s_demo.ui.train.own import OwnShown, lay_out_own
from s2s_demo.ui.train.presets import FIRST_TASK, own_preset, preset_choices
from s2s_demo.ui.train.status import not_started
from s2s_demo.ui.train.trainer import task_choices
from s2s_demo.words import say

TWIN_CHOICES = (("train.forcing", "forcing"), ("train.attention", "attention"), ("train.learning-rate", "rate"))
LANES = (("train.both-lanes", ""), ("A", "A"), ("B", "B"))
PAIR_FILES = [".tsv", ".csv", ".txt", ".json", ".jsonl"]


@dataclass(frozen=True)
class Lesson:
    """What is to be learnt, and the buttons that start and move the run."""

    task: gr.Dropdown
    preset: gr.Dropdown
    start: gr.Button
    pause: gr.Button
    step: gr.Button
    stop: gr.Button
    rewind: gr.Button


@dataclass(frozen=True)
class RunCard:
    """The state of the run, what can be done with its model, whom the knobs act on."""

    status: gr.HTML
    use: gr.Button
    save: gr.Button
    lane: gr.Radio
    attempt: gr.Textbox


@dataclass(frozen=True)
class Twin:
    """What a twin is forked with."""

    what: gr.Radio
    ratio: gr.Slider
    rate: gr.Dropdown
    fork: gr.Button
    end: gr.Button


@dataclass(frozen=True)
class Pictures:
    """What is seen of a run."""

    curves: gr.HTML
    movie: gr.HTML
    probes: gr.Textbox
    watch: gr.Button
    prefixes: gr.HTML
    samples: gr.HTML


@dataclass(frozen=True)
class Components:
    """All components of the tab; `form` and `own` are records of values, filled with components here."""

    lesson: Lesson
    form: Form
    own_file: gr.UploadButton
    load_model: gr.UploadButton
    message: gr.HTML
    own: OwnShown
    run: RunCard
    twin: Twin
    model_file: gr.HTML
    pictures: Pictures


def lay_out(form: Form, probes: Sequence[str]) -> Components:
    """All components of the tab, inside the current Blocks; `form` holds the first values."""
    with gr.Column(elem_classes="card train-strip"):
        lesson = _lesson()
        with gr.Column(elem_classes="fold-line"):
            with gr.Accordion(say("train.architecture"), open=False, elem_id="architecture"):
                help_line("train.architecture-help")
                with gr.Row(elem_classes="fields"):
                    at_start = controls(AT_START, form)
            with gr.Row(elem_classes="chips aside"):
                own_file = upload("train.own-file", PAIR_FILES, "own-file")
                load_model = upload("train.load-model", [".zip"], "load-model")
    message = text_view("train-message", role="alert")
    own = lay_out_own()
    with gr.Column(elem_classes="card run-card"):
        status, use, save = _status()
        with gr.Row(elem_classes="fields while-row"):
            knobs = controls(WHILE, form)
            lane = segments(LANES, "", say("train.acts-on"), "lane", visible=False)
            attempt = gr.Textbox("", visible=False)  # travels with every knob
        with gr.Column(elem_classes="fold-line"):
            with gr.Accordion(say("train.twin"), open=False, elem_id="twin"):
                twin = _twin()
            help_line("train.while-help", elem_classes="aside")
    return Components(
        lesson=lesson,
        form=Form(**at_start, **knobs),
        own_file=own_file,
        load_model=load_model,
        message=message,
        own=own,
        run=RunCard(status=status, use=use, save=save, lane=lane, attempt=attempt),
        twin=twin,
        model_file=download_view("model-file"),
        pictures=_pictures(probes),
    )


def _lesson() -> Lesson:
    with gr.Row(elem_classes="train-top"):
        task = gr.Dropdown(task_choices(), value=FIRST_TASK, label=say("train.task"), elem_id="task", filterable=False)
        preset = gr.Dropdown(
            preset_choices(),
            value=own_preset(FIRST_TASK),
            label=say("train.preset"),
            elem_id="preset",
            filterable=False,
        )
        with gr.Row(elem_classes="transport"):
            return Lesson(
                task=task,
                preset=preset,
                start=button("train.start", "start", variant="primary"),
                pause=button("train.pause", "pause", interactive=False),
                step=button("train.step", "step", interactive=False),
                stop=button("train.stop", "stop", interactive=False),
                rewind=button("train.rewind", "rewind", interactive=False),
            )


def _status() -> tuple[gr.HTML, gr.Button, gr.Button]:
    with gr.Row(elem_classes="run-line"):
        status = status_view("run-status")
        status.value = not_started()
        with gr.Row(elem_classes="take-home"):
            use = button("train.use", "use", interactive=False)
            save = button("train.save-model", "save-model", interactive=False, elem_classes="chip")
    return status, use, save


def _twin() -> Twin:
    help_line("train.twin-help")
    with gr.Row(elem_classes="fields twin-fields"):
        what = segments(TWIN_CHOICES, "forcing", say("train.twin-what"), "twin-what")
        with gr.Row(elem_classes="knobs twin-forcing"):
            ratio = gr.Slider(0, 1, 0, step=0.05, label=say("train.ratio"), elem_id="twin-ratio", buttons=[])
        rate = choice(RATE_CHOICES, 0.0003, say("train.learning-rate"), "twin-rate")
        help_line("train.twin-no-attention", elem_id="twin-none")
        fork = button("train.fork", "fork", interactive=False)
        end = button("train.end-twin", "end-twin", interactive=False)
    return Twin(what=what, ratio=ratio, rate=rate, fork=fork, end=end)


def _pictures(probes: Sequence[str]) -> Pictures:
    with gr.Row(elem_classes="pictures"):
        with gr.Column(elem_classes="card curves-card"):
            heading(say("train.curves"), say("train.curves-help"))
            curves = plotly_view("curves")
            curves.value = instead_of_figure(say("train.curves-empty"))
        with gr.Column(elem_classes="card movie-card"):
            heading(say("train.movie.title"), say("train.movie.help"))
            movie = movie_view("movie")
            with gr.Row(elem_classes="watch-line"):
                text, label = "\n".join(probes), say("train.probes")
                watched = gr.Textbox(text, label=label, lines=3, max_lines=5, elem_id="probes", max_length=400)
                watch = button("train.watch", "watch")
    with gr.Column(elem_classes="card prefixes-card"):
        heading(say("train.prefixes"), say("train.prefixes-help"))
        prefixes = prefixes_view("prefixes")
        empty("train.prefixes-empty", "ghost-prefixes")
    with gr.Column(elem_classes="card samples-card"):
        heading(say("train.samples"), "")
        samples = table_view("samples")
        empty("train.samples-empty", "ghost-samples")
    return Pictures(curves=curves, movie=movie, probes=watched, watch=watch, prefixes=prefixes, samples=samples)
