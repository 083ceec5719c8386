"""The parts of tab Train and where they stand; no events here."""

from typing import Any

import gradio as gr

from s2s_demo.live import PRESETS
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.recurrent import CELLS
from s2s_demo.training.optimisers import OPTIMISERS
from s2s_demo.ui import strings
from s2s_demo.ui.parts import elements
from s2s_demo.ui.train import elements as train_elements
from s2s_demo.ui.train.controls import CLIPS, FIRST_TASK, RATES, Strip, own_preset
from s2s_demo.ui.train.handlers import choices
from s2s_demo.ui.train.own import lay_out_own
from s2s_demo.ui.train.shown import not_started
from s2s_demo.ui.translate.layout import Parts


def lay_out(strip: Strip, probes: list[str]) -> Parts:
    """All parts of the tab, inside the current Blocks."""
    parts = Parts()
    with gr.Column(elem_classes="card train-strip"):
        _what(parts)
        with gr.Column(elem_classes="fold-line"):
            with gr.Accordion(strings.ARCHITECTURE, open=False, elem_id="architecture"):
                _architecture(parts, strip)
            with gr.Row(elem_classes="chips aside"):
                parts.own_file = _upload(strings.OWN_FILE, [".tsv", ".csv", ".txt", ".json", ".jsonl"], "own-file")
                parts.load_model = _upload(strings.LOAD_MODEL, [".zip"], "load-model")
    parts.train_message = elements.text_view("train-message", role="alert")
    lay_out_own(parts)
    with gr.Column(elem_classes="card run-card"):
        _status(parts)
        _while(parts, strip)
        with gr.Column(elem_classes="fold-line"):
            with gr.Accordion(strings.TWIN, open=False, elem_id="twin"):
                _twin(parts)
            _help(strings.WHILE_HELP, elem_classes="aside")
    parts.model_file = elements.download_view("model-file")
    with gr.Row(elem_classes="pictures"):
        _curves(parts)
        _movie(parts, probes)
    _rows(parts)
    return parts


def _what(parts: Parts) -> None:
    with gr.Row(elem_classes="train-top"):
        parts.task = gr.Dropdown(choices(), value=FIRST_TASK, label=strings.TASK, elem_id="task", filterable=False)
        parts.preset = gr.Dropdown(
            [*PRESETS, strings.PRESET_SUITS],
            value=own_preset(FIRST_TASK),
            label=strings.PRESET,
            elem_id="preset",
            filterable=False,
        )
        with gr.Row(elem_classes="transport"):
            parts.start = gr.Button(strings.START, variant="primary", size="sm", elem_id="start")
            for name in ("pause", "step", "stop", "rewind"):
                label = getattr(strings, name.upper())
                setattr(parts, name, gr.Button(label, size="sm", interactive=False, elem_id=name))


def _architecture(parts: Parts, strip: Strip) -> None:
    _help(strings.ARCHITECTURE_HELP)
    with gr.Row(elem_classes="fields"):
        parts.cell = _choice(CELLS, strip.cell, strings.CELL, "cell")
        parts.layers = _number(strip.layers, strings.LAYERS, "layers")
        parts.hidden_size = _number(strip.hidden_size, strings.HIDDEN_SIZE, "hidden-size")
        parts.direction = _choice(_pairs(strings.DIRECTIONS), strip.direction, strings.DIRECTION, "direction")
        parts.attention = _choice(ATTENTIONS, strip.attention, strings.ATTENTION, "attention")
        parts.decoder = _choice(DECODERS, strip.decoder, strings.DECODER, "decoder")
        parts.optimiser = _choice(OPTIMISERS, strip.optimiser, strings.OPTIMISER, "optimiser")
        parts.batch_tokens = _number(strip.batch_tokens, strings.BATCH, "batch-tokens")
        parts.updates = _number(strip.updates, strings.UPDATES, "updates")
        parts.seed = _number(strip.seed, strings.TRAIN_SEED, "train-seed")
        parts.input_feeding = gr.Checkbox(
            strip.input_feeding, label=strings.INPUT_FEEDING, info=strings.INPUT_FEEDING_HELP, elem_id="input-feeding"
        )


def _while(parts: Parts, strip: Strip) -> None:
    with gr.Row(elem_classes="fields while-row"):
        parts.forced = gr.Checkbox(strip.forced, label=strings.FORCING, elem_id="forced", elem_classes="switch")
        with gr.Row(elem_classes="knobs ratio"):
            parts.ratio = gr.Slider(
                0, 1, strip.ratio, step=0.05, label=strings.RATIO, info=strings.RATIO_HELP, elem_id="ratio", buttons=[]
            )
        parts.schedule = _choice(
            _pairs(strings.FORCING_SCHEDULES), strip.schedule, strings.FORCING_SCHEDULE, "schedule"
        )
        parts.over = gr.Number(strip.over, label=strings.OVER, precision=0, elem_id="over")
        parts.learning_rate = _choice(
            [(f"{rate:g}", rate) for rate in RATES], strip.learning_rate, strings.LEARNING_RATE, "learning-rate"
        )
        clips = [(f"{clip:g}" if clip < 1000 else strings.CLIP_OFF, clip) for clip in CLIPS]
        parts.clip = _choice(clips, strip.clip, strings.CLIP, "clip")
        parts.lane = gr.Radio(
            [(label, name) for name, label in strings.LANES.items()],
            value="",
            label=strings.ACTS_ON,
            visible=False,
            elem_id="lane",
            elem_classes="segmented small",
        )
        parts.attempt = gr.Textbox("", visible=False)  # travels with every knob


