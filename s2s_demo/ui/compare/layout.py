"""The parts of tab Compare and where they stand; no events here."""

from collections.abc import Sequence
from types import SimpleNamespace

import gradio as gr

from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.query import LARGEST_BEAM
from s2s_demo.ui import strings as common
from s2s_demo.ui.compare import strings
from s2s_demo.ui.compare.handlers import MOST_LANES, LaneShown, Race
from s2s_demo.ui.parts import elements
from s2s_demo.ui.translate.layout import chips

CONTROLS = ("text", "models", "ways", "beam_size", "seed")  # as in Race
FEW = 4  # lanes that have room for their trees
Parts = SimpleNamespace  # components by name


def lay_out(models: Sequence[Entry]) -> Parts:
    """All parts of the tab, inside the current gr.Tab."""
    parts, kinds = Parts(question=gr.State(None)), kinds_of(models)
    alike = models_of(models, kinds[0]) if kinds else []
    with gr.Row(elem_classes="ask"):
        _ask(parts, first_ways(first_models(alike)))
        _which(parts, kinds, alike)
    parts.message = elements.text_view("compare-message", role="alert")
    parts.sentence = gr.Radio(
        [], label=common.SENTENCE_SHOWN, visible=False, elem_id="compare-sentence-shown", elem_classes="lines"
    )
    with gr.Row(elem_classes="lanes"):
        parts.lanes = [_lane(place) for place in range(MOST_LANES)]
    _figures(parts)
    return parts


def heading(title: str, text: str) -> None:
    """A card's title and one line that says how to read it."""
    gr.HTML(f"<h2>{title}</h2><p class='help'>{text}</p>", apply_default_css=False, elem_classes="heading")


def _ask(parts: Parts, ways: list[str]) -> None:
    with gr.Column(elem_classes="card ask-text"):
        with gr.Row(elem_classes="ask-line"):
            parts.text = gr.Textbox(
                Race.text,
                label=common.SENTENCE,
                lines=1,
                max_lines=6,
                elem_id="compare-sentence",
                elem_classes="sentence-box",
                placeholder=strings.ASK_HELP,
            )
            parts.go = gr.Button(
                strings.COMPARE, variant="primary", size="sm", elem_id="compare-button", elem_classes="main-button"
            )
        with gr.Row(elem_classes="chips"):
            parts.chips = chips()
        parts.ways = gr.CheckboxGroup(
            [(label, way) for way, label in strings.WAYS_LABELS.items()],
            value=ways,
            label=strings.WAYS,
            elem_id="compare-ways",
            elem_classes="checks",
        )
        with gr.Row(elem_classes="knobs always"):
            parts.beam_size = gr.Slider(
                1, LARGEST_BEAM, Race.beam_size, step=1, label=common.BEAM_SIZE, info=common.BEAM_SIZE_HELP, buttons=[]
            )
            parts.seed = gr.Slider(0, 99, Race.seed, step=1, label=strings.SEED, info=common.SEED_HELP, buttons=[])


def _which(parts: Parts, kinds: list[str], alike: Sequence[Entry]) -> None:
    with gr.Column(elem_classes="card ask-how"):
        parts.kind = gr.Dropdown(
            kinds, value=next(iter(kinds), None), label=strings.KIND, elem_id="compare-kind", filterable=False
        )
        parts.models = gr.CheckboxGroup(
            [(entry.variant, entry.name) for entry in alike],
            value=first_models(alike),
            label=strings.MODELS,
            info=strings.LANES_HELP.format(most=MOST_LANES),
            elem_id="compare-models",
            elem_classes="checks",
        )


def kinds_of(models: Sequence[Entry]) -> list[str]:
    """What there is to read, in the order of the models."""
    return list(dict.fromkeys(entry.reads for entry in models))


def models_of(models: Sequence[Entry], kind: str) -> list[Entry]:
    """The models that read the same."""
    return [entry for entry in models if entry.reads == kind]


def first_models(alike: Sequence[Entry]) -> list[str]:
    """What a visitor sees compared at first: the first model and its twins."""
    return [entry.name for entry in alike if entry.rank[:2] == alike[0].rank[:2]][:MOST_LANES]


def first_ways(models: Sequence[str]) -> list[str]:
    """One model is decoded in every way, several in one; of many, whose maps matter, greedily."""
    return list(Race.ways) if len(models) < 2 else ["beam"] if len(models) <= FEW else ["greedy"]


def _lane(place: int) -> Parts:
    """A lane has the parts that LaneShown names."""
    lane, name = Parts(), f"lane-{place + 1}"
    with gr.Column(elem_classes=f"card lane {name}"):
        lane.title = elements.title_view(f"{name}-title")
        lane.about = elements.text_view(f"{name}-about", role="note")
        lane.answer = elements.answer_view(f"{name}-answer")
        lane.note = elements.text_view(f"{name}-note", role="note")
        heading(strings.WHERE, "")
        lane.heatmap = elements.plotly_view(f"{name}-heatmap")
        heading(strings.TREE, "")
        lane.tree = elements.plotly_view(f"{name}-tree")
    assert set(vars(lane)) == set(LaneShown._fields)
    return lane


def _figures(parts: Parts) -> None:
    with gr.Row(elem_classes="figures-head"):
        heading(strings.FIGURES, strings.FIGURES_HELP)
        parts.test_set = gr.Dropdown(
            [], label=strings.TEST_SET, visible=False, filterable=False, elem_id="compare-test-set"
        )
    parts.figures_message = elements.text_view("compare-figures-message", role="alert")
    with gr.Row(elem_classes="pictures even"):
        with gr.Column(elem_classes="card"):
            heading(strings.BY_LENGTH, strings.BY_LENGTH_HELP)
            parts.by_length = elements.plotly_view("compare-by-length")
            with gr.Accordion(strings.AS_TABLE, open=False):
                parts.by_length_table = elements.table_view("compare-by-length-table")
        with gr.Column(elem_classes="card"):
            heading(strings.BY_BEAM, strings.BY_BEAM_HELP)
            parts.by_beam = elements.plotly_view("compare-by-beam")
            with gr.Accordion(strings.AS_TABLE, open=False):
                parts.by_beam_table = elements.table_view("compare-by-beam-table")
