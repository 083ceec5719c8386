"""All moments of a run as data for the browser: sentences watched, one byte a cell, and one after two prefixes."""

import base64
from typing import Any, TypedDict

import numpy as np

from s2s_demo.live import LaneView, Moment, RunView
from s2s_demo.signals import SIGNALS
from s2s_demo.signals.document import as_document, brief, is_document
from s2s_demo.signals.png import write_png
from s2s_demo.ui.parts.base import safe_json
from s2s_demo.ui.train.prefixes import PrefixesLane, prefixes_lane
from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.theme import plain, shorten

LABEL = 104  # px
BLANK = "␣"  # how a space is shown where letters are
LEVELS = 255  # steps of a cell between 0 and 1


class MovieMoment(TypedDict):
    """A frame: the words written, and the levels of [T, S] cells, a byte each, in base64."""

    update: int
    target: list[str]
    written: str
    score: float
    cells: str


class MovieLane(TypedDict):
    """The frames of one model; it may have no attention to look with."""

    name: str
    looks: bool
    moments: list[MovieMoment]


class MovieProbe(TypedDict):
    """A sentence that is watched; the figure is a Plotly figure without cells, None where the browser has it."""

    text: str
    source: list[str]
    figure: dict[str, Any] | None
    lanes: list[MovieLane]


class Movie(TypedDict):
    """What movie_view and prefixes_view draw; while `key` stays, moments that are not `whole` continue those before."""

    key: str
    whole: bool
    probes: list[MovieProbe]
    prefixes: list[PrefixesLane]


def movie(view: RunView, *, whole: bool) -> str:
    """The value of a movie_view: every moment, or only the latest ones, which the browser appends."""
    first = view.lanes[0]
    shown = Movie(
        key=f"{view.run}/{len(view.tries)}/{view.lanes[-1].description or ''}",
        whole=whole,
        probes=[_probe(view, i, whole) for i in range(len(first.probes)) if first.probes[i].moments],
        prefixes=[prefixes_lane(lane, _name(lane), whole) for lane in view.lanes if lane.two_prefixes],
    )
    return safe_json(shown)


def _probe(view: RunView, number: int, whole: bool) -> MovieProbe:
    lanes = view.lanes
    probe = lanes[0].probes[number]
    source = [_visible(word) for word in probe.moments[0].source]
    return MovieProbe(
        text=brief(probe.text),
        source=[plain(word) for word in source],
        figure=_frame(source, _strip(view, probe.text)) if whole else None,
        lanes=[_lane(lane, number, whole) for lane in lanes if len(lane.probes) > number],
    )


def _lane(lane: LaneView, number: int, whole: bool) -> MovieLane:
    moments = lane.probes[number].moments
    return MovieLane(
        name=_name(lane),
        looks=lane.looks,
        moments=[_moment(moment, lane.looks) for moment in (moments if whole else moments[-1:])],
    )


def _name(lane: LaneView) -> str:
    return f"{lane.name}: {lane.description}" if lane.description else lane.name


def _moment(moment: Moment, looks: bool) -> MovieMoment:
    cells = np.rint(np.clip(moment.alignment, 0, 1) * LEVELS).astype(np.uint8) if looks else np.empty(0, np.uint8)
    return MovieMoment(
        update=moment.update,
        target=[plain(shorten(_visible(word), LABEL)) for word in moment.translation],
        written=moment.text,
        score=round(moment.score, 2),
        cells=base64.b64encode(cells.tobytes()).decode(),
    )


def _visible(word: str) -> str:
    return word if word.strip() else BLANK


def _strip(view: RunView, document: str) -> list[dict[str, Any]]:
    """A source that is no text, its places side by side above the columns of a heatmap; none of a text.

    `sizey` is how many times as high as wide a place is, until the browser knows how high the heatmap is.
    """
    if not is_document(document):
        return []
    signal = SIGNALS[view.settings.make_task().signal]
    features = signal.read(document)
    strip = signal.strip(features)
    (height, width), places = strip.shape[:2], len(features)
    return [
        {
            "source": as_document("image/png", write_png(strip)),
            "xref": "x",
            "yref": "paper",
            "x": -0.5,
            "y": 1,
            "sizex": places,
            "sizey": height * places / width,
            "yanchor": "bottom",
            "sizing": "stretch",
        }
    ]


def _frame(source: list[str], strip: list[dict[str, Any]]) -> dict[str, Any]:
    """The heatmap's axes, colours and margins, for the browser to fill."""
    figure: dict[str, Any] = alignment_heatmap(source, [""], np.zeros((1, len(source)), np.float32)).to_dict()
    trace = figure["data"][0]
    for name in ("z", "text", "x", "y"):
        trace[name] = []
    if strip:
        figure["layout"]["images"] = strip
    return figure
