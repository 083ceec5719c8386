"""The components of tab Train and where they stand; no events here."""

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.layout import heading
from s2s_demo.ui.parts.plot import instead_of_figure
from s2s_demo.ui.parts.table import table_view
from s2s_demo.ui.parts.text import text_view
from s2s_demo.ui.train.controls import (
    button,
    clip_choice,
    empty,
    help_line,
    rate_choice,
    ratio_slider,
    schedule_controls,
    segments,
    start_controls,
    upload,
)
from s2s_demo.ui.train.details import Details, details_line
from s2s_demo.ui.train.elements import curves_view, movie_view, prefixes_view, status_view
from s2s_demo.ui.train.form import Form, Knobs, asked
from s2s_demo.ui.train.own import OwnShown, lay_out_own
from s2s_demo.ui.train.presets import FIRST_TASK, own_preset, preset_choices
from s2s_demo.ui.train.status import not_started
from s2s_demo.ui.train.trainer import task_choices
from s2s_demo.words import say

TWIN_CHOICES = (
    ("train.forcing", "forcing"),
    ("settings.attention.label", "attention"),
    ("settings.learning_rate.label", "rate"),
)
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
    samples: gr.HTML


@dataclass(frozen=True)
class Bring:
    """What a visitor brings."""

    pairs: gr.UploadButton
    model: gr.UploadButton


@dataclass(frozen=True)
class Components:
    """All components of the tab; `form`, `details` and `own` are records of values, filled with components here."""

    lesson: Lesson
    form: Form
    details: Details
    bring: Bring
    message: gr.HTML
    own: OwnShown
    run: RunCard
    twin: Twin
    model_file: gr.HTML
    pictures: Pictures


def lay_out(form: Form, probes: Sequence[str]) -> Components:
    """All components of the tab, inside the current Blocks; `form` holds the first values."""
    knobs = form.knobs
    with gr.Column(elem_classes="card train-strip"):
        with gr.Row(elem_classes="train-top"):
            task, preset = _what()
            with gr.Row(elem_classes="dock"):
                lesson = _transport(task, preset)
                forced = gr.Checkbox(knobs.forced, label=say("train.forcing"), elem_id="forced")
                with gr.Row(elem_classes="knobs ratio"):
                    ratio = ratio_slider(knobs.ratio, "ratio")
            learning_rate = rate_choice(knobs.learning_rate, say("train.rate"), "learning-rate")
        with gr.Column(elem_classes="strip-line"):
            status = status_view("run-status")
            status.value = not_started()
            with gr.Accordion(details_line(form), open=False, elem_id="details") as fold:
                with gr.Row(elem_classes="fields now-fields"):
                    schedule, over = schedule_controls(knobs.schedule)
                    clip = clip_choice(knobs.clip)
                    lane = segments(LANES, "", say("train.acts-on"), "lane", visible=False)
                help_line("train.while-help")
                twin = _twin()
                with gr.Row(elem_classes="fields start-fields"):
                    start = start_controls(form)
                help_line("train.start-help")
                bring, use, save = _bring_and_take()
            attempt = gr.Textbox("", visible=False)  # travels with every knob
    message = text_view("train-message", role="alert")
    own = lay_out_own()
    return Components(
        lesson=lesson,
        form=Form(Knobs(forced, ratio, schedule, over, learning_rate, clip), start),
        details=Details(fold, tuple(field for each, field in zip(asked(), start, strict=True) if each.picker)),
        bring=bring,
        message=message,
        own=own,
        run=RunCard(status=status, use=use, save=save, lane=lane, attempt=attempt),
        twin=twin,
        model_file=download_view("model-file"),
        pictures=_pictures(probes),
    )


def _what() -> tuple[gr.Dropdown, gr.Dropdown]:
    task = gr.Dropdown(task_choices(), value=FIRST_TASK, label=say("train.task"), elem_id="task", filterable=False)
    preset = gr.Dropdown(
        preset_choices(), value=own_preset(FIRST_TASK), label=say("train.preset"), elem_id="preset", filterable=False
    )
    return task, preset


def _transport(task: gr.Dropdown, preset: gr.Dropdown) -> Lesson:
    """One group of buttons; the style sheet shows one of start and pause."""
    with gr.Row(elem_classes="transport"):
        return Lesson(
            task=task,
            preset=preset,
            start=button("train.start", "start", variant="primary"),
            pause=button("train.pause", "pause", variant="primary", interactive=False),
            step=button("train.step", "step", interactive=False),
            stop=button("train.stop", "stop", interactive=False),
            rewind=button("train.rewind", "rewind", interactive=False),
        )


def _bring_and_take() -> tuple[Bring, gr.Button, gr.Button]:
    with gr.Row(elem_classes="chips bring-line"):
        bring = Bring(
            upload("train.own-file", PAIR_FILES, "own-file"), upload("train.load-model", [".zip"], "load-model")
        )
        save = button("train.save-model", "save-model", interactive=False, elem_classes="chip")
        use = button("train.use", "use", interactive=False)
    return bring, use, save


def _twin() -> Twin:
    with gr.Row(elem_classes="fields twin-fields", elem_id="twin"):
        what = segments(TWIN_CHOICES, "forcing", say("train.twin-what"), "twin-what")
        with gr.Row(elem_classes="knobs twin-forcing"):
            ratio = ratio_slider(0, "twin-ratio")
        rate = rate_choice(0.0003, say("settings.learning_rate.label"), "twin-rate")
        help_line("train.twin-no-attention", elem_id="twin-none")
        fork = button("train.fork", "fork", interactive=False)
        end = button("train.end-twin", "end-twin", interactive=False)
    help_line("train.twin-help")
    return Twin(what=what, ratio=ratio, rate=rate, fork=fork, end=end)


def _pictures(probes: Sequence[str]) -> Pictures:
    with gr.Row(elem_classes="pictures"):
        with gr.Column(elem_classes="card curves-card"):
            heading(say("train.curves"), say("train.curves-help"))
            curves = curves_view("curves")
            curves.value = instead_of_figure(say("train.curves-empty"))
        with gr.Column(elem_classes="card movie-card"):
            movie = movie_view("movie")
            with gr.Row(elem_classes="watch-line"):
                text, label = "\n".join(probes), say("train.probes")
                watched = gr.Textbox(text, label=label, lines=3, max_lines=5, elem_id="probes", max_length=400)
                watch = button("train.watch", "watch")
    with gr.Column(elem_classes="card prefixes-card"):
        prefixes_view("prefixes")
    with gr.Column(elem_classes="card samples-card"):
        heading(say("train.samples"), "")
        samples = table_view("run-samples")
        empty("train.samples-empty", "ghost-samples")
    return Pictures(curves=curves, movie=movie, probes=watched, watch=watch, samples=samples)
