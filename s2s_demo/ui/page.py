"""What the tabs share: the Blocks they are built into, the models, and the visitors with what they own."""

from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from s2s_demo.serving.library import Library
from s2s_demo.serving.visitors import Visitors


@dataclass(frozen=True)
class Target:
    """Where tab Translate takes a model from another tab: its picker, and the text to begin with."""

    model: gr.Dropdown
    text: gr.Textbox


@dataclass(frozen=True)
class Page:
    """Handed to every tab's `build`; `built` holds what the tabs before it returned."""

    demo: gr.Blocks
    library: Library
    tabs: gr.Tabs
    built: dict[str, Any] = field(default_factory=dict)

    @property
    def visitors(self) -> Visitors:
        """What each visitor owns."""
        return self.library.visitors
