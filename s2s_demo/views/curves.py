"""How learning goes: the curves of one run, or of two, panel under panel over the same updates."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import plotly.graph_objects as go

from s2s_demo.views.theme import LIGHT, axis, finish, plain, text_width
from s2s_demo.words import say

MOST_POINTS = 300  # of one curve
SPACE, FOOT, LEFT, RIGHT = 30, 54, 44, 14  # px: above each panel for its title, below all, at the sides
SMALL = 11  # px
PHONE = 300  # px, the narrowest plot: event labels are stacked so that they do not meet there


@dataclass(frozen=True)
class CurvePoint:
    """What was known after an update; None where nothing was measured.

    Losses are in nats per token: `training_loss` on the batch, `gold_loss` and `own_loss` on the
    validation sentences when each word follows gold words, or the model's own.  `exact_match` is a
    share in 0..1, `bleu` 0..100, `teacher_forcing` the ratio in force, `gradient_norm` before clipping.
    """

    update: int
    training_loss: float | None = None
    gold_loss: float | None = None
    own_loss: float | None = None
    exact_match: float | None = None
    bleu: float | None = None
    teacher_forcing: float | None = None
    gradient_norm: float | None = None
    learning_rate: float | None = None


@dataclass(frozen=True)
class CurveEvent:
    """Something that was changed after an update, e.g. "teacher forcing 1.0 → 0.0"."""

    update: int
    label: str


@dataclass(frozen=True)
class _Series:
    field: str
    colour: str  # of its name; the line of a thin, noisy series is paler
    width: float = 1.6
    factor: float = 1.0
    stepped: bool = False

    @property
    def name(self) -> str:
        return say(f"views.curves.names.{self.field.replace('_', '-')}")


@dataclass(frozen=True)
class _Panel:
    title: str  # its key; "" where the name of its one curve is enough
    height: int  # px
    series: tuple[_Series, ...]
    range: tuple[float, float] | None = None
    ticks: tuple[float, ...] = ()
    log: bool = False


PANELS = (
    _Panel(
        "views.curves.loss",
        210,
        (
            _Series("training_loss", LIGHT.muted, 1.0),
            _Series("gold_loss", LIGHT.second, 2.0),
            _Series("own_loss", LIGHT.accent, 2.0),
        ),
    ),
    _Panel(
        "views.curves.quality",
        110,
        (
            _Series("exact_match", LIGHT.ink, 2.0, 100),
            _Series("bleu", LIGHT.muted, 2.0),
        ),
        (0, 104),
    ),
    _Panel("", 34, (_Series("teacher_forcing", LIGHT.ink, stepped=True),), (-0.06, 1.06), (0, 1)),
    _Panel(
        "",
        44,
        (_Series("gradient_norm", LIGHT.muted, 1.0),),
        ticks=(1e-3, 1e-2, 0.1, 1, 10, 100, 1e3),
        log=True,
    ),
    _Panel("", 34, (_Series("learning_rate", LIGHT.muted, 1.2),)),
)


def curves(
    points: Sequence[CurvePoint],
    events: Sequence[CurveEvent] = (),
    *,
    rival: Sequence[CurvePoint] = (),
    names: tuple[str, str] = ("A", "B"),
) -> go.Figure:
    """Loss, quality and the knobs of a run; panels without a measurement are left out.

    Between the validation losses after gold words and after the model's own words lies the
    exposure bias, shaded.  `events` become labelled vertical lines.  `rival` is a second run,
    dotted; `names` tells the two apart.
    """
    runs = [run for run in (points, rival) if run]
    panels = [p for p in PANELS if any(_measured(run, s) for run in runs for s in p.series)] or [PANELS[0]]
    last = max((point.update for run in runs for point in run), default=1)
    labels, rows = _event_labels(events, last)
    head = 4 + rows * (SMALL + 5)
    inside = sum(panel.height + SPACE for panel in panels)
    layout: dict[str, Any] = {"hovermode": "x unified", "hoversubplots": "axis", "annotations": labels}
    layout["shapes"] = [_event_line(event, number) for event in events for number in range(1, len(panels) + 1)]
    traces: list[dict[str, Any]] = []
    top = 0.0
    for number, panel in enumerate(panels, start=1):
        top += SPACE
        high, low = 1 - top / inside, 1 - (top + panel.height) / inside
        layout[f"yaxis{number if number > 1 else ''}"] = _vertical(panel, [max(0.0, low), high])
        layout["annotations"] += _key(panel, high, runs)
        for which, run in enumerate(runs):
            of_run = f"{names[which]}: " if len(runs) > 1 else ""
            traces += _traces(panel, run, number, of_run, "dot" if which else "solid")
        top += panel.height
    layout["xaxis"] = _horizontal(last, len(panels))
    layout["annotations"] += _run_key(names) if len(runs) > 1 else []
    return finish(traces, layout, head + inside + FOOT, {"l": LEFT, "r": RIGHT, "t": head, "b": FOOT})


def thin(points: Sequence[tuple[int, float]], most: int = MOST_POINTS) -> list[tuple[int, float]]:
    """At most `most` of the points: the first, the last, and of each stretch the lowest and the highest."""
    if len(points) <= most:
        return list(points)
    middle, stretches = points[1:-1], (most - 2) // 2
    kept = [points[0]]
    for k in range(stretches):
        stretch = middle[k * len(middle) // stretches : (k + 1) * len(middle) // stretches]
        ends = {min(stretch, key=lambda p: p[1]), max(stretch, key=lambda p: p[1])}
        kept += sorted(ends)
    return [*kept, points[-1]]


def _measured(run: Sequence[CurvePoint], series: _Series) -> list[tuple[int, float]]:
    values = ((point.update, getattr(point, series.field)) for point in run)
    return [(update, value * series.factor) for update, value in values if value is not None and isfinite(value)]


def _traces(panel: _Panel, run: Sequence[CurvePoint], number: int, of_run: str, dash: str) -> list[dict[str, Any]]:
    traces = [_gap(run, number)] if panel is PANELS[0] and dash == "solid" else []
    for series in panel.series:
        if measured := thin(_measured(run, series)):
            traces.append(_line(measured, series, number, of_run, dash))
    return traces


def _line(
    measured: Sequence[tuple[int, float]], series: _Series, number: int, of_run: str, dash: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines" if len(measured) > 1 else "markers",
        "x": [update for update, _ in measured],
        "y": [_rounded(value) for _, value in measured],
        "yaxis": f"y{number if number > 1 else ''}",
        "name": plain(of_run + series.name),
        "line": {
            "color": series.colour if series.width > 1 else LIGHT.node,
            "width": series.width,
            "dash": dash,
            "shape": "hv" if series.stepped else "linear",
        },
        "marker": {"color": series.colour, "size": 5},
        "cliponaxis": False,
        "hovertemplate": "%{y:.3~g}",
    }


def _gap(run: Sequence[CurvePoint], number: int) -> dict[str, Any]:
    """The exposure bias as a shaded area, where both losses are known."""
    both = [(p.update, p.gold_loss, p.own_loss) for p in run if p.gold_loss is not None and p.own_loss is not None]
    known = [(x, low, high) for x, low, high in both if isfinite(low) and isfinite(high)]
    known = known[:: 1 + len(known) // MOST_POINTS]
    there, back = known, known[::-1]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for x, _, _ in there] + [x for x, _, _ in back],
        "y": [_rounded(low) for _, low, _ in there] + [_rounded(high) for _, _, high in back],
        "yaxis": f"y{number if number > 1 else ''}",
        "fill": "toself",
        "fillcolor": LIGHT.band,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _rounded(value: float) -> float:
    """Five figures: finer than any screen, a third of the bytes."""
    return float(f"{value:.5g}")


def _vertical(panel: _Panel, domain: list[float]) -> dict[str, Any]:
    return axis(
        domain=domain,
        showgrid=True,
        gridcolor=LIGHT.grid,
        zeroline=True,
        zerolinecolor=LIGHT.grid,
        exponentformat="e",
        tickformat="~g" if panel.log else "",
        type="log" if panel.log else "linear",
        **({"tickvals": list(panel.ticks)} if panel.ticks else {"nticks": 2 if panel.height < 100 else 5}),
        **({"range": list(panel.range)} if panel.range else {"rangemode": "tozero" if not panel.log else "normal"}),
    )


def _horizontal(last: int, lowest: int) -> dict[str, Any]:
    return axis(
        anchor=f"y{lowest if lowest > 1 else ''}",
        range=[0, max(last, 10)],
        spikecolor=LIGHT.node,
        spikethickness=1,
        spikedash="solid",
        showline=True,
        linecolor=LIGHT.grid,
        tickformat="~s" if last >= 10_000 else ",d",
        nticks=6,
        title={"text": say("views.curves.update"), "font": {"color": LIGHT.muted, "size": SMALL}, "standoff": 6},
        unifiedhovertitle={"text": say("views.curves.at-update", number="%{x:,d}")},
    )


def _key(panel: _Panel, y: float, runs: Sequence[Sequence[CurvePoint]]) -> list[dict[str, Any]]:
    """The panel's title, then the names of its curves in their colours: no legend to look up."""
    words = [(say(panel.title), LIGHT.ink)] if panel.title else []
    words += [(s.name, s.colour) for s in panel.series if any(_measured(run, s) for run in runs)]
    notes, shift = [], 0.0
    for text, colour in words:
        notes.append(_note(text, colour, x=0, y=y, xshift=shift, yshift=3, yanchor="bottom", xanchor="left"))
        shift += text_width(text, SMALL) + 10
    return notes


