"""A run as the values of the page's parts: status, curves, movie, rows, samples; only what has changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.live import LaneView, RunView, Try
from s2s_demo.ui import strings
from s2s_demo.ui.parts import elements
from s2s_demo.ui.static import safe_json
from s2s_demo.ui.train.movie import movie
from s2s_demo.views.curves import CurveEvent, CurvePoint, curves

WHOLE_MOVIE = 2.0  # seconds of training between two complete movies; the latest moment goes at once
NUMBERS = ("update", "loss", "exact match", "teacher forcing", "tokens/s", "time", "to go")
NOTHING = "–"


class Seen(NamedTuple):
    """What the viewer of a run sends, named as the parts of the page."""

    status: Any = gr.skip()
    start: Any = gr.skip()
    pause: Any = gr.skip()
    step: Any = gr.skip()
    stop: Any = gr.skip()
    rewind: Any = gr.skip()
    fork: Any = gr.skip()
    end_twin: Any = gr.skip()
    use: Any = gr.skip()
    save: Any = gr.skip()
    lane: Any = gr.skip()
    curves: Any = gr.skip()
    movie: Any = gr.skip()
    prefixes: Any = gr.skip()
    samples: Any = gr.skip()


class Screen:
    """One visitor's page: remembers what it shows, so that only changes travel."""

    def __init__(self) -> None:
        self._sent: dict[str, Any] = {}
        self._movie_sent = (-1, False)  # its version, and whether it was whole
        self._whole_at = -WHOLE_MOVIE

    def show(self, view: RunView) -> Seen | None:
        """The parts that changed since the last call; None if none did."""
        changes: dict[str, Any] = {}
        buttons = _buttons(view)
        if self._is_new("buttons", buttons):
            changes |= buttons_update(buttons)
        if self._is_new("status", said := status(view)):
            changes["status"] = said
        if self._is_new("curves", (len(view.tries), view.update, len(view.events), view.version, bool(view.lanes))):
            changes["curves"] = curves_value(view)
        if view.lanes and self._is_new("version", view.version):
            changes |= {"prefixes": prefixes(view), "samples": samples(view)}
        if view.lanes and (moments := self._movie(view)):
            changes["movie"] = moments
        return Seen(**changes) if changes else None

    def _movie(self, view: RunView) -> str | None:
        """The latest moment at once; all of them now and then, for another cast, and when the run stands still."""
        cast = (len(view.tries), view.lanes[-1].description, [p.text for p in view.lanes[0].probes if p.moments])
        whole = self._is_new("cast", cast) or view.state != "running"
        whole |= not 0 <= view.seconds - self._whole_at < WHOLE_MOVIE
        if (view.version, whole) <= self._movie_sent:
            return None
        self._movie_sent = (view.version, whole)
        self._whole_at = view.seconds if whole else self._whole_at
        return movie(view, whole=whole)

    def _is_new(self, what: str, value: Any) -> bool:
        new = bool(self._sent.get(what) != value)
        self._sent[what] = value
        return new


def _buttons(view: RunView) -> dict[str, bool]:
    state, twins = view.state, len(view.lanes) > 1
    live = state in ("running", "paused")
    return {
        "start": state == "paused" or view.ended,
        "pause": live,
        "step": state == "paused",
        "stop": live or state == "queued",
        "rewind": bool(view.lanes) and (live or view.ended),
        "fork": live and bool(view.lanes),
        "end_twin": live and twins,
        "use": bool(view.lanes) and state != "failed",
        "save": bool(view.lanes) and state != "failed",
        "paused": state == "paused",
        "twins": twins,
    }


def buttons_update(enabled: dict[str, bool]) -> dict[str, Any]:
    """The updates of the buttons: which of them can be pressed, and what Pause says."""
    words = enabled.copy()
    paused, twins = words.pop("paused"), words.pop("twins")
    changes = {name: gr.update(interactive=on) for name, on in words.items()}
    changes["pause"] = gr.update(interactive=enabled["pause"], value=strings.RESUME if paused else strings.PAUSE)
    changes["lane"] = gr.update(visible=twins) if twins else gr.update(visible=False, value="")
    return changes


def status(view: RunView) -> str:
    """The value of a status_view."""
    said = strings.EPOCH.format(epoch=view.epoch) if view.state == "running" and view.lanes else str(view.status)
    return _status(view.state, strings.STATES[view.state], said, _numbers(view), view.update / view.settings.updates)


