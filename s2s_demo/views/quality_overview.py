"""All models beside each other: a row each, a mark with its interval for every test set that it was measured on."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import plotly.graph_objects as go

from s2s_demo.evaluation import Score
from s2s_demo.views.theme import LIGHT, axis, finish, plain, shorten, text_width
from s2s_demo.words import say

ROWS, LEAST, MOST = 228, 15.0, 32.0  # px: all rows, and what one of them may take
TOP, FOOT, RIGHT, WIDEST, INDENT = 30, 38, 12, 160, 12  # px; WIDEST: a name, INDENT: before that of a twin
LOOKS = {  # kind of sentences: symbol, the same as a sign, and by how much of a row it is raised
    "captions": ("circle", "●", 0.14),
    "everyday": ("square-open", "□", -0.14),
    "unseen": ("circle", "●", 0.0),
    "now": ("diamond", "◆", 0.0),
}


class Mark(NamedTuple):
    """A score on one kind of sentences (a key of LOOKS); `about` says more of it in the hover box, in lines."""

    kind: str
    score: Score
    about: str


class Row(NamedTuple):
    """A model; one that `is_twin` of another learnt the same, stands below it, and has a quieter name."""

    name: str
    marks: Sequence[Mark]
    is_twin: bool = False


def quality_overview(models: Sequence[Row], chosen: int | None, metric: str) -> go.Figure:
    """BLEU or exact match of all models, the chosen one (its place) marked."""
    kinds = [kind for kind in LOOKS if any(mark.kind == kind for model in models for mark in model.marks)]
    rows = max(len(models), 1)
    height = min(MOST, max(LEAST, ROWS / rows))
    size = 12 if height >= 18 else 11
    left = min(WIDEST, max((text_width(model.name, size) for model in models), default=0)) + INDENT + 14
    layout = {
        "xaxis": axis(
            range=_span(models), showgrid=True, gridcolor=LIGHT.grid, nticks=6, title=_title(metric), domain=[0, 1]
        ),
        "yaxis": axis(range=[rows - 0.5, -0.5], showticklabels=False),
        "shapes": [] if chosen is None else _band(chosen, left),
        "annotations": [
            *_legend(kinds, left),
            *(_name(model, row, size, left, chosen=row == chosen) for row, model in enumerate(models)),
        ],
    }
    traces = [_marks(kind, models, chosen, metric) for kind in kinds]
    margin = {"l": int(left), "r": RIGHT, "t": TOP, "b": FOOT}
    return finish(traces, layout, round(rows * height) + TOP + FOOT, margin)


def _marks(kind: str, models: Sequence[Row], chosen: int | None, metric: str) -> dict[str, Any]:
    symbol, _, raised = LOOKS[kind]
    found = [(row, model.name, mark) for row, model in enumerate(models) for mark in model.marks if mark.kind == kind]
    scores = [mark.score for _, _, mark in found]
    colours = [LIGHT.accent if row == chosen else LIGHT.muted for row, _, _ in found]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": say(f"views.overview.{kind}"),
        "x": [round(score.score, 2) for score in scores],
        "y": [row - raised for row, _, _ in found],
        "marker": {
            "symbol": symbol,
            "size": 9,
            "color": colours,
            "line": {"width": 1.5, "color": colours},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [0 if score.high is None else score.high - score.score for score in scores],
            "arrayminus": [0 if score.low is None else score.score - score.low for score in scores],
            "thickness": 1.5,
            "width": 0,
            "color": LIGHT.node,
        },
        "hoverinfo": "text",
        "hovertext": [_hover(name, mark, metric) for _, name, mark in found],
        "cliponaxis": False,
    }


def _hover(name: str, mark: Mark, metric: str) -> str:
    score = mark.score
    interval = f" [{score.low:.1f}, {score.high:.1f}]" if score.low is not None and score.high is not None else ""
    about = "<br>".join(map(plain, mark.about.splitlines()))
    return f"<b>{plain(name)}</b><br>{metric} {score.score:.1f}{interval}<br>{about}"


def _span(models: Sequence[Row]) -> list[float]:
    """From the lowest end of an interval to the highest, with some air, and never less than ten points."""
    scores = [mark.score for model in models for mark in model.marks]
    low = min((s.score if s.low is None else s.low for s in scores), default=0)
    high = max((s.score if s.high is None else s.high for s in scores), default=100)
    spare = max(0.0, 10 - (high - low)) / 2 + 3
    return [max(-2.0, low - spare), min(103.0, high + spare)]


def _title(metric: str) -> dict[str, Any]:
    font = {"color": LIGHT.muted, "size": 12}
    return {"text": say("views.quality.with-intervals", metric=metric), "font": font, "standoff": 6}


def _band(row: int, left: float) -> list[dict[str, Any]]:
    """Behind the row of the chosen model, and behind its name on the left of the panel."""
    look = {"type": "rect", "fillcolor": LIGHT.band, "opacity": 0.45, "line": {"width": 0}, "layer": "below"}
    place = {"y0": row - 0.46, "y1": row + 0.46, "xref": "paper", "yref": "y"}
    return [
        {**look, **place, "x0": 0, "x1": 1},
        {**look, **place, "x0": -left, "x1": 0, "xsizemode": "pixel", "xanchor": 0},
    ]


def _legend(kinds: Sequence[str], left: float) -> list[dict[str, Any]]:
    """What the marks are of, in one line above the names: Plotly's own legend breaks its line on a phone."""
    if len(kinds) < 2:
        return []
    text = "   ".join(f"{LOOKS[kind][1]} {say(f'views.overview.{kind}')}" for kind in kinds)
    place = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    font = {"color": LIGHT.muted, "size": 12}
    return [{"text": text, **place, "xshift": 6 - left, "yshift": 6, "showarrow": False, "font": font}]


def _name(model: Row, row: int, size: int, left: float, *, chosen: bool) -> dict[str, Any]:
    text = plain(shorten(model.name, WIDEST, size))
    return {
        "text": f"<b>{text}</b>" if chosen else text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 6 - left + (INDENT if model.is_twin else 0),
        "y": row,
        "yref": "y",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"color": LIGHT.accent if chosen else LIGHT.muted if model.is_twin else LIGHT.ink, "size": size},
    }