def _run_key(names: tuple[str, str]) -> list[dict[str, Any]]:
    text = f"— {names[0]}   ┄ {names[1]}"
    return [_note(text, LIGHT.muted, x=1, y=0, yshift=-FOOT, yanchor="bottom", xanchor="right")]


def _note(text: str, colour: str, **place: Any) -> dict[str, Any]:
    font = {"color": colour, "size": SMALL}
    return {
        "text": plain(text),
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "font": font,
        "align": "left",
    } | {
        "borderpad": 0,
        **place,
    }


def _event_line(event: CurveEvent, number: int) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": f"y{number if number > 1 else ''} domain",
        "x0": event.update,
        "x1": event.update,
        "y0": 0,
        "y1": 1,
        "line": {"color": LIGHT.node, "width": 1, "dash": "3px,3px"},
    }


def _event_labels(events: Sequence[CurveEvent], last: int) -> tuple[list[dict[str, Any]], int]:
    """A label on top of each event's line, in as many rows as keep them apart; and the rows' number."""
    ends: list[float] = []
    notes = []
    for event in sorted(events, key=lambda e: e.update):
        x, width = PHONE * event.update / last, text_width(event.label, SMALL) + 8
        left = x if x + width <= PHONE else max(0.0, x - width)
        row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
        ends[row : row + 1] = [left + width]
        side = {"xanchor": "left", "xshift": -1} if left == x else {"xanchor": "right", "xshift": 1}
        place = {"x": event.update, "xref": "x", "y": 1, "yanchor": "bottom", "yshift": row * (SMALL + 5) - 4}
        notes.append(_note(event.label, LIGHT.soft, **place, **side))
    return notes, len(ends)
