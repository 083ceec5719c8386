"""Tab Translate: a sentence, its translation, where the model looked and what it considered.

This file wires; `layout.py` lays out, `handlers.py` answers; what is looked at is decided in the browser.
"""

import gradio as gr

from s2s_demo.serving.query import offered
from s2s_demo.ui.parts.events import AS_SENT, answering, asking, ready
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.parts.layout import current_tab
from s2s_demo.ui.parts.page import Arrival, Page
from s2s_demo.ui.translate import handlers
from s2s_demo.ui.translate.layout import Components, lay_out
from s2s_demo.ui.translate.shown import Exported, Form, Opened, Retold, Shown

TITLE = "translate.title"
_EVENT = {**answering("translate", at_once=32), **AS_SENT}
_ASKING = {**asking("translate", at_once=32), **AS_SENT}
_READY = ready("translate")
_CARRIED = "(view, question) => [S2S.carriedTo('translate'), question]"
_VIEW = "(kind, question, view) => [kind, question, JSON.stringify(S2S.pictureView('picture'))]"


def build(page: Page) -> None:
    """Lay out the tab and wire its components."""
    components = lay_out(page.library.choices())
    _wire_questions(components, page, current_tab())
    _wire_class(components, page)
    _wire_files(components, page)
    page.arrival = Arrival(tabs=page.tabs, model=components.ask.model, text=components.ask.text)


def _wire_questions(c: Components, page: Page, tab: gr.Tab) -> None:
    """What has the sentence translated."""
    form, shown = form_of(c), list(shown_of(c))
    asked, knobs = list(leaves(form)), [control.input for control in c.ask.settings.values()]
    translate = handlers.on_translate(page.library)
    gr.on([c.ask.go.click, c.ask.strategy.input, *knobs], translate, asked, shown, **_ASKING).then(**_READY)
    model, retold = flattened(handlers.on_model(page.library)), Retold(text=c.ask.text, shown=shown_of(c))
    c.ask.model.input(model, [c.question, *asked], list(leaves(retold)), **_ASKING).then(**_READY)
    c.ask.model.change(flattened(handlers.on_chips(page.library)), c.ask.model, c.ask.chips, **_EVENT)
    for chip in c.ask.chips:
        chip.click(None, chip, c.ask.text, js="(text) => text", api_visibility="private")
        chip.click(translate, list(leaves(form._replace(text=chip))), shown, **_ASKING).then(**_READY)
    opened = Opened(form=form, shown=shown_of(c))
    page.demo.load(flattened(handlers.on_load(page.library)), None, list(leaves(opened)), **_EVENT)
    returned = flattened(handlers.on_return(page.library))
    tab.select(returned, [c.view, c.question], list(leaves(opened)), js=_CARRIED, **_EVENT)


def _wire_class(c: Components, page: Page) -> None:
    """What a class chooses before it is shown anything."""
    c.asking.select(handlers.on_answer(page.library), c.asked, list(shown_of(c)), **_EVENT)


def _wire_files(c: Components, page: Page) -> None:
    """Files to take home, of what the browser shows."""
    exported = Exported(message=c.message, download=c.download)
    for kind, button in c.exports.items():
        asked = [gr.State(kind), c.question, c.view]
        button.click(handlers.on_export(page.library), asked, list(exported), js=_VIEW, **_EVENT)


def form_of(c: Components) -> Form:
    """The components of the form."""
    return Form(c.ask.text, c.ask.model, c.ask.strategy, tuple(c.ask.settings[each.name] for each in offered()))


def shown_of(c: Components) -> Shown:
    """The components of an answer."""
    return Shown(
        message=c.message,
        question=c.question,
        asked=c.asked,
        asking=c.asking,
        picture=c.picture,
        notices=c.notices,
        about=c.about,
    )
