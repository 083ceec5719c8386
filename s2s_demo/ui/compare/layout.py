"""The components of tab Compare and where they stand; no events here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import gradio as gr

from s2s_demo.decoding import STRATEGIES
from s2s_demo.serving.catalogue import EXAMPLES, Entry
from s2s_demo.serving.query import offered
from s2s_demo.ui.compare.family import EXAMPLE, family_view
from s2s_demo.ui.compare.form import MOST_LANES, Form
from s2s_demo.ui.compare.lanes import lanes_view
from s2s_demo.ui.compare.models import first_models, first_strategies, kinds_of, model_choices, models_of
from s2s_demo.ui.parts.layout import heading
from s2s_demo.ui.parts.plot import plotly_view
from s2s_demo.ui.parts.strategies import setting_control, strategy_choices
from s2s_demo.ui.parts.strip import hanging, sentence_with_examples, strip_button, strip_model
from s2s_demo.ui.parts.table import table_view
from s2s_demo.ui.parts.text import text_view
from s2s_demo.words import say

SHOW_VIEW = "(view) => { document.querySelector('#page-compare').classList.toggle('is-lanes', view === 'lanes'); }"


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

    date: gr.Textbox
    family_message: gr.HTML
    family: gr.HTML
    question: gr.State
    ask: Ask
    which: Which
    message: gr.HTML
    lanes: gr.HTML
    figures: FigureParts


def lay_out(models: Sequence[Entry]) -> Components:
    """All components of the tab, inside the current gr.Tab."""
    kinds = kinds_of(models)
    alike = models_of(models, kinds[0][1]) if kinds else []
    date = _head()
    with gr.Column(elem_id="compare-family"):
        family_message, family = text_view("compare-family-message", role="alert"), family_view("family")
    with gr.Column(elem_id="compare-side"):
        ask, which = _ask(kinds, alike)
        message, lanes = text_view("compare-message", role="alert"), lanes_view("lanes")
        figures = _figures()
    return Components(date, family_message, family, gr.State(None), ask, which, message, lanes, figures)


def _head() -> gr.Textbox:
    """What the tab shows, the family or lanes, and what the family reads."""
    with gr.Row(elem_classes="family-head"):
        views = [(say("compare.family.title"), "family"), (say("compare.family.lanes"), "lanes")]
        view = gr.Radio(
            views, value="family", label=say("compare.family.view"), container=False, elem_classes="segmented"
        )
        view.input(None, view, js=SHOW_VIEW, api_visibility="private")
        date = gr.Textbox(
            EXAMPLE,
            label=say("compare.family.date"),
            show_label=False,
            container=False,
            max_lines=1,
            elem_id="compare-date",
        )
        gr.HTML(f"<p class='help'>{say('compare.family.how')}</p>", apply_default_css=False, elem_classes="family-help")
    return date


def _ask(kinds: list[tuple[str, str]], alike: Sequence[Entry]) -> tuple[Ask, Which]:
    first, models = Form(), first_models(alike)
    with gr.Row(elem_classes="strip", elem_id="compare-ask"):
        text, to_try = sentence_with_examples(
            first.text,
            EXAMPLES["en"],
            "compare-sentence",
            say("compare.sentence-help"),
            examples_id="compare-examples",
        )
        go = strip_button(say("compare.go"), "compare-button")
        kind = strip_model(kinds, next((key for _, key in kinds), None), say("compare.kind"), "compare-kind")
        which = Which(kind, _models(alike, models))
        boxes = _ways(first_strategies(models))
        with gr.Row(elem_classes="knobs always"):
            settings = {each.name: each for each in offered()}
            size = setting_control(settings["beam_size"], "compare-")
            seed_of_sample = replace(settings["seed"], slider=(0, 99), step=1)
            seed = setting_control(seed_of_sample, "compare-", label=say("compare.seed"))
            assert isinstance(size, gr.Slider)
            assert isinstance(seed, gr.Slider)
    return Ask(text, go, to_try, boxes, size, seed), which


def _ways(chosen: list[str]) -> gr.CheckboxGroup:
    """The strategies, in the same way."""
    with hanging(say("parts.strategies.title"), len(chosen), "compare-how"):
        return gr.CheckboxGroup(
            strategy_choices(list(STRATEGIES)),
            value=chosen,
            label=say("parts.strategies.title"),
            elem_id="compare-ways",
            elem_classes="checks",
        )


def _models(alike: Sequence[Entry], chosen: list[str]) -> gr.CheckboxGroup:
    """The models to tick hang below a button that says how many there are."""
    with hanging(say("compare.models"), len(chosen), "compare-which"):
        return gr.CheckboxGroup(
            model_choices(alike),
            value=chosen,
            label=say("compare.models"),
            info=say("compare.lanes-help", most=MOST_LANES),
            elem_id="compare-models",
            elem_classes="checks",
        )


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
