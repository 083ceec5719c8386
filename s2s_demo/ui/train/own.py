"""What tab Train shows of a visitor's own file before it is learnt: the first pairs, how it was read, what was not."""

from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.tasks import ReadPairs
from s2s_demo.ui.parts.table import table_value, table_view
from s2s_demo.ui.parts.text import text_value, text_view
from s2s_demo.ui.train.controls import choice
from s2s_demo.words import say

ROWS_SHOWN = 50
SAMPLE = 40  # characters of a column's sample


class OwnShown(NamedTuple):
    """The card of one's own file: values, or the components that take them."""

    card: Any = gr.skip()
    how: Any = gr.skip()
    first: Any = gr.skip()
    columns: Any = gr.skip()
    source: Any = gr.skip()
    target: Any = gr.skip()
    problems: Any = gr.skip()


def lay_out_own() -> OwnShown:
    """The card, which nobody sees before a file was read."""
    with gr.Column(visible=False, elem_classes="card own-card", elem_id="own-card") as card:
        how = text_view("own-how")
        first = table_view("own-first")
        with gr.Row(visible=False, elem_classes="fields own-columns") as columns:
            source = choice((), None, say("train.source-column"), "own-source")
            target = choice((), None, say("train.target-column"), "own-target")
        problems = table_view("problems")
    return OwnShown(card, how, first, columns, source, target, problems)


def own_shown(read: ReadPairs) -> OwnShown:
    """The card for a file that was read; columns can be chosen where there are more than two."""
    choices = [
        (say("train.column", number=column.number, says=(column.name or column.sample)[:SAMPLE]), column.number)
        for column in read.choices
    ]
    sides = say("train.source"), say("train.target")
    first = [[pair.source, pair.target] for pair in read.first]
    return OwnShown(
        card=gr.update(visible=True),
        how=text_value(read.how),
        first=table_value(sides, first, caption=say("train.first-pairs")),
        columns=gr.update(visible=len(choices) > 2),
        source=gr.update(choices=choices, value=read.columns[0]),
        target=gr.update(choices=choices, value=read.columns[1]),
        problems=_problems(read),
    )


def _problems(read: ReadPairs) -> str:
    if not read.left_out:
        return ""
    columns = say("train.row"), say("train.what-is-wrong"), say("train.content")
    rows = [[str(left.row), left.why, left.content] for left in read.left_out[:ROWS_SHOWN]]
    more = len(read.left_out) > ROWS_SHOWN
    note = say("train.more-problems", shown=ROWS_SHOWN, all=len(read.left_out)) if more else ""
    return table_value(columns, rows, caption=say("train.problems"), note=note)
