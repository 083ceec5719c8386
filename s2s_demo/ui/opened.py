"""What a link says of the whole page: which tab it opens, and what of it makes no sense."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.ui.learn.steps import STEPS
from s2s_demo.ui.parts.handler import Visit, handler
from s2s_demo.ui.parts.lesson import wrong_in
from s2s_demo.ui.parts.page import Page
from s2s_demo.ui.parts.text import text_value, text_view
from s2s_demo.ui.tabs import TABS


class Opened(NamedTuple):
    """The tab that an address opens, and a sentence for each of its parameters that was ignored."""

    tabs: Any = gr.skip()
    ignored: Any = ""

    @classmethod
    def saying(cls, message: Any) -> "Opened":
        """A message, and nothing else changes."""
        return cls(ignored=message)


@handler(Opened.saying)
def on_load(visit: Visit) -> Opened:
    """The page was opened."""
    parameters = visit.parameters or {}
    tab = tab_of(parameters, TABS)
    visitors = visit.library.visitors
    ignored = wrong_in(parameters, visit.library.names(visit.session), TABS, STEPS, visitors.classes)
    return Opened(gr.Tabs(selected=tab) if tab else gr.skip(), text_value(" ".join(ignored.values())))


def tab_of(parameters: Mapping[str, str], tabs: Collection[str]) -> str:
    """Which tab an address opens besides the first; "" where it opens none, or a step, which its own tab opens."""
    asked = parameters.get("tab", "learn" if "learn" in parameters else "")
    return asked if asked in tabs and "step" not in parameters else ""


def build(page: Page) -> None:
    """What stands above the tabs, empty on most pages."""
    ignored = text_view("ignored")
    page.demo.load(on_load(page.library), None, [page.tabs, ignored], show_progress="hidden", api_visibility="private")
