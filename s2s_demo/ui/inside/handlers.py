"""What happens on tab Inside: values in, calls of `explain`, values of the page's components out."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.errors import S2SError
from s2s_demo.serving.query import Question, parameters_of
from s2s_demo.ui.inside.acts import Act, after
from s2s_demo.ui.inside.link import Place, is_there, link_of, place_from
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.inside.reasons import no_reasons, reasons_value
from s2s_demo.ui.inside.searches import no_searches, searches_value
from s2s_demo.ui.inside.shown import Form, Opened, Shown
from s2s_demo.ui.inside.source import encoder_value
from s2s_demo.ui.inside.step import step_value
from s2s_demo.ui.inside.whatif import what_if_value
from s2s_demo.ui.inside.wish import no_wish, wish_value
from s2s_demo.ui.parts.download import JSON, File, file_value
from s2s_demo.ui.parts.handler import Visit, calmly, handler, told
from s2s_demo.ui.parts.layout import sentence_choices
from s2s_demo.ui.parts.prediction import Asked, answer_value, prediction_value

PLACE = "inside"  # of an older and a newer question there, only the newer one is answered
REASONS = "inside-reasons"  # are asked for by themselves, and must not overtake what a visitor does
TAB = "inside"


@handler(Shown.saying, latest=PLACE)
def on_ask(visit: Visit, *values: Any) -> Shown:
    """A new question: the first step of its answer."""
    return shown(Reading.of(visit, Question.of(*values)))


@handler(Opened.saying)
def on_load(visit: Visit) -> Opened:
    """The page was opened at an address that names a step: the tab opens with it."""
    place = place_from(visit, visit.parameters or {})
    if not place.given:
        return Opened()
    answer = opened(visit, place)
    if isinstance(answer.shown.reading, Reading):
        answer.shown.reading.kept.opening = place.step
    return answer._replace(tabs=gr.Tabs(selected=TAB))


@handler(Opened.saying)
def on_open(visit: Visit, address: str, reading: Reading | None) -> Opened:
    """The tab was opened: what the page's address asks by now; where that stands there already, only its step."""
    place = place_from(visit, parameters_of(address))
    if reading is None or place.asked or not is_there(reading, place):
        return visit.visitor.turns(PLACE).answer(partial(opened, visit, place), Opened.saying(gr.skip()))
    opening, reading.kept.opening = reading.kept.opening, 0
    if place.step == opening:  # that step stands there, or one that was asked for since: nothing to overtake with
        return Opened.saying(gr.skip())
    step = reading.clamped(place.step)
    if not place.given or step == reading.kept.step:
        return Opened.saying(gr.skip())
    return Opened(shown=shown(reading, step, whole=False))


@handler(Shown.saying, latest=PLACE)
def on_sentence(visit: Visit, reading: Reading | None, sentence: Any) -> Shown:
    """Another sentence of the same question."""
    if reading is None or type(sentence) is not int:
        return Shown()
    return shown(Reading.of(visit, reading.question, sentence))


@handler(Shown.saying, latest=PLACE)
def on_act(visit: Visit, event: gr.EventData, reading: Reading | None) -> Shown:
    """Another step, a change, or something asked of what is shown."""
    if reading is None:
        return Shown()
    if ask := ASKED.get(str(event._data.get("act"))):
        return ask(reading, event._data)
    changed, step = after(reading, event._data)
    answer = shown(changed, step, whole=changed is not reading)
    return answer._replace(searches=gr.skip())  # are of the sentence, whatever is changed


@handler(Shown.saying, latest=REASONS)
def on_reasons(visit: Visit, event: gr.EventData, reading: Reading | None) -> Shown:
    """Somebody looks at the reasons of a step: explanations of its word, and what is odd about the map."""
    if reading is None:
        return Shown(message=gr.skip())
    return Shown(message=gr.skip(), reasons=reasons_value(reading, reading.clamped(event._data.get("step"))))


@handler(Shown.saying, latest=PLACE)
def on_answer(visit: Visit, event: gr.EventData, asked: Asked | None) -> Shown:
    """A class has chosen: what was right, and then the step; or what is asked next."""
    if asked is None:
        return Shown()
    value, following = answer_value(visit, asked, event._data.get("picked"))
    if following:
        return Shown(asked=following, asking=value)
    reading = Reading.of(visit, asked.question, asked.sentence)
    return shown(reading, reading.clamped(asked.step))._replace(asking=value)


def on_searches(reading: Reading, act: Act) -> Shown:
    """Several searches, and the verdict on a reference that somebody typed."""
    return Shown(searches=searches_value(reading, str(act.get("text", "")).strip()))


def on_wish(reading: Reading, act: Act) -> Shown:
    """What the model would have to look at to write what somebody typed."""
    step = reading.clamped(act.get("step"))
    return Shown(wish=wish_value(reading, step, str(act.get("text", "")).strip()))


def on_save(reading: Reading, act: Act) -> Shown:
    """All that is shown as a file."""
    document = reading.document(reading.clamped(act.get("step")))
    return Shown(download=file_value(File("step.json", JSON, json.dumps(document, ensure_ascii=False, indent=1))))


ASKED: dict[str, Callable[[Reading, Act], Shown]] = {"searches": on_searches, "wish": on_wish, "save": on_save}


def opened(visit: Visit, place: Place) -> Opened:
    """The form and the step of a place; changes that make no sense are told, and left out."""
    text, _, strategy, *settings = place.question.values()
    model = gr.update(choices=visit.library.choices(visit.session), value=place.question.model)
    form = Form(text, model, strategy, tuple(settings))
    return Opened(form=form, shown=calmly(Shown.saying, partial(shown_at, visit, place)))


def shown_at(visit: Visit, place: Place) -> Shown:
    """The step of a place, or what is asked before it is shown."""
    if place.asked:
        return Shown(asked=place.asked, asking=prediction_value(visit, place.asked))
    plain, message = Reading.of(visit, place.question, place.sentence, place.hypothesis), ""
    try:
        reading = plain.under(place.edits)
    except S2SError as error:
        reading, message = plain, told(error)
    return shown(reading, reading.clamped(place.step))._replace(message=message)


def shown(reading: Reading, step: int = 1, *, whole: bool = True) -> Shown:
    """A step of a reading; the rest too where it is `whole`."""
    reading.kept.step = step
    answer = Shown(
        reading=reading,
        step=step_value(reading, step, link_of(reading, step)),
        wish=no_wish(reading, step),
        reasons=no_reasons(step),
    )
    if not whole:
        return answer
    return answer._replace(
        asked=None,
        asking="",
        sentence=sentence_choices(reading.sentences, reading.sentence),
        encoder=encoder_value(reading),
        what_if=what_if_value(reading),
        searches=no_searches(reading),
    )
