"""What changes when another node of the same search is looked at: rows that are selected, marks that are redrawn."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

import gradio as gr

from s2s_demo.ui.parts.base import element
from s2s_demo.ui.static import safe_json

if TYPE_CHECKING:
    import plotly.graph_objects as go

Changes = dict[int, dict[str, Any]]  # of each trace that changes, by number: the properties that do


class SelectionPayload(TypedDict):
    """The row selected in some tables, and how the traces of a figure differ from those that were sent."""

    tables: Sequence[str]
    row: int
    figure: str
    changes: Changes


def selection_view(elem_id: str) -> gr.HTML:
    """Changes tables and a figure that stand elsewhere on the page; itself it is not seen."""
    return element("selection", elem_id, "<div hidden></div>")


def selection_value(tables: Sequence[str], row: int, figure: str, changes: Changes) -> str:
    """The value of a selection_view; tables and figure are named by their elem_ids."""
    return safe_json(SelectionPayload(tables=tables, row=row, figure=figure, changes=changes))


def changes_between(before: "go.Figure", after: "go.Figure") -> Changes | None:
    """What to change in one figure to have the other; None where they differ in more than their traces' properties."""
    one, other = before.to_plotly_json(), after.to_plotly_json()
    if one["layout"] != other["layout"] or len(one["data"]) != len(other["data"]):
        return None
    if any(old.keys() != new.keys() for old, new in zip(one["data"], other["data"], strict=True)):
        return None
    found = {
        number: {name: value for name, value in new.items() if value != old[name]}
        for number, (old, new) in enumerate(zip(one["data"], other["data"], strict=True))
    }
    return {number: changed for number, changed in found.items() if changed}
