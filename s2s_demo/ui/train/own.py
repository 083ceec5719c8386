"""What tab Train shows of a visitor's own file before it is learnt: the first pairs, how it was read, what was not."""

from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.tasks import ReadPairs
from s2s_demo.ui import strings
from s2s_demo.ui.parts import elements

ROWS_SHOWN = 50
SAMPLE = 40  # characters of a column's sample


class OwnShown(NamedTuple):
    """The values of the card's parts, by their names."""

    own_card: Any
    own_how: str
    own_first: str
    own_columns: Any
    own_source: Any
    own_target: Any
    problems: str


def lay_out_own(parts: Any) -> None:
    """The card, which nobody sees before a file was read."""
    with gr.Column(visible=False, elem_classes="card own-card", elem_id="own-card") as parts.own_card:
        parts.own_how = elements.text_view("own-how")
        parts.own_first = elements.table_view("own-first")
        with gr.Row(visible=False, elem_classes="fields own-columns") as parts.own_columns:
            parts.own_source = _column(strings.SOURCE_COLUMN, "own-source")
            parts.own_target = _column(strings.TARGET_COLUMN, "own-target")
        parts.problems = elements.table_view("problems")


def own_shown(read: ReadPairs) -> OwnShown:
    """The card for a file that was read; columns can be chosen where there are more than two."""
    choices = [
        (strings.COLUMN.format(number=column.number, says=(column.name or column.sample)[:SAMPLE]), column.number)
        for column in read.choices
    ]
    first = [[pair.source, pair.target] for pair in read.first]
    rows = [[str(left.row), left.why, left.content] for left in read.left_out[:ROWS_SHOWN]]
    more = len(read.left_out) > ROWS_SHOWN
    note = strings.MORE_PROBLEMS.format(shown=ROWS_SHOWN, all=len(read.left_out)) if more else ""
    table = elements.table_value(strings.PROBLEM_COLUMNS, rows, caption=strings.PROBLEMS, note=note) if rows else ""
    return OwnShown(
        gr.update(visible=True),
        elements.text_value(read.how),
        elements.table_value(strings.PAIR_COLUMNS, first, caption=strings.FIRST_PAIRS),
        gr.update(visible=len(choices) > 2),
        gr.update(choices=choices, value=read.columns[0]),
        gr.update(choices=choices, value=read.columns[1]),
        table,
    )


def _column(label: str, elem_id: str) -> gr.Dropdown:
    return gr.Dropdown([], label=label, elem_id=elem_id, filterable=False)