def _twin(parts: Parts) -> None:
    _help(strings.TWIN_HELP)
    with gr.Row(elem_classes="fields twin-fields"):
        parts.twin_what = gr.Radio(
            _pairs(strings.TWINS),
            value="forcing",
            label=strings.TWIN_WHAT,
            elem_id="twin-what",
            elem_classes="segmented small",
        )
        with gr.Row(elem_classes="knobs twin-forcing"):
            parts.twin_ratio = gr.Slider(0, 1, 0, step=0.05, label=strings.RATIO, elem_id="twin-ratio", buttons=[])
        parts.twin_rate = _choice([(f"{rate:g}", rate) for rate in RATES], 0.0003, strings.LEARNING_RATE, "twin-rate")
        _help(strings.TWIN_NO_ATTENTION, elem_id="twin-none")
        parts.fork = gr.Button(strings.FORK, size="sm", interactive=False, elem_id="fork")
        parts.end_twin = gr.Button(strings.END_TWIN, size="sm", interactive=False, elem_id="end-twin")


def _curves(parts: Parts) -> None:
    with gr.Column(elem_classes="card curves-card"):
        _heading(strings.CURVES, strings.CURVES_HELP)
        parts.curves = elements.plotly_view("curves")
        parts.curves.value = elements.instead_of_figure(strings.CURVES_EMPTY)


def _movie(parts: Parts, probes: list[str]) -> None:
    with gr.Column(elem_classes="card movie-card"):
        _heading(strings.MOVIE, strings.MOVIE_HELP)
        parts.movie = train_elements.movie_view("movie")
        with gr.Row(elem_classes="watch-line"):
            parts.probes = gr.Textbox(
                "\n".join(probes), label=strings.PROBES, lines=3, max_lines=5, elem_id="probes", max_length=400
            )
            parts.watch = gr.Button(strings.WATCH, size="sm", elem_id="watch")


def _rows(parts: Parts) -> None:
    with gr.Column(elem_classes="card prefixes-card"):
        _heading(strings.PREFIXES, strings.PREFIXES_HELP)
        parts.prefixes = train_elements.prefixes_view("prefixes")
        _empty(strings.PREFIXES_EMPTY, "ghost-prefixes")
    with gr.Column(elem_classes="card samples-card"):
        _heading(strings.SAMPLES, "")
        parts.samples = elements.table_view("samples")
        _empty(strings.SAMPLES_EMPTY, "ghost-samples")


def _status(parts: Parts) -> None:
    """The run in words and numbers, and what can be done with its model."""
    with gr.Row(elem_classes="run-line"):
        parts.status = train_elements.status_view("run-status")
        parts.status.value = not_started()
        with gr.Row(elem_classes="take-home"):
            parts.use = gr.Button(strings.USE, size="sm", interactive=False, elem_id="use")
            parts.save = gr.Button(
                strings.SAVE_MODEL, size="sm", interactive=False, elem_classes="chip", elem_id="save-model"
            )


def _heading(title: str, text: str) -> None:
    gr.HTML(f"<h2>{title}</h2><p class='help'>{text}</p>", apply_default_css=False, elem_classes="heading")


def _empty(sentence: str, ghost: str) -> None:
    """What stands in a card before there is anything to show; the style sheet draws its ghost."""
    gr.HTML(f"<p class='s2s-instead'>{sentence}</p>", apply_default_css=False, elem_classes=["empty", ghost])


def _help(text: str, elem_id: str | None = None, elem_classes: str | None = None) -> None:
    gr.HTML(f"<p class='help'>{text}</p>", apply_default_css=False, elem_id=elem_id, elem_classes=elem_classes)


def _pairs(labels: dict[str, str]) -> list[tuple[str, str]]:
    return [(label, name) for name, label in labels.items()]


def _choice(options: Any, value: Any, label: str, elem_id: str) -> gr.Dropdown:
    return gr.Dropdown(list(options), value=value, label=label, elem_id=elem_id, filterable=False)


def _number(value: float, label: str, elem_id: str) -> gr.Number:
    return gr.Number(value, label=label, precision=0, elem_id=elem_id)


def _upload(label: str, kinds: list[str], elem_id: str) -> gr.UploadButton:
    return gr.UploadButton(label, file_types=kinds, size="sm", elem_classes="chip", elem_id=elem_id)
