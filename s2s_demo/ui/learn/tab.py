"""Tab Learn: a tour that opens the real tabs, a timeline, and lessons to hand out.

This file wires; `steps.py` is the tour, `lesson.py` shows a step of it, `share.py` makes links, `handlers.py` answers.
"""

import gradio as gr

from s2s_demo.ui.learn import handlers
from s2s_demo.ui.learn.handlers import Shown
from s2s_demo.ui.learn.lesson import learn_view
from s2s_demo.ui.learn.share import share_view
from s2s_demo.ui.learn.tally import tally_view
from s2s_demo.ui.learn.timeline import timeline_view
from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.events import answering
from s2s_demo.ui.parts.layout import current_tab
from s2s_demo.ui.parts.page import Page
from s2s_demo.ui.parts.text import text_view

TITLE = "learn.title"
_EVENT = answering("learn")
_OPENING = {**_EVENT, "js": "() => [location.search]"}


def build(page: Page) -> None:
    """Lay out the tab and wire its components."""
    address = gr.Textbox("", visible=False)
    shown = Shown(
        message=text_view("learn-message", role="alert"),
        step=learn_view("learn"),
        tally=tally_view("tally"),
        timeline=timeline_view("timeline"),
        share=share_view("share"),
        download=download_view("learn-download"),
    )
    current_tab().select(handlers.on_open(page.library), address, list(shown), **_OPENING)
    shown.step.select(handlers.on_act(page.library), None, list(shown), **_EVENT)
    shown.tally.select(handlers.on_tally(page.library), None, list(shown), **_EVENT)
    shown.share.select(handlers.on_share(page.library), None, list(shown), **_EVENT)
