"""The state of a run in words and numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypedDict

from s2s_demo.live import LaneView, RunView
from s2s_demo.ui.parts.base import safe_json
from s2s_demo.words import say

NUMBERS = ("update", "loss", "exact-match", "gap", "tokens-per-second", "teacher-forcing", "time", "to-go")
NOTHING = "–"


class RunStatus(TypedDict):
    """What a status_view draws: `done` is a share, each number a name and a value."""

    state: str
    name: str
    text: str
    done: float
    numbers: Sequence[tuple[str, str]]


def status(view: RunView) -> str:
    """The value of a status_view."""
    goes_on = view.state == "running" and view.lanes
    text = say("train.epoch", epoch=view.epoch) if goes_on else str(view.status)
    return _value(view.state, text, numbers(view), view.update / view.settings.updates)


def not_started() -> str:
    """The value of a status_view before the first run."""
    return _value("ready", say("train.idle"), ((_name(key), NOTHING) for key in NUMBERS))


def _value(state: str, text: str, numbers: Iterable[tuple[str, str]], done: float = 0.0) -> str:
    name = say(f"train.states.{state}")
    shown = RunStatus(state=state, name=name, text=text, done=min(1.0, done), numbers=list(numbers))
    return safe_json(shown)


def numbers(view: RunView) -> Iterator[tuple[str, str]]:
    """Names and values; of two lanes both values."""
    lanes = view.lanes
    values = (
        say("train.of", update=view.update, updates=view.settings.updates),
        _each(lanes, lambda lane: f"{lane.points[-1].loss:.3f}" if lane.points else NOTHING),
        _each(lanes, lambda lane: f"{lane.checks[-1].exact_match:.0%}" if lane.checks else NOTHING),
        _each(lanes, lambda lane: _signed(lane.checks[-1].gap) if lane.checks else NOTHING),
        f"{view.tokens_per_second:,.0f}" if view.tokens_per_second else NOTHING,
        _each(lanes, lambda lane: f"{lane.teacher_forcing:.2f}"),
        say("train.seconds", seconds=view.seconds),
        say("train.seconds", seconds=view.eta_seconds) if view.eta_seconds else NOTHING,
    )
    yield from ((_name(key), value) for key, value in zip(NUMBERS, values, strict=True))
    if any(lane.checks and lane.checks[-1].bleu is not None for lane in lanes):
        yield _name("bleu"), _each(lanes, lambda lane: f"{lane.checks[-1].bleu:.1f}" if lane.checks else NOTHING)


def _name(key: str) -> str:
    return say(f"train.numbers.{key}")


def _signed(gap: float) -> str:
    return f"{gap:.3f}".replace("-0.000", "0.000")


def _each(lanes: tuple[LaneView, ...], value: Callable[[LaneView], str]) -> str:
    return " | ".join(map(value, lanes)) or NOTHING
