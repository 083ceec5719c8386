"""What the tabs share: the Blocks they are built into, the models, and the visitors with what they own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.serving.library import Library
from s2s_demo.serving.visitors import Visitors


class Arrival(NamedTuple):
    """What another tab sets to bring a model to tab Translate: values, or the components that take them."""

    tabs: Any = gr.skip()
    model: Any = gr.skip()
    text: Any = gr.skip()


# What `Arrival` brings sets off no event that would translate: the button is pressed when it is there.
ARRIVED = """() => setTimeout(() => {
  if (document.querySelector('#page-translate')?.checkVisibility()) document.querySelector('#translate-button').click();
}, 60)"""


@dataclass(frozen=True)
class Retraining:
    """How another tab opens Train on the settings of a shipped model.

    `on_select` answers an event that says which (`{model}`), and its answers go to `takes`.
    """

    on_select: Callable[..., Any]
    takes: list[Any]


@dataclass
class Page:
    """Handed to every tab's `build`; Translate says where models arrive, Train where their settings do."""

    demo: gr.Blocks
    library: Library
    tabs: gr.Tabs
    arrival: Arrival = field(default_factory=Arrival)
    retraining: Retraining | None = None

    @property
    def visitors(self) -> Visitors:
        """What each visitor owns."""
        return self.library.visitors
