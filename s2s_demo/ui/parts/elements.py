"""The views that tab Train is made of, by one name."""

from s2s_demo.ui.parts.base import element
from s2s_demo.ui.parts.download import download_view
from s2s_demo.ui.parts.plot import SAVE, figure_value, instead_of_figure, plotly_view
from s2s_demo.ui.parts.table import table_value, table_view
from s2s_demo.ui.parts.text import text_value, text_view, title_view

__all__ = [
    "SAVE",
    "download_view",
    "element",
    "figure_value",
    "instead_of_figure",
    "plotly_view",
    "table_value",
    "table_view",
    "text_value",
    "text_view",
    "title_view",
]
