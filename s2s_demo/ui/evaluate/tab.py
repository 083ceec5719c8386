"""Tab Evaluate: how good a model is on a test set, and where it fails.

This file wires; `layout.py` lays out, `handlers.py` answers, `results.py` makes what is shown.
"""

from typing import Any

import gradio as gr

from s2s_demo.ui.evaluate import handlers
from s2s_demo.ui.evaluate.form import Form, strategy_fields
from s2s_demo.ui.evaluate.layout import Components, lay_out
from s2s_demo.ui.evaluate.shown import Exported, Opened, Sets, Shown, Waiting
from s2s_demo.ui.parts.events import AT_ONCE, PRIVATE, answering
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.parts.layout import current_tab
from s2s_demo.ui.parts.page import Page

TITLE = "evaluate.title"
_RUN: dict[str, Any] = {
    **PRIVATE,
    "trigger_mode": "once",
    "concurrency_limit": handlers.RUNS_AT_ONCE,
    "concurrency_id": "evaluate",
}
_GLANCE = {**_RUN, "trigger_mode": "multiple"}  # a newer one ends the older
_LOOK = answering("evaluate-looks")


def build(page: Page) -> Components:
    """Lay out the tab and wire its components."""
    components = lay_out(page.library.choices())
    _wire_models(components, page, current_tab())
    _wire_runs(components, page)
    _wire_looks(components, page)
    return components


def _wire_models(c: Components, page: Page, tab: gr.Tab) -> None:
    """A model shows its card at once; its worst sentences are then measured in the background."""
    opened = list(leaves(opened_of(c)))
    on_open, on_model = flattened(handlers.on_open(page.library)), flattened(handlers.on_model(page.library))
    glance, asked = handlers.on_glance(page.library), [c.glance, *leaves(form_of(c))]
    tab.select(on_open, [c.ask.model, c.files.source, c.opened], opened, **_LOOK).then(
        glance, asked, list(shown_of(c)), **_GLANCE
    )
    c.ask.model.input(on_model, [c.ask.model, c.files.source], opened, **_LOOK).then(
        glance, asked, list(shown_of(c)), **_GLANCE
    )


def _wire_runs(c: Components, page: Page) -> None:
    """A run is a generator that one place in the queue serves; Stop ends it between two steps."""
    form, shown, waiting = list(leaves(form_of(c))), list(shown_of(c)), list(waiting_of(c))
    wait, evaluate = handlers.on_wait(page.library), handlers.on_evaluate(page.library)
    c.ask.go.click(wait, None, waiting, **AT_ONCE).then(evaluate, [c.turn, *form], shown, **_RUN)
    beams = handlers.on_beams(page.library)
    c.figures.beams.click(wait, None, waiting, **AT_ONCE).then(beams, [c.turn, c.report], shown, **_RUN)
    c.ask.stop.click(handlers.on_stop(page.library), None, waiting, **AT_ONCE)


def _wire_looks(c: Components, page: Page) -> None:
    """What shows one of the sentences, or saves what was found."""
    c.sentences.worst.select(handlers.on_row(page.library), c.report, list(shown_of(c)), **_LOOK)
    exported = Exported(message=c.message, download=c.download)
    for kind, button in c.exports.items():
        button.click(handlers.on_export(page.library), [gr.State(kind), c.report], list(exported), **_LOOK)


def form_of(c: Components) -> Form:
    """The components of the form."""
    return Form(
        model=c.ask.model,
        test_set=c.ask.test_set,
        source=c.files.source,
        references=c.files.references,
        strategy=c.ask.strategy,
        settings=tuple(c.ask.settings[name] for name in strategy_fields()),
    )


def shown_of(c: Components) -> Shown:
    """The components of a run and of what it found."""
    return Shown(
        message=c.message,
        status=c.ask.status,
        bar=c.bar,
        report=c.report,
        overview=c.figures.overview,
        by_length_about=c.figures.by_length_about,
        by_length=c.figures.by_length,
        by_length_table=c.numbers.by_length_table,
        by_beam_about=c.figures.by_beam_about,
        by_beam=c.figures.by_beam,
        by_beam_table=c.numbers.by_beam_table,
        numbers=c.numbers.fold,
        figures=c.numbers.figures,
        worst_about=c.sentences.about,
        worst=c.sentences.worst,
        picked_title=c.sentences.picked_title,
        picked=c.sentences.picked,
        picture=c.sentences.picture,
    )


def waiting_of(c: Components) -> Waiting:
    """The components of a run that waits."""
    return Waiting(message=c.message, status=c.ask.status, bar=c.bar, turn=c.turn)


def opened_of(c: Components) -> Opened:
    """The components of another model, or of the tab as it is opened."""
    sets = Sets(test_set=c.ask.test_set, about_set=c.numbers.about_set)
    return Opened(model=c.ask.model, opened=c.opened, glance=c.glance, sets=sets, shown=shown_of(c))
