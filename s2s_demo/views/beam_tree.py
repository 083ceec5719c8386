"""What it considered: the search as a tree, one column per step, the answer straight on top."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from typing import Any

import plotly.graph_objects as go

from s2s_demo.decoding.tree import Hypothesis, Node, Tree
from s2s_demo.views.story import Story, figures, label
from s2s_demo.views.theme import LIGHT, axis, finish, plain, shorten, text_width
from s2s_demo.views.tree_layout import lay_out
from s2s_demo.words import say

LANE, FONT, LABEL_RISE = 30, 12, 14  # px
NARROWEST, GAP, LONGEST_LABEL = 36, 20, 110  # px: a column, the space between two labels, a label
CORNER = (6, 8)  # px, across and down
PROBABILITIES = (0.1, 0.3, 0.6, 0.85)  # where the next line width begins
CHOSEN = (3, LIGHT.second, 2.0, "solid")  # depth, colour, width (px) and dash of the way to what is selected
WIDTHS = {"branch": (1.0, 1.6, 2.4, 3.4, 4.6), "accent": (1.8, 2.8, 3.8, 5.0, 6.4)}  # px


def beam_tree(
    tree: Tree,
    hypotheses: Sequence[Hypothesis],
    *,
    beam_size: int,
    show_cut: bool = False,
    selected: int | None = None,
) -> go.Figure:
    """Every hypothesis the search kept; a line's width is the probability of the word it leads to.

    Squares are finished hypotheses, the accented line on top is the one returned, `selected` (a
    node's id) and the way to it are drawn in the second colour.  With `show_cut` the candidates
    that only just missed each step are there too, dashed and grey.  `beam_size` 0: words were
    drawn.  `customdata` of a node is its id; `layout.width` is the least readable width in px.
    """
    places = lay_out(tree, show_cut, selected)
    words = any(len(node.token) > 1 and not node.token.startswith("<") for node in tree.nodes)  # not only letters
    labels = {i: shorten(label(tree.nodes[i].token, dots=words), LONGEST_LABEL, FONT) if i else "" for i in places}
    columns = _columns(tree, labels)
    canvas = _Canvas(tree, places, labels, columns)
    returned = {node.id for h in hypotheses for node in tree.path(h.leaf) if tree.nodes[h.leaf].status == "returned"}
    chosen = {node.id for node in tree.path(selected)} if selected is not None else set()
    traces = _edges(canvas, returned, chosen) + _nodes(canvas, returned, chosen, Story(tree, hypotheses, beam_size))
    lanes = 1 + max(lane for _, lane in places.values())
    margin = {"l": 4, "r": 4, "t": 24, "b": 2}
    layout = {
        "width": round(columns[-1].right) + margin["l"] + margin["r"],
        "xaxis": axis(
            range=[0, columns[-1].right],
            side="top",
            tickvals=[column.centre for column in columns],
            ticktext=[say("views.step"), *map(str, range(1, len(columns)))],
        ),
        "yaxis": axis(range=[(lanes - 0.5) * LANE, -0.8 * LANE], showticklabels=False),
    }
    return finish(traces, layout, round((lanes + 0.3) * LANE) + margin["t"] + margin["b"], margin)


@dataclass(frozen=True)
class _Column:
    """One step's strip of the picture, px; branches fall at its left end."""

    left: float
    right: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


def _columns(tree: Tree, labels: dict[int, str]) -> list[_Column]:
    """As in a line of print, each column is as wide as its widest word."""
    widths: dict[int, float] = defaultdict(lambda: NARROWEST)
    for i, text in labels.items():
        step = tree.nodes[i].step
        widths[step] = max(widths[step], text_width(text, FONT) + GAP)
    columns, left = [], 0.0
    for step in range(1 + max(tree.nodes[i].step for i in labels)):
        columns.append(_Column(left, left + widths[step]))
        left += widths[step]
    return columns


@dataclass(frozen=True)
class _Canvas:
    tree: Tree
    places: dict[int, tuple[int, int]]
    labels: dict[int, str]
    columns: list[_Column]

    def point(self, i: int) -> tuple[float, float]:
        step, lane = self.places[i]
        return round(self.columns[step].centre, 1), float(lane * LANE)

    def edge(self, i: int) -> tuple[list[float | None], list[float | None]]:
        """From the parent to node i: straight on, or down half-way between the two with rounded corners."""
        parent = self.tree.nodes[i].parent
        assert parent is not None
        (x0, y0), (x1, y1) = self.point(parent), self.point(i)
        if y0 == y1:
            return [x0, x1, None], [y0, y1, None]
        turn, (a, b) = round(self.columns[self.places[i][0]].left, 1), CORNER
        xs: list[float | None] = [turn - a, turn - a / 4, turn, turn, turn + a / 4, turn + a, x1, None]
        return xs, [y0, y0 + b / 4, y0 + b, y1 - b, y1 - b / 4, y1, y1, None]


@dataclass
class _Lines:
    x: list[float | None] = field(default_factory=list)
    y: list[float | None] = field(default_factory=list)


def _edges(canvas: _Canvas, returned: set[int], chosen: set[int]) -> list[dict[str, Any]]:
    """All edges of one style are one trace: widths come in five steps."""
    styles: dict[tuple[int, str, float, str], _Lines] = defaultdict(_Lines)  # (depth, colour, width, dash)
    styles[CHOSEN]  # there in any case, so that another selection changes no trace's number
    for i in canvas.places:
        if not i:
            continue
        x, y = canvas.edge(i)
        for style in _edge_styles(canvas.tree.nodes[i], i in returned, i in chosen):
            styles[style].x.extend(x)
            styles[style].y.extend(y)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": lines.x,
            "y": lines.y,
            "line": {"color": colour, "width": width, "dash": dash},
            "hoverinfo": "skip",
        }
        for (_, colour, width, dash), lines in sorted(styles.items(), key=lambda item: item[0][:3])
    ]


