"""What the tabs share: the Blocks they are built into, the models, and the runs of live training."""

from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from s2s_demo.live import Runs
from s2s_demo.serving.library import Library


@dataclass(frozen=True)
class Page:
    """Handed to every tab's `build`; `built` holds what the tabs before it returned."""

    demo: gr.Blocks
    library: Library
    runs: Runs
    tabs: gr.Tabs
    built: dict[str, Any] = field(default_factory=dict)
