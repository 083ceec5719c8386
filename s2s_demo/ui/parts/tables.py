"""The pictures' twins as values of the page's tables."""

from collections.abc import Sequence

import pandas as pd

from s2s_demo.decoding import Node
from s2s_demo.translator import SentenceTranslation, Translation
from s2s_demo.ui.parts.path import Path, View, beam_size, sentence_of
from s2s_demo.ui.parts.table import table_value
from s2s_demo.views import tables
from s2s_demo.words import say

MOST_ROWS = 300  # of one table on the page; files have them all


def finished(translation: Translation, view: View) -> str:
    """The n-best list; selecting a row shows that hypothesis."""
    sentence = sentence_of(translation, view.sentence)
    table = tables.hypotheses_table(sentence.hypotheses, float(translation.strategy.get("length_penalty", 0)))
    leaves = [hypothesis.leaf for hypothesis in sentence.hypotheses]
    return _value(table, say("parts.tables.finished"), leaves, *_marked(sentence, view))


def tokens(nodes: Sequence[Node]) -> str:
    """Each token of a path with its numbers."""
    return _value(tables.tokens_table(nodes), say("parts.tables.tokens"))


def alignment(path: Path, unit: str) -> str:
    """The heatmap's numbers."""
    return _value(tables.alignment_table(*path.heatmap(unit)), say("parts.pictures.where"))


def alignment_text(path: Path, unit: str) -> str:
    """The heatmap in a sentence."""
    return tables.alignment_summary(*path.heatmap(unit))


def tree(translation: Translation, view: View) -> str:
    """All nodes the tree shows; selecting a row shows the path to that node."""
    sentence = sentence_of(translation, view.sentence)
    table = tree_frame(translation, sentence)
    if not view.show_cut:
        kept = [node.id for node in sentence.tree.nodes[1:] if node.status != "cut"]
        table = table[table.iloc[:, 0].isin(kept)]  # the node's number
    ids = [int(node) for node in table.iloc[:, 0]]
    return _value(table, say("parts.tables.tree"), ids, *_marked(sentence, view))


def tree_frame(translation: Translation, sentence: SentenceTranslation) -> pd.DataFrame:
    """Every candidate of one sentence's search."""
    return tables.tree_table(sentence.tree, sentence.hypotheses, beam_size=beam_size(translation))


def _marked(sentence: SentenceTranslation, view: View) -> tuple[int, int]:
    """The node whose row is selected, and that of the best hypothesis."""
    return view.node or sentence.best.leaf, sentence.best.leaf


def _value(
    table: pd.DataFrame, caption: str, ids: Sequence[int] = (), selected: int | None = None, best: int | None = None
) -> str:
    rows = [[_cell(value) for value in row] for row in table.head(MOST_ROWS).itertuples(index=False, name=None)]
    note = say("parts.more-rows", shown=MOST_ROWS, all=len(table)) if len(table) > MOST_ROWS else ""
    columns = [str(column) for column in table.columns]
    return table_value(columns, rows, caption=caption, note=note, ids=ids[:MOST_ROWS], selected=selected, best=best)


def _cell(value: object) -> str:
    return f"{value:.3f}".replace("-0.000", "0.000") if isinstance(value, float) else str(value)
