"""Tab Evaluate: how good a model is on a test set, and where it fails.

This file wires; `layout.py` lays out, `handlers.py` answers, `results.py` makes what is shown.
"""

from typing import Any

import gradio as gr

from s2s_demo.ui.evaluate import handlers
from s2s_demo.ui.evaluate.form import Form, strategy_fields
from s2s_demo.ui.evaluate.layout import Components, lay_out
from s2s_demo.ui.evaluate.shown import Exported, Opened, Sets, Shown, Waiting
from s2s_demo.ui.page import Page
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.parts.layout import current_tab

TITLE = "evaluate.title"
_HIDDEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_AT_ONCE: dict[str, Any] = {**_HIDDEN, "queue": False}
_RUN: dict[str, Any] = {
    **_HIDDEN,
    "trigger_mode": "once",
    "concurrency_limit": handlers.RUNS_AT_ONCE,
    "concurrency_id": "evaluate",
}
_LOOK: dict[str, Any] = {
    **_HIDDEN,
    "trigger_mode": "always_last",
    "concurrency_limit": 8,
    "concurrency_id": "evaluate-looks",
}


def build(page: Page) -> Components:
    """Lay out the tab and wire its components."""
    components = lay_out(page.library.choices())
    _wire_runs(components, page)
    _wire_looks(components, page, current_tab())
    return components


def _wire_runs(c: Components, page: Page) -> None:
    """A run is a generator that one place in the queue serves; Stop ends it between two steps."""
    form, shown, waiting = list(leaves(form_of(c))), list(shown_of(c)), list(waiting_of(c))
    wait, evaluate = handlers.on_wait(page.library), handlers.on_evaluate(page.library)
    c.how.go.click(wait, None, waiting, **_AT_ONCE).then(evaluate, [c.turn, *form], shown, **_RUN)
    beams = handlers.on_beams(page.library)
    c.figures.beams.click(wait, None, waiting, **_AT_ONCE).then(beams, [c.turn, c.report], shown, **_RUN)
    c.how.stop.click(handlers.on_stop(page.library), None, waiting, **_AT_ONCE)


def _wire_looks(c: Components, page: Page, tab: gr.Tab) -> None:
    """What shows test sets, or what was found, in another way."""
    asked, sets, shown = [c.what.model, c.what.source], sets_of(c), list(shown_of(c))
    opened = Opened(model=c.what.model, sets=sets)
    tab.select(flattened(handlers.on_open(page.library)), asked, list(leaves(opened)), **_LOOK)
    c.what.model.input(handlers.on_model(page.library), asked, list(sets), **_LOOK)
    c.sentences.worst.select(handlers.on_row(page.library), c.report, shown, **_LOOK)
    on_sentence, of_report = handlers.on_sentence(page.library), [c.report, c.number, c.sentences.sentence]
    c.sentences.sentence.input(on_sentence, of_report, shown, **_LOOK)
    exported = Exported(message=c.message, download=c.download)
    for kind, button in c.exports.items():
        button.click(handlers.on_export(page.library), [gr.State(kind), c.report], list(exported), **_LOOK)


def form_of(c: Components) -> Form:
    """The components of the form."""
    return Form(
        model=c.what.model,
        test_set=c.what.test_set,
        source=c.what.source,
        references=c.what.references,
        strategy=c.how.strategy,
        settings=tuple(c.how.settings[name] for name in strategy_fields()),
    )


def shown_of(c: Components) -> Shown:
    """The components of a run and of what it found."""
    return Shown(
        message=c.message,
        status=c.how.status,
        bar=c.how.bar,
        report=c.report,
        figures=c.figures.figures,
        by_length=c.figures.by_length,
        by_length_table=c.figures.by_length_table,
        by_beam=c.figures.by_beam,
        by_beam_table=c.figures.by_beam_table,
        worst=c.sentences.worst,
        picked_title=c.sentences.picked_title,
        picked=c.sentences.picked,
        sentence=c.sentences.sentence,
        heatmap=c.sentences.heatmap,
        number=c.number,
    )


def waiting_of(c: Components) -> Waiting:
    """The components of a run that waits."""
    return Waiting(message=c.message, status=c.how.status, bar=c.how.bar, turn=c.turn)


def sets_of(c: Components) -> Sets:
    """The components of the choice of a test set."""
    return Sets(test_set=c.what.test_set, about_set=c.what.about_set)
