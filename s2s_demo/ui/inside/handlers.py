"""What happens on tab Inside: values in, calls of `explain`, values of the page's components out."""

from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.errors import S2SError
from s2s_demo.serving.query import Controls
from s2s_demo.ui.inside.acts import after
from s2s_demo.ui.inside.link import Place, link_of, parameters_of, place_from
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.inside.reasons import reasons_value
from s2s_demo.ui.inside.shown import Form, Opened, Shown
from s2s_demo.ui.inside.step import step_value
from s2s_demo.ui.inside.whatif import what_if_value
from s2s_demo.ui.parts.handler import Visit, calmly, handler, told
from s2s_demo.ui.parts.layout import sentence_choices

PLACE = "inside"  # of an older and a newer question there, only the newer one is answered
TAB = "inside"


@handler(Shown.saying, latest=PLACE)
def on_ask(visit: Visit, *values: Any) -> Shown:
    """A new question: the first step of its answer."""
    return shown(Reading.of(visit, Controls.of(*values)))


@handler(Opened.saying)
def on_load(visit: Visit) -> Opened:
    """The page was opened at an address that names a step: the tab opens with it."""
    place = place_from(visit, visit.parameters or {})
    return opened(visit, place)._replace(tabs=gr.Tabs(selected=TAB)) if place.given else Opened()


@handler(Opened.saying, latest=PLACE)
def on_open(visit: Visit, address: str, reading: Reading | None) -> Opened:
    """The tab was opened: what the page's address asks by now, unless that stands there already."""
    place = place_from(visit, parameters_of(address))
    return Opened() if reading and reading.question == place.question else opened(visit, place)


@handler(Shown.saying, latest=PLACE)
def on_sentence(visit: Visit, reading: Reading | None, sentence: Any) -> Shown:
    """Another sentence of the same question."""
    if reading is None or type(sentence) is not int:
        return Shown()
    return shown(Reading.of(visit, reading.question, sentence))


@handler(Shown.saying, latest=PLACE)
def on_act(visit: Visit, event: gr.EventData, reading: Reading | None) -> Shown:
    """Another step, or a change."""
    if reading is None:
        return Shown()
    changed, step = after(reading, event._data)
    return shown(changed, step, whole=changed is not reading)


def opened(visit: Visit, place: Place) -> Opened:
    """The form and the step of a place; changes that make no sense are told, and left out."""
    text, _, strategy, *settings = place.question.values()
    model = gr.update(choices=visit.library.choices(visit.session), value=place.question.model)
    form = Form(text, model, strategy, tuple(settings))
    return Opened(form=form, shown=calmly(Shown.saying, partial(shown_at, visit, place)))


def shown_at(visit: Visit, place: Place) -> Shown:
    """The step of a place."""
    plain, message = Reading.of(visit, place.question, place.sentence), ""
    try:
        reading = plain.under(place.edits)
    except S2SError as error:
        reading, message = plain, told(error)
    return shown(reading, reading.clamped(place.step))._replace(message=message)


def shown(reading: Reading, step: int = 1, *, whole: bool = True) -> Shown:
    """A step of a reading; the rest too where it is `whole`."""
    answer = Shown(
        reading=reading, step=step_value(reading, step, link_of(reading, step)), reasons=reasons_value(reading, step)
    )
    if not whole:
        return answer
    return answer._replace(
        sentence=sentence_choices(reading.sentences, reading.sentence), what_if=what_if_value(reading)
    )
