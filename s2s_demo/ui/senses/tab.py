"""Tab See and hear: ink, sound, pictures and films instead of sentences.

This file wires; `layout.py` lays out, `handlers.py` answers; what is made and looked at stays in the browser.
"""

import gradio as gr

from s2s_demo.serving.query import offered
from s2s_demo.ui.parts.events import answering, asking, ready
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.parts.layout import current_tab
from s2s_demo.ui.parts.page import Page
from s2s_demo.ui.senses import handlers
from s2s_demo.ui.senses.layout import Components, lay_out
from s2s_demo.ui.senses.shown import Opened, Saved, Shown

TITLE = "senses.title"
_EVENT = answering("senses")
_ASKING = asking("senses")
_READY = ready("senses")


def build(page: Page) -> Components:
    """Lay out the tab and wire its components."""
    c, library = lay_out(page.library.choices(signals=True)), page.library
    knobs = [c.settings[each.name] for each in offered()]
    how, shown = [c.model, c.strategy, *knobs], list(shown_of(c))
    opened = list(leaves(Opened(model=c.model, easel=c.easel, shown=shown_of(c))))
    current_tab().select(flattened(handlers.on_open(library)), [c.question, *how], opened, **_ASKING).then(**_READY)
    c.model.input(flattened(handlers.on_model(library)), how, opened, **_ASKING).then(**_READY)
    c.easel.select(handlers.on_source(library), how, shown, **_ASKING).then(**_READY)
    triggers = [c.strategy.input, *(control.input for control in knobs)]
    gr.on(triggers, handlers.on_strategy(library), [c.question, *how], shown, **_ASKING).then(**_READY)
    saved = Saved(message=c.message, download=c.download)
    for kind, button in c.saves.items():
        button.click(handlers.on_save(library), [gr.State(kind), c.question], list(saved), **_EVENT)
    return c


def shown_of(c: Components) -> Shown:
    """The components of an answer."""
    return Shown(message=c.message, question=c.question, seen=c.seen, picture=c.picture)
