"""Tables of texts, whose rows can be selected where they have ids."""

from collections.abc import Sequence
from typing import TypedDict

import gradio as gr

from s2s_demo.ui.parts.base import element, safe_json


class TablePayload(TypedDict):
    """A table: texts; where rows can be selected an id for each, and the selected one."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str
    note: str
    ids: Sequence[int]
    selected: int | None


def table_view(elem_id: str) -> gr.HTML:
    """A table from `table_value`; where rows have ids, `select` tells the id of a row."""
    return element("table", elem_id, '<div class="s2s-table"></div>')


def table_value(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    note: str = "",
    ids: Sequence[int] = (),
    selected: int | None = None,
) -> str:
    """The value of a table_view."""
    return safe_json(TablePayload(columns=columns, rows=rows, caption=caption, note=note, ids=ids, selected=selected))
