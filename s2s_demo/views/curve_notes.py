"""What is written and marked on the curves of a run: labelled events, stretches without teacher forcing, names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from s2s_demo.views.theme import LIGHT, plain, text_width
from s2s_demo.words import say

SMALL, ROW = 11, 16  # px: letters, and a row of labelled events
PHONE = 270  # px, the narrowest plot: event labels are stacked so that they do not meet there
ROWS = 4  # of labelled events; where there are more, the labels of the last ones go, not their lines


@dataclass(frozen=True)
class CurveEvent:
    """Something that was changed after an update, e.g. "teacher forcing 1.0 → 0.0"."""

    update: int
    label: str


def note(text: str, colour: str, **place: Any) -> dict[str, Any]:
    """A small text in a picture; its place is that of Plotly's annotations."""
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


def event_line(event: CurveEvent) -> dict[str, Any]:
    """Through all panels."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": event.update,
        "x1": event.update,
        "y0": 0,
        "y1": 1,
        "line": {"color": LIGHT.node, "width": 1, "dash": "3px,3px"},
    }


def event_labels(events: Sequence[CurveEvent], last: int) -> tuple[list[dict[str, Any]], int]:
    """A label on top of each event's line, in as many rows as keep them apart; and the rows' number."""
    ends: list[float] = []
    notes = []
    for event in sorted(events, key=lambda e: e.update):
        x, width = PHONE * event.update / last, text_width(event.label, SMALL) + 8
        left = x if x + width <= PHONE else max(0.0, x - width)
        row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
        if row == ROWS:
            continue
        ends[row : row + 1] = [left + width]
        side = {"xanchor": "left", "xshift": -1} if left == x else {"xanchor": "right", "xshift": 1}
        place = {"x": event.update, "xref": "x", "y": 1, "yanchor": "bottom", "yshift": row * ROW - 4}
        notes.append(note(event.label, LIGHT.soft, **place, **side))
    return notes, len(ends)


def run_key(names: tuple[str, str], y: float) -> list[dict[str, Any]]:
    """Which line is solid, which is dotted."""
    text = f"— {names[0]}   ┄ {names[1]}"
    return [note(text, LIGHT.muted, x=1, y=y, yshift=3, yanchor="bottom", xanchor="right")]


def without_forcing(ratios: Sequence[tuple[int, float]]) -> list[tuple[int, int]]:
    """From where to where the model read its own words only, in updates; from the ratio at each update."""
    stretches: list[tuple[int, int]] = []
    before, off = 0, False
    for update, ratio in ratios:
        if ratio == 0:
            stretches[-1:] = [(stretches[-1][0], update)] if off else [*stretches[-1:], (before, update)]
        before, off = update, ratio == 0
    return stretches


def grey(begin: int, end: int) -> dict[str, Any]:
    """A stretch without teacher forcing, through all panels."""
    place = {"xref": "x", "yref": "paper", "x0": begin, "x1": end, "y0": 0, "y1": 1}
    return {"type": "rect", "layer": "below", "fillcolor": LIGHT.grid, "opacity": 0.55, "line": {"width": 0}, **place}


def off_notes(stretches: Sequence[tuple[int, int]], last: int, y: float) -> list[dict[str, Any]]:
    """What a stretch without teacher forcing is, where there is room."""
    text, notes = say("views.curves.off"), []
    for begin, end in stretches:
        if PHONE * (end - begin) / last > text_width(text, SMALL):
            place = {"xref": "x", "x": begin, "y": y, "yshift": 2, "xshift": 4, "xanchor": "left", "yanchor": "bottom"}
            notes.append(note(text, LIGHT.soft, **place))
    return notes