def not_started() -> str:
    """The value of a status_view before the first run."""
    return _status("ready", strings.NOT_STARTED, strings.IDLE, [(name, NOTHING) for name in NUMBERS])


def _status(state: str, name: str, text: str, numbers: Iterable[tuple[str, str]], done: float = 0.0) -> str:
    listed = [list(number) for number in numbers]
    return safe_json({"state": state, "name": name, "text": text, "done": min(1.0, done), "numbers": listed})


def _numbers(view: RunView) -> Iterator[tuple[str, str]]:
    lanes = view.lanes
    has_bleu = any(lane.checks and lane.checks[-1].bleu is not None for lane in lanes)
    values = (
        f"{view.update:,} of {view.settings.updates:,}",
        _each(lanes, lambda lane: f"{lane.points[-1].loss:.3f}" if lane.points else NOTHING),
        _each(lanes, lambda lane: f"{lane.checks[-1].exact_match:.0%}" if lane.checks else NOTHING),
        _each(lanes, lambda lane: f"{lane.teacher_forcing:.2f}"),
        f"{view.tokens_per_second:,.0f}" if view.tokens_per_second else NOTHING,
        f"{view.seconds:.0f} s",
        f"{view.eta_seconds:.0f} s" if view.eta_seconds else NOTHING,
    )
    yield from zip(NUMBERS, values, strict=True)
    if has_bleu:
        yield "BLEU", _each(lanes, lambda lane: f"{lane.checks[-1].bleu:.1f}" if lane.checks else NOTHING)


def _each(lanes: tuple[LaneView, ...], say: Callable[[LaneView], str]) -> str:
    return " | ".join(map(say, lanes)) or NOTHING


def curves_value(view: RunView) -> str:
    """The value of the plotly_view of the curves; a twin, or the try before a rewind, is the dotted rival."""
    if not view.lanes or not (view.lanes[0].points or view.lanes[0].checks):
        return elements.instead_of_figure(strings.CURVES_SOON)
    first = view.lanes[0]
    rival: LaneView | Try | None = view.lanes[1] if len(view.lanes) > 1 else view.tries[-1] if view.tries else None
    names = ("A", "B") if len(view.lanes) > 1 else ("now", "before the rewind")
    events = [CurveEvent(e.update, f"{e.lane}: {e.label}" if e.lane else str(e.label)) for e in view.events]
    figure = curves(_points(first), events, rival=_points(rival) if rival else (), names=names)
    said = ", ".join(f"{name}: {value}" for name, value in _numbers(view))
    return elements.figure_value(
        figure,
        label=strings.CURVES_SAID.format(updates=view.update, numbers=said),
        file_name="curves",
        revision=f"{view.run}/{len(view.tries)}",
    )


def _points(lane: LaneView | Try) -> list[CurvePoint]:
    trained = [
        CurvePoint(
            p.update,
            training_loss=p.loss,
            teacher_forcing=p.teacher_forcing,
            gradient_norm=p.gradient_norm,
            learning_rate=p.learning_rate,
        )
        for p in lane.points
    ]
    judged = [
        CurvePoint(c.update, gold_loss=c.gold.loss, own_loss=c.own.loss, exact_match=c.exact_match, bleu=c.bleu)
        for c in lane.checks
    ]
    return trained + judged


def prefixes(view: RunView) -> str:
    """The value of a prefixes_view, a block for each lane."""
    shown = [(lane.name if len(view.lanes) > 1 else "", lane.two_prefixes) for lane in view.lanes]
    return safe_json([{"name": name, **asdict(two)} for name, two in shown if two])


def samples(view: RunView) -> str:
    """The value of the table of samples; with a twin a column for each."""
    columns = list(strings.SAMPLE_COLUMNS)
    rows = [
        [sample.source, sample.reference, sample.translation, strings.RIGHT if sample.right else strings.WRONG]
        for sample in view.lanes[0].samples
    ]
    for lane in view.lanes[1:]:
        columns += [f"{lane.name} is", ""]
        for row, sample in zip(rows, lane.samples, strict=False):
            row += [sample.translation, strings.RIGHT if sample.right else strings.WRONG]
    return elements.table_value(columns, rows, caption=strings.SAMPLES)
