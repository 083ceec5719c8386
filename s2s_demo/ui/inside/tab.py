"""Tab Inside: one step of a decoder with all its numbers, and what would have been written otherwise.

This file wires; `layout.py` lays out, `handlers.py` answers, `acts.py` says what a visitor can do.
"""

import gradio as gr

from s2s_demo.serving.query import offered
from s2s_demo.ui.inside import handlers
from s2s_demo.ui.inside.layout import Components, lay_out
from s2s_demo.ui.inside.shown import Form, Opened, Shown
from s2s_demo.ui.parts.events import answering, asking, ready
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.parts.layout import current_tab
from s2s_demo.ui.parts.page import Page

TITLE = "inside.title"
_EVENT = answering("inside")
_ASKING = asking("inside")
_OPENING = {**_EVENT, "js": "(address, reading) => [location.search, reading]"}
_READY = ready("inside")


def build(page: Page) -> Components:
    """Lay out the tab and wire its components."""
    components = lay_out(page.library.choices())
    _wire_questions(components, page, current_tab())
    _wire_acts(components, page)
    return components


def _wire_questions(c: Components, page: Page, tab: gr.Tab) -> None:
    """What has a sentence translated."""
    shown, knobs = list(shown_of(c)), [control.input for control in c.ask.settings.values()]
    triggers = [c.ask.go.click, c.ask.text.submit, c.ask.model.input, c.ask.strategy.input, *knobs]
    asked = list(leaves(form_of(c)))
    gr.on(triggers, handlers.on_ask(page.library), asked, shown, **_ASKING).then(**_READY)
    opened = list(leaves(Opened(tabs=page.tabs, form=form_of(c), shown=shown_of(c))))
    page.demo.load(flattened(handlers.on_load(page.library)), None, opened, **_EVENT)
    tab.select(flattened(handlers.on_open(page.library)), [c.address, c.reading], opened, **_OPENING)


def _wire_acts(c: Components, page: Page) -> None:
    """What is done with what is shown."""
    shown = list(shown_of(c))
    c.sentence.input(handlers.on_sentence(page.library), [c.reading, c.sentence], shown, **_ASKING).then(**_READY)
    c.asking.select(handlers.on_answer(page.library), c.asked, shown, **_EVENT)
    c.reasons.select(handlers.on_reasons(page.library), c.reading, shown, **_EVENT)
    for part in (c.step, c.what_if, c.wish, c.searches):
        part.select(handlers.on_act(page.library), c.reading, shown, **_EVENT)


def form_of(c: Components) -> Form:
    """The components of the form."""
    return Form(c.ask.text, c.ask.model, c.ask.strategy, tuple(c.ask.settings[each.name] for each in offered()))


def shown_of(c: Components) -> Shown:
    """The components of what is shown."""
    return Shown(
        message=c.message,
        asked=c.asked,
        asking=c.asking,
        reading=c.reading,
        sentence=c.sentence,
        step=c.step,
        encoder=c.encoder,
        what_if=c.what_if,
        wish=c.wish,
        searches=c.searches,
        reasons=c.reasons,
        download=c.download,
    )
