"""The alignment movie as data for the browser: all moments of all sentences watched, one byte a cell."""

import base64
from typing import Any

import numpy as np

from s2s_demo.live import LaneView, Moment, RunView
from s2s_demo.ui.static import safe_json
from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.theme import plain, shorten

LABEL = 104  # px
BLANK = "␣"  # how a space is shown where letters are
LEVELS = 255  # steps of a cell between 0 and 1


def movie(view: RunView, *, whole: bool) -> str:
    """The value of a movie_view: every moment, or only the latest ones, which the browser appends."""
    first = view.lanes[0]
    return safe_json(
        {
            "key": f"{view.run}/{len(view.tries)}/{view.lanes[-1].description}",
            "whole": whole,
            "probes": [_probe(view.lanes, i, whole) for i in range(len(first.probes)) if first.probes[i].moments],
        }
    )


def _probe(lanes: tuple[LaneView, ...], number: int, whole: bool) -> dict[str, Any]:
    probe = lanes[0].probes[number]
    source = [_visible(word) for word in probe.moments[0].source]
    return {
        "text": probe.text,
        "source": [plain(word) for word in source],
        "figure": _frame(source) if whole else None,
        "lanes": [_lane(lane, number, whole) for lane in lanes if len(lane.probes) > number],
    }


def _lane(lane: LaneView, number: int, whole: bool) -> dict[str, Any]:
    moments = lane.probes[number].moments
    return {
        "name": f"{lane.name}: {lane.description}" if lane.description else lane.name,
        "looks": lane.looks,
        "moments": [_moment(moment, lane.looks) for moment in (moments if whole else moments[-1:])],
    }


def _moment(moment: Moment, looks: bool) -> dict[str, Any]:
    cells = np.rint(np.clip(moment.alignment, 0, 1) * LEVELS).astype(np.uint8) if looks else np.empty(0, np.uint8)
    return {
        "update": moment.update,
        "target": [plain(shorten(_visible(word), LABEL)) for word in moment.translation],
        "written": moment.text,
        "score": round(moment.score, 2),
        "cells": base64.b64encode(cells.tobytes()).decode(),
    }


def _visible(word: str) -> str:
    return word if word.strip() else BLANK


def _frame(source: list[str]) -> dict[str, Any]:
    """The heatmap's axes, colours and margins, for the browser to fill."""
    figure: dict[str, Any] = alignment_heatmap(source, [""], np.zeros((1, len(source)), np.float32)).to_dict()
    trace = figure["data"][0]
    for name in ("z", "text", "x", "y"):
        trace[name] = []
    return figure
