"""How good answers are, of one or more models: BLEU or exact match by source length, and with chrF by beam size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from s2s_demo.evaluation import LENGTHS, BeamScore, LengthScore, Score, length_name
from s2s_demo.views.theme import LIGHT, axis, finish, plain, text_width
from s2s_demo.words import say

LEFT, RIGHT, FOOT, INNER, SPACE = 40, 14, 42, 216, 34  # px; INNER: all panels and the spaces between them
LINE = 29  # px, a row of the legend as Plotly sets it
PHONE = 300  # px, the narrowest picture: legends break lines for it
LOOKS = tuple(  # told apart by colour, dash and symbol, never by colour alone
    (colour, dash, symbol)
    for dash, symbols in (("solid", ("circle", "square", "diamond", "x")), ("dash", ("circle-open", "square-open")))
    for colour, symbol in zip((LIGHT.accent, LIGHT.second, LIGHT.ink, LIGHT.muted), symbols, strict=False)
)


@dataclass(frozen=True)
class _Point:
    x: float
    score: Score
    about: str  # of the hover box


def quality_by_length(models: Mapping[str, Sequence[LengthScore]]) -> go.Figure:
    """BLEU, or exact match, against source words or characters, a line a model (Bahdanau et al. 2015, figure 2).

    Whiskers are 95 % intervals, where they were measured; lengths without sentences are left out.
    """
    names = {length_name(*span): _length(*span) for span in LENGTHS}
    used = [name for name in names if any(row.words == name for rows in models.values() for row in rows)]
    lines = {
        model: [
            _Point(
                used.index(row.words),
                row.score,
                say(f"views.quality.{row.unit}-long", length=names[row.words], sentences=_sentences(row.sentences)),
            )
            for row in rows
            if row.words in used
        ]
        for model, rows in models.items()
    }
    ticks = axis(
        tickvals=list(range(len(used))),
        ticktext=[names[name] for name in used],
        range=[-0.35, max(len(used), 1) - 0.65],
    )
    first = next((row for rows in models.values() for row in rows), None)
    unit = first.unit if first else "words"
    return _figure({_metric(first): lines}, ticks | _title(say(f"views.quality.{unit}-in-source")))


def quality_by_beam(models: Mapping[str, Sequence[BeamScore]]) -> go.Figure:
    """BLEU or exact match, and chrF below it, against the beam size, a line a model; a beam of 1 is greedy."""
    first = next((row for rows in models.values() for row in rows), None)
    panels = {
        metric: {
            model: [
                _Point(row.size, getattr(row, field), say("views.quality.beam", size=row.size, seconds=row.seconds))
                for row in rows
            ]
            for model, rows in models.items()
        }
        for metric, field in ((_metric(first), "score"), (say("views.quality.metrics.chrf"), "chrf"))
    }
    sizes = sorted({row.size for rows in models.values() for row in rows})
    ends = [sizes[0] - 0.4, sizes[-1] + 0.4] if sizes else [0.6, 10.4]
    return _figure(
        panels,
        axis(tickvals=sizes, ticktext=list(map(str, sizes)), range=ends) | _title(say("views.quality.beam-size")),
    )


def _metric(row: LengthScore | BeamScore | None) -> str:
    return say(f"views.quality.metrics.{row.metric if row else 'bleu'}")


def _title(text: str) -> dict[str, Any]:
    return {"title": {"text": text, "font": {"color": LIGHT.muted, "size": 12}, "standoff": 8}}


def _sentences(count: int) -> str:
    return say("views.quality.one-sentence") if count == 1 else say("views.quality.sentences", sentences=count)


def _length(low: int, high: int) -> str:
    """What `length_name` names, in the language spoken."""
    return say("views.quality.over", length=low - 1) if high == LENGTHS[-1][1] else length_name(low, high)


def _figure(panels: dict[str, dict[str, list[_Point]]], ticks: dict[str, Any]) -> go.Figure:
    """Panels under each other over one x axis; the legend above, where there is more than one model."""
    models = list(next(iter(panels.values())))
    legend = _legend_height(models) if len(models) > 1 else 0
    panel = (INNER - (len(panels) - 1) * SPACE) / len(panels)
    margin = {"l": LEFT, "r": RIGHT, "t": legend + 30, "b": FOOT}
    layout: dict[str, Any] = {
        "showlegend": len(models) > 1,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1 + (30 + legend) / INNER,
            "yanchor": "top",
            "bgcolor": "rgba(0,0,0,0)",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "xaxis": {**ticks, "anchor": f"y{len(panels)}" if len(panels) > 1 else "y"},
        "annotations": [],
        "hovermode": "closest",
    }
    traces: list[dict[str, Any]] = []
    for place, (metric, lines) in enumerate(panels.items()):
        number = str(place + 1) if place else ""
        top = 1 - place * (panel + SPACE) / INNER
        layout[f"yaxis{number}"] = axis(
            domain=[max(0.0, top - panel / INNER), top], showgrid=True, gridcolor=LIGHT.grid, **_span(lines)
        )
        layout["annotations"].append(_heading(metric, top))
        traces += [
            _line(model, points, LOOKS[i % len(LOOKS)], metric, f"y{number}", first=not place)
            for i, (model, points) in enumerate(lines.items())
        ]
    return finish(traces, layout, INNER + margin["t"] + margin["b"], margin)


def _legend_height(models: Sequence[str]) -> int:
    """Room for every name, even where a phone's width takes many rows; columns are as wide as the longest name."""
    columns = max(1, int(PHONE / max(text_width(model) + 50 for model in models)))
    return -(-len(models) // columns) * LINE + 8


def _span(lines: dict[str, list[_Point]]) -> dict[str, Any]:
    """The range of an axis: the scores, their intervals, and never less than ten points of it."""
    scores = [point.score for points in lines.values() for point in points]
    low = min((s.score if s.low is None else s.low for s in scores), default=0)
    high = max((s.score if s.high is None else s.high for s in scores), default=100)
    spare = max(0.0, 10 - (high - low)) / 2 + 1
    return {"range": [max(-1.0, low - spare), min(101.5, high + spare)], "nticks": 6}


def _heading(metric: str, top: float) -> dict[str, Any]:
    return {
        "text": metric,
        "x": 0,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": -LEFT + 8,
        "yshift": 8,
        "showarrow": False,
        "font": {"color": LIGHT.muted, "size": 12},
    }


def _line(
    model: str, points: list[_Point], look: tuple[str, str, str], metric: str, axis_name: str, *, first: bool
) -> dict[str, Any]:
    colour, dash, symbol = look
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plain(model),
        "legendgroup": plain(model),
        "showlegend": first,
        "yaxis": axis_name,
        "x": [point.x for point in points],
        "y": [round(point.score.score, 2) for point in points],
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"color": colour, "symbol": symbol, "size": 8},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [_hover(model, metric, point) for point in points],
    }
    if any(point.score.low is not None for point in points):
        trace["error_y"] = _whiskers(points, colour)
    return trace


def _whiskers(points: list[_Point], colour: str) -> dict[str, Any]:
    up = [max(0.0, (p.score.high if p.score.high is not None else p.score.score) - p.score.score) for p in points]
    down = [max(0.0, p.score.score - (p.score.low if p.score.low is not None else p.score.score)) for p in points]
    shape = {"color": colour, "thickness": 1, "width": 4}
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down, **shape}


def _hover(model: str, metric: str, point: _Point) -> str:
    s = point.score
    interval = f" [{s.low:.1f}, {s.high:.1f}]" if s.low is not None and s.high is not None else ""
    return f"<b>{plain(model)}</b><br>{metric} {s.score:.1f}{interval}<br>{plain(point.about)}"
