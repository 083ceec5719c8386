"""Work that waits until a visitor opens a tab."""

import gradio as gr
from gradio.context import get_render_context


def current_tab() -> gr.Tab:
    """The tab being built; its `select` event says that a visitor has opened it."""
    found = get_render_context()
    while found is not None and not isinstance(found, gr.Tab):
        found = found.parent
    if found is None:
        raise RuntimeError("this must be called inside a gr.Tab")
    return found
