"""How good answers are, of one or more models: BLEU or exact match by source length, and by beam size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from s2s_demo.evaluation import LENGTHS, BeamScore, LengthScore, Score, length_name
from s2s_demo.views.theme import LIGHT, axis, finish, plain, shorten, text_width
from s2s_demo.words import say

LEFT, RIGHT, TOP, FOOT, INNER = 34, 14, 30, 42, 224  # px
WIDEST, LINE = 134, 15.0  # px: a model's name at the end of its line, and what it takes of the height
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
        tickangle=0,
        ticktext=[names[name] for name in used],
        range=[-0.35, max(len(used), 1) - 0.65],
    )
    first = next((row for rows in models.values() for row in rows), None)
    unit = first.unit if first else "words"
    return _figure(_metric(first), lines, ticks | _title(say(f"views.quality.{unit}-in-source")))


def quality_by_beam(models: Mapping[str, Sequence[BeamScore]]) -> go.Figure:
    """BLEU or exact match against the beam size, a line a model; a beam of 1 is greedy."""
    lines = {
        model: [
            _Point(row.size, row.score, say("views.quality.beam", size=row.size, seconds=row.seconds)) for row in rows
        ]
        for model, rows in models.items()
    }
    sizes = sorted({row.size for rows in models.values() for row in rows})
    ends = [sizes[0] - 0.4, sizes[-1] + 0.4] if sizes else [0.6, 10.4]
    ticks = axis(tickvals=sizes, ticktext=list(map(str, sizes)), range=ends)
    first = next((row for rows in models.values() for row in rows), None)
    return _figure(_metric(first), lines, ticks | _title(say("views.quality.beam-size")))


def _metric(row: LengthScore | BeamScore | None) -> str:
    return say(f"views.quality.metrics.{row.metric if row else 'bleu'}")


def _title(text: str) -> dict[str, Any]:
    return {"title": {"text": text, "font": {"color": LIGHT.muted, "size": 12}, "standoff": 8}}


def _sentences(count: int) -> str:
    return say("views.quality.one-sentence") if count == 1 else say("views.quality.sentences", sentences=count)


def _length(low: int, high: int) -> str:
    """What `length_name` names, in the language spoken."""
    return say("views.quality.over", length=low - 1) if high == LENGTHS[-1][1] else length_name(low, high)


def apart(places: Sequence[float], least: float, most: float) -> list[float]:
    """The places (px from the top) moved as little as it takes to be `least` apart, none above 0.

    They end above `most` where there is room for all of them.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    floor = 0.0
    for i in order:
        moved[i] = floor = max(moved[i], floor)
        floor += least
    ceiling = max(most, (len(places) - 1) * least)
    for i in reversed(order):
        moved[i] = ceiling = min(moved[i], ceiling)
        ceiling -= least
    return moved


def _figure(metric: str, lines: dict[str, list[_Point]], ticks: dict[str, Any]) -> go.Figure:
    """A panel; where there is more than one model, each is named at the end of its line: no legend to look up."""
    span = _span(lines)
    named = {model: shorten(model, WIDEST, 12) for model in lines} if len(lines) > 1 else {}
    right = max((text_width(name, 12) for name in named.values()), default=0)
    layout: dict[str, Any] = {
        "xaxis": ticks,
        "yaxis": axis(showgrid=True, gridcolor=LIGHT.grid, nticks=6, **span),
        "annotations": [_heading(metric), *_names(lines, named, *span["range"])],
    }
    looks = {model: LOOKS[i % len(LOOKS)] for i, model in enumerate(lines)}
    traces = [_line(model, points, looks[model], metric) for model, points in lines.items()]
    return finish(traces, layout, TOP + INNER + FOOT, {"l": LEFT, "r": RIGHT + int(right), "t": TOP, "b": FOOT})


def _names(lines: dict[str, list[_Point]], named: Mapping[str, str], low: float, high: float) -> list[dict[str, Any]]:
    ends = {model: lines[model][-1].score.score for model in named if lines[model]}
    places = apart([(high - end) / (high - low) * INNER for end in ends.values()], LINE, INNER)
    colours = {model: LOOKS[i % len(LOOKS)][0] for i, model in enumerate(lines)}
    return [
        {
            "text": plain(named[model]),
            "x": 1,
            "y": 1 - place / INNER,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 8,
            "showarrow": False,
            "font": {"color": colours[model], "size": 12},
        }
        for model, place in zip(ends, places, strict=True)
    ]


def _span(lines: dict[str, list[_Point]]) -> dict[str, list[float]]:
    """The range of an axis: the scores, their intervals, and never less than ten points of it."""
    scores = [point.score for points in lines.values() for point in points]
    low = min((s.score if s.low is None else s.low for s in scores), default=0)
    high = max((s.score if s.high is None else s.high for s in scores), default=100)
    spare = max(0.0, 10 - (high - low)) / 2 + 1
    return {"range": [max(-1.0, low - spare), min(101.5, high + spare)]}


def _heading(metric: str) -> dict[str, Any]:
    return {
        "text": metric,
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": -LEFT + 8,
        "yshift": 8,
        "showarrow": False,
        "font": {"color": LIGHT.muted, "size": 12},
    }


def _line(model: str, points: list[_Point], look: tuple[str, str, str], metric: str) -> dict[str, Any]:
    colour, dash, symbol = look
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plain(model),
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
