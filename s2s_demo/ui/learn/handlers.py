"""What happens on tab Learn: values in, a step or a lesson out."""

from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.serving.query import parameters_of
from s2s_demo.ui.learn.lesson import answered_value, step_value
from s2s_demo.ui.learn.share import recorded_value, share_value, shared_value
from s2s_demo.ui.learn.tally import tally_value
from s2s_demo.ui.learn.timeline import timeline_value
from s2s_demo.ui.parts.handler import Visit, handler

PLACE = "learn"


class Shown(NamedTuple):
    """A step of the tour, or the components of one."""

    message: Any = ""
    step: Any = gr.skip()
    timeline: Any = gr.skip()
    tally: Any = gr.skip()
    share: Any = gr.skip()
    download: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Shown":
        """A message, and nothing else changes."""
        return cls(message=message)


@handler(Shown.saying, latest=PLACE)
def on_open(visit: Visit, address: str) -> Shown:
    """The tab was opened: the step that the page's address names, or the first."""
    step = step_value(visit, parameters_of(address).get("learn", ""))
    return Shown(step=step, timeline=timeline_value(), tally=tally_value(visit), share=share_value())


@handler(Shown.saying, latest=PLACE)
def on_act(visit: Visit, event: gr.EventData) -> Shown:
    """Another step, or an answer."""
    key = str(event._data.get("step"))
    if "picked" in event._data:
        return Shown(step=answered_value(visit, key, event._data["picked"], event._data.get("grown")))
    return Shown(step=step_value(visit, key))


@handler(Shown.saying)
def on_share(visit: Visit, event: gr.EventData) -> Shown:
    """A lesson to hand out, as a link or as a file."""
    if event._data.get("record"):
        return Shown(download=recorded_value(visit, event._data))
    return Shown(share=shared_value(visit, event._data), tally=tally_value(visit))


@handler(Shown.saying)
def on_tally(visit: Visit) -> Shown:
    """What the class has predicted by now."""
    return Shown(message=gr.skip(), tally=tally_value(visit))
