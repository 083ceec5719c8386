"""A model of tab Train goes to Translate or home, and comes back."""

from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.ui.parts.handler import Visit, handler
from s2s_demo.ui.parts.page import Arrival
from s2s_demo.ui.train.trainer import Trainer


class Brought(NamedTuple):
    """A message, and what tab Translate is to show: values, or the components that take them."""

    message: Any = gr.skip()
    arrival: Arrival = Arrival()


class Saved(NamedTuple):
    """A message, and the file that the browser keeps."""

    message: Any = gr.skip()
    file: Any = gr.skip()


bringing = handler(lambda message: Brought(message=message))


@bringing
def on_use(visit: Visit, lane: str) -> Brought:
    """The run's model as it stands goes to Translate with a sentence to begin with, or to See and hear."""
    name, text = Trainer(visit.library).use(visit.session, lane)
    arrival = _arrival(visit, name)
    return Brought("", arrival if visit.library.get(name, visit.session).signal else arrival._replace(text=text))


@bringing
def on_load(visit: Visit, path: str) -> Brought:
    """A model that was taken home before goes to Translate."""
    return Brought("", _arrival(visit, Trainer(visit.library).load(visit.session, Path(path))))


@handler(lambda message: Saved(message=message))
def on_save(visit: Visit, lane: str) -> Saved:
    """The model as a zip."""
    return Saved("", Trainer(visit.library).save(visit.session, lane))


def _arrival(visit: Visit, name: str) -> Arrival:
    if visit.library.get(name, visit.session).signal:
        return Arrival(tabs=gr.Tabs(selected="senses"))
    model = gr.update(choices=visit.library.choices(visit.session), value=name)
    return Arrival(tabs=gr.Tabs(selected="translate"), model=model)
