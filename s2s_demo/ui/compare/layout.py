"""The components of tab Compare and where they stand; no events here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import gradio as gr

from s2s_demo.decoding import STRATEGIES
from s2s_demo.serving.catalogue import EXAMPLES, Entry
from s2s_demo.serving.query import offered
from s2s_demo.ui.compare.form import MOST_LANES, Form
from s2s_demo.ui.compare.models import first_models, first_strategies, kinds_of, model_choices, models_of
from s2s_demo.ui.parts.answer import answer_view
from s2s_demo.ui.parts.layout import chips, heading, sentence_picker
from s2s_demo.ui.parts.plot import plotly_view
from s2s_demo.ui.parts.strategies import setting_control, strategy_choices
from s2s_demo.ui.parts.table import table_view
from s2s_demo.ui.parts.text import text_view, title_view
from s2s_demo.words import say


@dataclass(frozen=True)
class Ask:
    """What is asked of every lane."""

    text: gr.Textbox
    go: gr.Button
    chips: list[gr.Button]
    strategies: gr.CheckboxGroup
    beam_size: gr.Slider
    seed: gr.Slider


@dataclass(frozen=True)
class Which:
    """Which models are compared."""

    kind: gr.Dropdown
    models: gr.CheckboxGroup


@dataclass(frozen=True)
class LaneParts:
    """One lane."""

    title: gr.HTML
    about: gr.HTML
    answer: gr.HTML
    note: gr.HTML
    heatmap: gr.HTML
    tree: gr.HTML


@dataclass(frozen=True)
class FigureParts:
    """The classic figures."""

    test_set: gr.Dropdown
    message: gr.HTML
    by_length: gr.HTML
    by_length_table: gr.HTML
    by_beam: gr.HTML
    by_beam_table: gr.HTML


@dataclass(frozen=True)
class Components:
    """All of the tab; `question` is what the lanes answer."""

    question: gr.State
    ask: Ask
    which: Which
    message: gr.HTML
    sentence: gr.Radio
    lanes: list[LaneParts]
    figures: FigureParts


def lay_out(models: Sequence[Entry]) -> Components:
    """All components of the tab, inside the current gr.Tab."""
    kinds = kinds_of(models)
    alike = models_of(models, kinds[0][1]) if kinds else []
    with gr.Row(elem_classes="ask"):
        ask, which = _ask(first_strategies(first_models(alike))), _which(kinds, alike)
    message, sentence = text_view("compare-message", role="alert"), sentence_picker("compare-sentence-shown")
    with gr.Row(elem_classes="lanes"):
        lanes = [_lane(f"lane-{place + 1}") for place in range(MOST_LANES)]
    return Components(gr.State(None), ask, which, message, sentence, lanes, _figures())


def _ask(strategies: list[str]) -> Ask:
    first = Form()
    with gr.Column(elem_classes="card ask-text"):
        with gr.Row(elem_classes="ask-line"):
            text = gr.Textbox(
                first.text,
                label=say("translate.sentence"),
                lines=1,
                max_lines=6,
                elem_id="compare-sentence",
                elem_classes="sentence-box",
                placeholder=say("compare.sentence-help"),
            )
            go = gr.Button(
                say("compare.go"), variant="primary", size="sm", elem_id="compare-button", elem_classes="main-button"
            )
        with gr.Row(elem_classes="chips"):
            to_try = chips(EXAMPLES["en"])
        boxes = gr.CheckboxGroup(
            strategy_choices(list(STRATEGIES)),
            value=strategies,
            label=say("parts.strategies.title"),
            elem_id="compare-ways",
            elem_classes="checks",
        )
        with gr.Row(elem_classes="knobs always"):
            settings = {each.name: each for each in offered()}
            size = setting_control(settings["beam_size"], "compare-")
            seed_of_sample = replace(settings["seed"], slider=(0, 99), step=1)
            seed = setting_control(seed_of_sample, "compare-", label=say("compare.seed"))
            assert isinstance(size, gr.Slider)
            assert isinstance(seed, gr.Slider)
    return Ask(text, go, to_try, boxes, size, seed)


def _which(kinds: list[tuple[str, str]], alike: Sequence[Entry]) -> Which:
    with gr.Column(elem_classes="card ask-how"):
        kind = gr.Dropdown(
            kinds,
            value=next((key for _, key in kinds), None),
            label=say("compare.kind"),
            elem_id="compare-kind",
            filterable=False,
        )
        models = gr.CheckboxGroup(
            model_choices(alike),
            value=first_models(alike),
            label=say("compare.models"),
            info=say("compare.lanes-help", most=MOST_LANES),
            elem_id="compare-models",
            elem_classes="checks",
        )
    return Which(kind, models)


def _lane(name: str) -> LaneParts:
    with gr.Column(elem_classes=f"card lane {name}"):
        title, about = title_view(f"{name}-title"), text_view(f"{name}-about", role="note")
        answer, note = answer_view(f"{name}-answer"), text_view(f"{name}-note", role="note")
        heading(say("parts.pictures.where"), "")
        heatmap = plotly_view(f"{name}-heatmap")
        heading(say("parts.pictures.tree"), "")
        return LaneParts(title, about, answer, note, heatmap, plotly_view(f"{name}-tree"))


def _figures() -> FigureParts:
    with gr.Row(elem_classes="figures-head"):
        heading(say("compare.figures"), say("compare.figures-help"))
        test_set = gr.Dropdown(
            [], label=say("compare.test-set"), visible=False, filterable=False, elem_id="compare-test-set"
        )
    message = text_view("compare-figures-message", role="alert")
    with gr.Row(elem_classes="pictures even"):
        with gr.Column(elem_classes="card"):
            heading(say("parts.quality.by-length"), say("compare.by-length-help"))
            by_length = plotly_view("compare-by-length")
            with gr.Accordion(say("parts.as-table"), open=False):
                by_length_table = table_view("compare-by-length-table")
        with gr.Column(elem_classes="card"):
            heading(say("parts.quality.by-beam"), say("compare.by-beam-help"))
            by_beam = plotly_view("compare-by-beam")
            with gr.Accordion(say("parts.as-table"), open=False):
                by_beam_table = table_view("compare-by-beam-table")
    return FigureParts(test_set, message, by_length, by_length_table, by_beam, by_beam_table)
