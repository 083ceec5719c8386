"""How learning goes: the curves of one run, or of two, panel under panel over the same updates."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Any

import plotly.graph_objects as go

from s2s_demo.views.curve_notes import (
    ROW,
    SMALL,
    CurveEvent,
    event_labels,
    event_line,
    grey,
    note,
    off_notes,
    run_key,
    without_forcing,
)
from s2s_demo.views.theme import LIGHT, axis, finish, plain, share, text_width
from s2s_demo.words import say

MOST_POINTS = 300  # of one curve
HEIGHT = 417  # px, of all: the panel of the loss takes what the others leave
SPACE, FOOT, LEFT, RIGHT = 24, 26, 44, 46  # px: above each panel for its title, below all, at the sides


@dataclass(frozen=True)
class CurvePoint:
    """What was known after an update; None where nothing was measured.

    Losses are in nats per token: `training_loss` on the batch, `gold_loss` and `own_loss` on the
    validation sentences when each word follows gold words, or the model's own.  `exact_match` is a
    share in 0..1, `bleu` 0..100, `teacher_forcing` the ratio in force.
    """

    update: int
    training_loss: float | None = None
    gold_loss: float | None = None
    own_loss: float | None = None
    exact_match: float | None = None
    bleu: float | None = None
    teacher_forcing: float | None = None


@dataclass(frozen=True)
class _Series:
    field: str
    colour: str  # of its name; the line of a thin, noisy series is paler
    width: float = 1.6
    factor: float = 1.0
    unit: str | None = None  # where its last value stands at its end, what follows it

    @property
    def name(self) -> str:
        return say(f"views.curves.names.{self.field.replace('_', '-')}")


@dataclass(frozen=True)
class _Panel:
    title: str  # its key; "" where the name of its one curve is enough
    height: int  # px; 0: what the others leave
    series: tuple[_Series, ...]
    range: tuple[float, float] | None = None  # None: a log scale of what was measured
    ticks: tuple[float, ...] = ()


FORCING = _Series("teacher_forcing", LIGHT.muted)
PANELS = (
    _Panel(
        "views.curves.loss",
        0,
        (
            _Series("training_loss", LIGHT.muted, 1.0),
            _Series("gold_loss", LIGHT.second, 2.0, unit=""),
            _Series("own_loss", LIGHT.accent, 2.0),
        ),
    ),
    _Panel(
        "views.curves.quality",
        95,
        (
            _Series("exact_match", LIGHT.ink, 2.0, 100, unit=" %"),
            _Series("bleu", LIGHT.muted, 2.0),
        ),
        (-2, 104),
        (0, 50, 100),
    ),
    _Panel("", 19, (FORCING,), (0, 1)),
)


def curves(
    points: Sequence[CurvePoint],
    events: Sequence[CurveEvent] = (),
    *,
    rival: Sequence[CurvePoint] = (),
    names: tuple[str, str] = ("A", "B"),
) -> go.Figure:
    """Loss (on a log scale), quality and teacher forcing of a run; panels without a measurement are left out.

    Between the validation losses after gold words and after the model's own words lies the
    exposure bias, shaded; the stretches without teacher forcing are grey through all panels.
    `events` become labelled vertical lines.  `rival` is a second run, dotted; `names` tells the two apart.
    """
    runs = [run for run in (points, rival) if run]
    panels = [p for p in PANELS if any(_measured(run, s) for run in runs for s in p.series)] or [PANELS[0]]
    last = max((point.update for run in runs for point in run), default=1)
    labels, rows = event_labels(events, last)
    head = 4 + rows * ROW
    inside = HEIGHT - head - FOOT
    left = inside - sum(panel.height + SPACE for panel in panels)
    layout: dict[str, Any] = {"hovermode": "x unified", "hoversubplots": "axis", "annotations": labels}
    layout["shapes"] = [event_line(event) for event in events]
    traces: list[dict[str, Any]] = []
    top, lowest = 0.0, 1.0
    for number, panel in enumerate(panels, start=1):
        top, height = top + SPACE, panel.height or left
        high, lowest = 1 - top / inside, max(0.0, 1 - (top + height) / inside)
        layout[f"yaxis{number if number > 1 else ''}"] = _vertical(panel, [lowest, high], runs)
        layout["annotations"] += _key(panel, high, runs) + _last_values(panel, points, number)
        for which, run in enumerate(runs):
            of_run = f"{names[which]}: " if len(runs) > 1 else ""
            traces += _traces(panel, run, number, of_run, "dot" if which else "solid")
        top += height
    layout["xaxis"] = _horizontal(last, len(panels))
    off = without_forcing(_measured(points, FORCING))
    layout["shapes"] = [grey(begin, end) for begin, end in off] + layout["shapes"]
    layout["annotations"] += off_notes(off, last, lowest) if panels[-1].series == (FORCING,) else []
    layout["annotations"] += run_key(names, high) if len(runs) > 1 else []
    return finish(traces, layout, HEIGHT, {"l": LEFT, "r": RIGHT, "t": head, "b": FOOT})


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


def _above_zero(measured: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """What a log scale can show."""
    return [(update, value) for update, value in measured if value > 0]


def _traces(panel: _Panel, run: Sequence[CurvePoint], number: int, of_run: str, dash: str) -> list[dict[str, Any]]:
    traces = [_gap(run, number)] if panel is PANELS[0] and dash == "solid" else []
    for series in panel.series:
        measured = _measured(run, series)
        if measured := thin(measured if panel.range else _above_zero(measured)):
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
            "width": 0 if series is FORCING and dash == "solid" else series.width,
            "dash": dash,
            "shape": "hv" if series is FORCING else "linear",
        },
        **({"fill": "tozeroy", "fillcolor": LIGHT.branch} if series is FORCING and dash == "solid" else {}),
        "marker": {"color": series.colour, "size": 5},
        "cliponaxis": False,
        "hovertemplate": "%{y:.3~g}",
    }


def _gap(run: Sequence[CurvePoint], number: int) -> dict[str, Any]:
    """The exposure bias as a shaded area, where both losses are known."""
    both = [(p.update, p.gold_loss, p.own_loss) for p in run if p.gold_loss is not None and p.own_loss is not None]
    known = [(x, low, high) for x, low, high in both if isfinite(low) and isfinite(high) and min(low, high) > 0]
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


def _vertical(panel: _Panel, domain: list[float], runs: Sequence[Sequence[CurvePoint]]) -> dict[str, Any]:
    if panel.range:
        scale: dict[str, Any] = {"range": list(panel.range), "tickvals": list(panel.ticks)}
    else:
        measured = (_above_zero(_measured(run, series)) for run in runs for series in panel.series)
        scale = _log_scale([value for curve in measured for _, value in curve])
    return axis(domain=domain, showgrid=True, gridcolor=LIGHT.grid, **scale)


def _log_scale(values: Sequence[float]) -> dict[str, Any]:
    """From the least to the greatest of the values, with a line for each power of ten, or more where that is few."""
    low, high = min(values, default=0.1), max(values, default=10.0)
    steps = (1,) if high / low > 300 else (1, 3) if high / low > 10 else (1, 2, 3, 5, 7)
    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    ticks = [step * 10.0**power for power in powers for step in steps]
    return {
        "type": "log",
        "range": [log10(low / 1.1), log10(high * 1.1)],
        "tickvals": ticks,
        "ticktext": [f"{tick:g}".removeprefix("0") for tick in ticks],
    }


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
        unifiedhovertitle={"text": say("views.curves.at-update", number="%{x:,d}")},
    )


def _key(panel: _Panel, y: float, runs: Sequence[Sequence[CurvePoint]]) -> list[dict[str, Any]]:
    """The panel's title, then the names of its curves in their colours: no legend to look up."""
    words = [(say(panel.title), LIGHT.ink)] if panel.title else []
    words += [(s.name, s.colour) for s in panel.series if any(_measured(run, s) for run in runs)]
    notes, shift = [], 0.0
    for text, colour in words:
        notes.append(note(text, colour, x=0, y=y, xshift=shift, yshift=3, yanchor="bottom", xanchor="left"))
        shift += text_width(text, SMALL) + 10
    return notes


def _last_values(panel: _Panel, run: Sequence[CurvePoint], number: int) -> list[dict[str, Any]]:
    """The last value of a curve that matters, at its end."""
    notes = []
    for series in panel.series:
        measured = _measured(run, series)
        if series.unit is None or not measured or (value := measured[-1][1]) <= 0:
            continue
        text = f"{value:.0f}{series.unit}" if panel.range else share(value)
        y = value if panel.range else log10(value)
        place = {"yref": f"y{number if number > 1 else ''}", "xanchor": "left", "xshift": 5, "yanchor": "middle"}
        notes.append(note(text, series.colour, x=1, y=y, **place))
    return notes
