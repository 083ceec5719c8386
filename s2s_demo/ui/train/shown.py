"""A run as the values of the page's parts; only what has changed."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.live import RunView
from s2s_demo.ui.train.movie import movie
from s2s_demo.ui.train.pictures import curves_value, samples
from s2s_demo.ui.train.status import status
from s2s_demo.words import say

WHOLE_MOVIE = 2.0  # seconds of training between two complete movies; the latest moment goes at once


class Seen(NamedTuple):
    """What the viewer of a run sends: values, or the components that take them."""

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
    samples: Any = gr.skip()


class Screen:
    """One visitor's page: remembers what it shows, so that only changes travel."""

    def __init__(self) -> None:
        self._sent: dict[str, Any] = {}
        self._movie_sent = (-1, False)  # its version, and whether it was whole
        self._whole_at = -WHOLE_MOVIE

    def show(self, view: RunView, *, anyway: bool = False) -> Seen | None:
        """The parts that changed since the last call, or None if none did and it is not sent `anyway`.

        Every message repeats how the buttons stand, which costs no bytes: Gradio sends what differs from the message
        before, and what a later one takes back is lost where both reach the browser at once.
        """
        seen, buttons = Seen(), Buttons.of(view)
        anyway |= self._is_new("buttons", buttons)
        if self._is_new("status", said := status(view)):
            seen = seen._replace(status=said)
        if self._is_new("curves", (len(view.tries), view.update, len(view.events), view.version, bool(view.lanes))):
            seen = seen._replace(curves=curves_value(view))
        if view.lanes and self._is_new("version", view.version):
            seen = seen._replace(samples=samples(view))
        if view.lanes and (moments := self._movie(view)):
            seen = seen._replace(movie=moments)
        return buttons.shown(seen) if anyway or seen != Seen() else None

    def _movie(self, view: RunView) -> str | None:
        """The latest moment at once; all of them now and then, for another cast, and when the run stands still."""
        texts = [probe.text for probe in view.lanes[0].probes if probe.moments]
        cast = (len(view.tries), view.lanes[-1].description, texts, [bool(lane.two_prefixes) for lane in view.lanes])
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


@dataclass(frozen=True)
class Buttons:
    """Which buttons can be pressed; `paused` and `twins` say what they stand for."""

    start: bool
    pause: bool
    step: bool
    stop: bool
    rewind: bool
    fork: bool
    end_twin: bool
    take: bool
    paused: bool
    twins: bool

    @classmethod
    def of(cls, view: RunView) -> "Buttons":
        """What can be done with a run as it stands."""
        state, begun, twins = view.state, bool(view.lanes), len(view.lanes) > 1
        live = state in ("running", "paused")
        return cls(
            start=view.ended,
            pause=live,
            step=state == "paused",
            stop=live or state == "queued",
            rewind=begun and (live or view.ended),
            fork=live and begun,
            end_twin=live and twins,
            take=begun and state != "failed",
            paused=state == "paused",
            twins=twins,
        )

    def shown(self, seen: Seen) -> Seen:
        """`seen` with the buttons as they are now."""
        pause = say("train.resume") if self.paused else say("train.pause")
        return seen._replace(
            start=gr.update(interactive=self.start),
            pause=gr.update(interactive=self.pause, value=pause),
            step=gr.update(interactive=self.step),
            stop=gr.update(interactive=self.stop),
            rewind=gr.update(interactive=self.rewind),
            fork=gr.update(interactive=self.fork),
            end_twin=gr.update(interactive=self.end_twin),
            use=gr.update(interactive=self.take),
            save=gr.update(interactive=self.take),
            lane=gr.update(visible=True) if self.twins else gr.update(visible=False, value=""),
        )
