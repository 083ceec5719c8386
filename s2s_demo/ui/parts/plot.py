"""Plotly figures that keep their zoom, follow light and dark, and tell which mark was selected."""

from typing import TYPE_CHECKING, TypedDict

import gradio as gr

from s2s_demo.ui.parts.base import element, safe_json, unmarked
from s2s_demo.words import say

if TYPE_CHECKING:
    import plotly.graph_objects as go

_SAVE = """<details class="s2s-save"><summary>{title}</summary>
    <div class="s2s-menu">
      <button type="button" data-format="png">PNG</button>
      <button type="button" data-format="svg">SVG</button>
      <button type="button" data-format="html">HTML</button>
    </div>
  </details>"""
_PLOT = """
<div class="s2s-plot">
  <div class="s2s-scroll"><div class="s2s-figure" role="img"></div></div>
  <p class="s2s-instead" hidden></p>
  {save}
</div>
"""


class PlotPayload(TypedDict, total=False):
    """A figure, or a sentence instead of one."""

    figure: dict[str, object]
    label: str  # what a screen reader says of it
    file: str  # what a saved picture is called
    revision: str  # while it stays the same, so does the reader's zoom
    instead: str


def save_menu() -> str:
    """The menu below a figure that saves it as a picture."""
    return _SAVE.format(title=say("parts.save-picture"))


def plotly_view(elem_id: str, kind: str = "plot") -> gr.HTML:
    """A figure; its value comes from `figure_value`.  Another `kind` draws the same, and more over it.

    `view.select(handler)` gets a `gr.EventData` with `customdata`, `x` and `y` of the mark.
    """
    return element(kind, elem_id, _PLOT.format(save=save_menu()))


def figure_value(figure: "go.Figure", *, label: str, file_name: str, revision: str) -> str:
    """The value of a plotly_view; the figure is written as JSON by Plotly, and goes in as it is."""
    about = safe_json(PlotPayload(label=label, file=file_name, revision=revision))
    return f'{about[:-1]},"figure":{unmarked(str(figure.to_json()))}}}'


def instead_of_figure(sentence: str) -> str:
    """The value of a plotly_view that has nothing to draw: it says why."""
    return safe_json(PlotPayload(instead=sentence))
