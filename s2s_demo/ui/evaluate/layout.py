"""The parts of tab Evaluate and where they stand; no events here."""

from types import SimpleNamespace

import gradio as gr

from s2s_demo.serving.query import LARGEST_BEAM
from s2s_demo.ui import strings as common
from s2s_demo.ui.compare.layout import heading
from s2s_demo.ui.evaluate import strings
from s2s_demo.ui.evaluate.sets import LONGEST_LINE, MOST_BYTES, MOST_LINES
from s2s_demo.ui.parts import elements

CONTROLS = ("model", "test_set", "source", "references", "strategy", "beam_size", "length_penalty")  # as in Task
Parts = SimpleNamespace  # components by name


def lay_out(models: list[tuple[str, str]]) -> Parts:
    """All parts of the tab, inside the current gr.Tab."""
    parts = Parts(report=gr.State(None), number=gr.State(None), turn=gr.State(0))
    with gr.Row(elem_classes="ask"):
        _what(parts, models)
        _how(parts)
    parts.message = elements.text_view("evaluate-message", role="alert")
    _figures(parts)
    _sentences(parts)
    _foot(parts)
    return parts


def _what(parts: Parts, models: list[tuple[str, str]]) -> None:
    with gr.Column(elem_classes="card ask-text", elem_id="evaluate-what"):
        parts.model = gr.Dropdown(
            models,
            value=next((name for _, name in models), None),
            label=strings.MODEL,
            elem_id="evaluate-model",
            filterable=False,
        )
        parts.test_set = gr.Radio(
            [(strings.OURS, "ours"), (strings.FILES, "files")],
            value="ours",
            label=strings.TEST_SET,
            elem_classes="segmented",
            elem_id="evaluate-set",
        )
        with gr.Column(elem_classes="set-ours"):
            parts.about_set = elements.text_view("evaluate-about-set", role="note")
        with gr.Column(elem_classes="set-files"):
            limits = strings.LIMITS_HELP.format(lines=MOST_LINES, characters=LONGEST_LINE, megabytes=MOST_BYTES / 1e6)
            gr.HTML(f"<p class='help'>{strings.FILES_HELP} {limits}</p>", apply_default_css=False)
            with gr.Row(elem_classes="files"):
                parts.source = gr.File(label=strings.SOURCE_FILE, type="filepath", height=96, elem_id="evaluate-source")
                parts.references = gr.File(
                    label=strings.REFERENCE_FILES,
                    type="filepath",
                    file_count="multiple",
                    height=96,
                    elem_id="evaluate-references",
                )


def _how(parts: Parts) -> None:
    with gr.Column(elem_classes="card ask-how", elem_id="evaluate-how"):
        with gr.Row(elem_classes="how-top"):
            parts.strategy = gr.Radio(
                [(common.STRATEGIES[name], name) for name in ("greedy", "beam")],
                value="beam",
                label=common.DECODING,
                elem_classes="segmented",
                elem_id="evaluate-strategy",
            )
            with gr.Row(elem_classes="run-buttons"):
                parts.stop = gr.Button(strings.STOP, size="sm", elem_classes="chip", elem_id="evaluate-stop")
                parts.go = gr.Button(
                    strings.RUN, variant="primary", size="sm", elem_id="evaluate-button", elem_classes="main-button"
                )
        with gr.Row(elem_classes="knobs knobs-greedy"):
            gr.HTML(f"<p class='help'>{common.GREEDY_HELP}</p>", apply_default_css=False)
        with gr.Row(elem_classes="knobs knobs-beam"):
            parts.beam_size = gr.Slider(
                1, LARGEST_BEAM, 5, step=1, label=common.BEAM_SIZE, info=common.BEAM_SIZE_HELP, buttons=[]
            )
            parts.length_penalty = gr.Slider(
                0, 2, 0.75, step=0.05, label=common.LENGTH_PENALTY, info=common.LENGTH_PENALTY_HELP, buttons=[]
            )
        parts.bar = elements.element("progress", "evaluate-bar", "<progress hidden></progress>")
        parts.status = elements.text_view("evaluate-status")


def _figures(parts: Parts) -> None:
    with gr.Column(elem_classes="card found"):
        heading(strings.FIGURES, strings.FIGURES_HELP)
        parts.figures = elements.table_view("evaluate-figures")
    with gr.Row(elem_classes="pictures even found"):
        with gr.Column(elem_classes="card"):
            heading(strings.BY_LENGTH, strings.BY_LENGTH_HELP)
            parts.by_length = elements.plotly_view("evaluate-by-length")
            with gr.Accordion(strings.AS_TABLE, open=False):
                parts.by_length_table = elements.table_view("evaluate-by-length-table")
        with gr.Column(elem_classes="card"):
            heading(strings.BY_BEAM, strings.BEAMS_HELP)
            parts.beams = gr.Button(strings.BEAMS, size="sm", elem_classes="chip", elem_id="evaluate-beams")
            parts.by_beam = elements.plotly_view("evaluate-by-beam")
            with gr.Accordion(strings.AS_TABLE, open=False):
                parts.by_beam_table = elements.table_view("evaluate-by-beam-table")
    for part in (parts.by_length, parts.by_beam):
        part.value = elements.instead_of_figure(strings.NOT_YET)


def _sentences(parts: Parts) -> None:
    with gr.Column(elem_classes="card found"):
        heading(strings.WORST, strings.WORST_HELP)
        parts.worst = elements.table_view("evaluate-worst")
    with gr.Column(elem_classes="card found picked"):
        parts.picked_title = elements.title_view("evaluate-picked-title")
        parts.picked = elements.table_view("evaluate-picked")
        parts.sentence = gr.Radio(
            [], label=common.SENTENCE_SHOWN, visible=False, elem_id="evaluate-sentence-shown", elem_classes="lines"
        )
        heading(common.WHERE, common.WHERE_HELP)
        parts.heatmap = elements.plotly_view("evaluate-heatmap")


def _foot(parts: Parts) -> None:
    with gr.Row(elem_classes="exports found"):
        parts.exports = {
            kind: gr.Button(label, size="sm", elem_classes="chip", elem_id=f"evaluate-{kind}")
            for kind, label in strings.EXPORTS.items()
        }
    parts.download = elements.download_view("evaluate-download")
