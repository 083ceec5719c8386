"""What the tabs share: the Blocks they are built into, and the library."""

from dataclasses import dataclass

import gradio as gr

from s2s_demo.ui.library import Library


@dataclass(frozen=True)
class Page:
    """Handed to every tab's `build`."""

    demo: gr.Blocks
    library: Library