def _edge_styles(node: Node, returned: bool, chosen: bool) -> list[tuple[int, str, float, str]]:
    bucket = bisect(PROBABILITIES, exp(node.log_prob))
    if node.status == "cut":
        styles = [(0, LIGHT.node, 1.0, "2px,3px")]
    elif returned:
        styles = [(2, LIGHT.accent, WIDTHS["accent"][bucket], "solid")]
    else:
        styles = [(1, LIGHT.branch, WIDTHS["branch"][bucket], "solid")]
    return [*styles, CHOSEN] if chosen else styles


@dataclass(frozen=True)
class _Mark:
    """How the nodes of one kind look."""

    text: str
    fill: str
    line: str
    symbol: str = "circle"
    size: int = 7


MARKS = {  # drawn in this order
    "cut": _Mark(LIGHT.muted, LIGHT.surface, LIGHT.node, size=5),
    "kept": _Mark(LIGHT.soft, LIGHT.surface, LIGHT.node),
    "finished": _Mark(LIGHT.soft, LIGHT.muted, LIGHT.muted, "square", 8),
    "root": _Mark(LIGHT.accent, LIGHT.accent, LIGHT.surface, size=11),
    "on the way": _Mark(LIGHT.accent, LIGHT.accent, LIGHT.surface, size=10),
    "returned": _Mark(LIGHT.accent, LIGHT.accent, LIGHT.surface, "square", 12),
    "chosen": _Mark(LIGHT.second, LIGHT.surface, LIGHT.second, size=8),
    "chosen end": _Mark(LIGHT.second, LIGHT.second, LIGHT.surface, "square", 11),
}
ORDER = {kind: place for place, kind in enumerate(MARKS)}


def _kind(node: Node, returned: bool, chosen: bool) -> str:
    ended = node.status in ("finished", "returned")
    if chosen:
        return "chosen end" if ended else "chosen"
    return "on the way" if returned and not ended else node.status


def _nodes(canvas: _Canvas, returned: set[int], chosen: set[int], story: Story) -> list[dict[str, Any]]:
    """One trace of marks, which can be hovered and clicked, and one of the words above them."""
    kinds = {i: _kind(canvas.tree.nodes[i], i in returned, i in chosen) for i in canvas.places}
    unchosen = {i: _kind(canvas.tree.nodes[i], i in returned, chosen=False) for i in canvas.places}
    ids = sorted(kinds, key=lambda i: (ORDER[unchosen[i]], i))  # the same, whatever is selected
    marks, points = [MARKS[kinds[i]] for i in ids], [canvas.point(i) for i in ids]
    dots = {
        "mode": "markers",
        "y": [y for _, y in points],
        "customdata": ids,
        "hovertext": [_hover(canvas.tree.nodes[i], story) for i in ids],
        "hoverinfo": "text",
        "marker": {
            "symbol": [mark.symbol for mark in marks],
            "size": [mark.size for mark in marks],
            "color": [mark.fill for mark in marks],
            "opacity": 1,
            "line": {"color": [mark.line for mark in marks], "width": 1.3},
        },
    }
    words = {
        "mode": "text",
        "y": [y - LABEL_RISE for _, y in points],
        "text": [plain(canvas.labels[i]) for i in ids],
        "textposition": "middle center",
        "textfont": {"color": [mark.text for mark in marks], "size": FONT},
        "hoverinfo": "skip",
    }
    common = {"type": "scatter", "x": [x for x, _ in points], "cliponaxis": False}
    return [common | dots, common | words]


def _hover(node: Node, story: Story) -> str:
    if node.status == "root":
        return story.fate(node)
    return f"<b>{plain(label(node.token))}</b><br>{plain(figures(node))}<br>{plain(story.fate(node))}"
