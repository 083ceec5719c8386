"""The pictures' twins: the same facts as data frames, and the alignment as a sentence."""

from collections.abc import Sequence
from math import exp
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from s2s_demo.decoding.tree import Hypothesis, Node, Tree
from s2s_demo.views.story import Story, label
from s2s_demo.views.theme import share
from s2s_demo.words import say

DIGITS = 4
PROBABILITIES = ("log p", "p", "Σ log p")


def tree_table(tree: Tree, hypotheses: Sequence[Hypothesis] = (), *, beam_size: int | None = 0) -> pd.DataFrame:
    """All candidates of a search, the words before each, and why it went on or not."""
    story = Story(tree, hypotheses, beam_size)
    written: dict[int, str] = {0: ""}
    rows = []
    for n in tree.nodes[1:]:
        assert n.parent is not None
        written[n.id] = f"{written[n.parent]} {label(n.token)}".strip()
        rows.append((n.id, n.parent, n.step, written[n.parent], label(n.token), *_numbers(n), n.rank, story.fate(n)))
    names = _named("node", "parent", "step", "after", "token")
    return _table(rows, [*names, *PROBABILITIES, *_named("score", "rank", "fate")])


def alignment_table(source: Sequence[str], target: Sequence[str], alignment: NDArray[np.floating[Any]]) -> pd.DataFrame:
    """The heatmap's numbers [T, S]: a row per written word, a column per word read.

    Words may repeat, so each carries its position in front; a row starts with its word.
    """
    columns = [f"{place} {word}" for place, word in enumerate(source, start=1)]
    table: pd.DataFrame = pd.DataFrame(np.asarray(alignment, dtype=float).round(DIGITS), columns=columns)
    table.insert(0, say("views.columns.target"), [f"{place} {word}" for place, word in enumerate(target, start=1)])
    return table


def alignment_summary(source: Sequence[str], target: Sequence[str], alignment: NDArray[np.floating[Any]]) -> str:
    """For each written word the word it looked at most, and how much: "chat ← cat .83; dort ← sleeps .91"."""
    if not len(source):
        return ""
    strongest = np.asarray(alignment).argmax(axis=1).tolist()
    parts = [
        f"{word} ← {source[place]} {share(float(row[place]))}"
        for word, place, row in zip(target, strongest, alignment, strict=True)
    ]
    return "; ".join(parts)


def _named(*columns: str) -> list[str]:
    return [say(f"views.columns.{column}") for column in columns]


def _table(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pd.DataFrame:
    table: pd.DataFrame = pd.DataFrame(rows, columns=list(columns))
    return table


def _numbers(node: Node) -> tuple[float, float, float, float]:
    log_prob, total, score = node.log_prob, node.total_log_prob, node.score
    return round(log_prob, DIGITS), round(exp(log_prob), DIGITS), round(total, DIGITS), round(score, DIGITS)
