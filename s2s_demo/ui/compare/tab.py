"""Tab Compare: a date under every kind of attention; a sentence through several models or strategies.

This file wires; `layout.py` lays out, `handlers.py` answers; `family.py`, `lanes.py` and `figures.py` make what is
shown.
"""

import gradio as gr

from s2s_demo.ui.compare import handlers
from s2s_demo.ui.compare.form import Form
from s2s_demo.ui.compare.layout import Components, lay_out
from s2s_demo.ui.compare.shown import Family, Figures, Members, Opened, Shown
from s2s_demo.ui.parts.events import answering, asking, ready
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.parts.layout import current_tab
from s2s_demo.ui.parts.page import Page

TITLE = "compare.title"
_EVENT = answering("compare")
_ASKING = asking("compare")
_READY = ready("compare")


def build(page: Page) -> Components:
    """Lay out the tab and wire its components."""
    components = lay_out(page.library.entries())
    _wire_questions(components, page, current_tab())
    _wire_looks(components, page)
    _wire_family(components, page, current_tab())
    return components


def _wire_questions(c: Components, page: Page, tab: gr.Tab) -> None:
    """What has the sentence compared."""
    form, shown, figures = form_of(c), shown_of(c), figures_of(c)
    compare, outputs = handlers.on_compare(page.library), list(shown)
    triggers = [c.ask.go.click, c.ask.text.submit, c.which.models.input, c.ask.strategies.input]
    triggers += [c.ask.beam_size.release, c.ask.seed.release]
    gr.on(triggers, compare, list(form), outputs, **_ASKING).then(**_READY)
    for chip in c.ask.chips:
        chip.click(None, chip, c.ask.text, js="(text) => text", api_visibility="private")
        chip.click(compare, list(form._replace(text=chip)), outputs, **_ASKING).then(**_READY)
    family = Family(c.ask.text, c.which.models, c.ask.strategies, tuple(c.ask.chips), shown, figures)
    on_kind = flattened(handlers.on_kind(page.library))
    c.which.kind.input(on_kind, [c.which.kind, *form], list(leaves(family)), **_ASKING).then(**_READY)
    opened = Opened(kind=c.which.kind, models=c.which.models, shown=shown, figures=figures)
    on_open, asked = flattened(handlers.on_open(page.library)), [c.which.kind, c.question, *form]
    tab.select(on_open, asked, list(leaves(opened)), **_ASKING).then(**_READY)


def _wire_looks(c: Components, page: Page) -> None:
    """What shows what was measured in another way."""
    on_test_set = handlers.on_test_set(page.library)
    c.figures.test_set.input(on_test_set, c.figures.test_set, list(figures_of(c)), **_EVENT)


def _wire_family(c: Components, page: Page, tab: gr.Tab) -> None:
    """What has a sentence read by the whole family, and a member learnt again on tab Train."""
    members = list(Members(message=c.family_message, family=c.family))
    read = handlers.on_family(page.library)
    gr.on([c.date.submit, tab.select], read, c.date, members, **_EVENT)
    if page.retraining:
        c.family.select(page.retraining.on_select, None, page.retraining.takes, **_EVENT)


def form_of(c: Components) -> Form:
    """The components of the form."""
    return Form(
        text=c.ask.text,
        models=c.which.models,
        strategies=c.ask.strategies,
        beam_size=c.ask.beam_size,
        seed=c.ask.seed,
    )


def shown_of(c: Components) -> Shown:
    """The components of an answer."""
    return Shown(message=c.message, question=c.question, lanes=c.lanes)


def figures_of(c: Components) -> Figures:
    """The components of the figures."""
    return Figures(
        message=c.figures.message,
        test_set=c.figures.test_set,
        by_length=c.figures.by_length,
        by_length_table=c.figures.by_length_table,
        by_beam=c.figures.by_beam,
        by_beam_table=c.figures.by_beam_table,
    )
