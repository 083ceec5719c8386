"""What happens on tab See and hear: values in, one call of the library, values of the page's components out."""

from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.errors import InputError
from s2s_demo.serving.query import Question
from s2s_demo.signals import SIGNALS
from s2s_demo.ui.parts.download import file_value
from s2s_demo.ui.parts.handler import Visit, calmly, handler
from s2s_demo.ui.parts.picture import picture_of, picture_value
from s2s_demo.ui.senses.easel import easel_value
from s2s_demo.ui.senses.save import SAVED
from s2s_demo.ui.senses.seen import seen_value
from s2s_demo.ui.senses.shown import Opened, Saved, Shown
from s2s_demo.views.picture import source_payload

PLACE = "senses"  # of an older and a newer question there, only the newer one is answered


@handler(Opened.saying)
def on_open(visit: Visit, question: Question | None, *values: Any) -> Opened:
    """The tab was opened: the models that there are by now, and at first an example."""
    model, *settings = values
    choices = visit.library.choices(visit.session, signals=True)
    known = [name for _, name in choices]
    if not known:
        return Opened.saying(str(InputError("senses.no-model")))
    chosen = model if model in known else known[0]
    if question is not None and question.model == chosen:
        return Opened(model=gr.update(choices=choices), shown=Shown(message=gr.skip()))
    asked = visit.visitor.turns(PLACE).answer(partial(opened, visit, chosen, settings), Opened.saying(gr.skip()))
    return asked._replace(model=gr.update(choices=choices, value=chosen))


@handler(Opened.saying, latest=PLACE)
def on_model(visit: Visit, model: str, *settings: Any) -> Opened:
    """Another model: what it reads is made elsewhere."""
    return opened(visit, model, settings)


@handler(Shown.saying, latest=PLACE)
def on_source(visit: Visit, event: gr.EventData, *values: Any) -> Shown:
    """A source that the visitor made, brought, or chose among the examples."""
    document = event._data.get("document") if isinstance(event._data, dict) else None
    if not isinstance(document, str):
        raise InputError("text.nothing")
    return answered(visit, Question.of(document, *values))


@handler(Shown.saying, latest=PLACE)
def on_strategy(visit: Visit, question: Question | None, *values: Any) -> Shown:
    """The same source, searched in another way."""
    return answered(visit, Question.of(question.text, *values)) if question else Shown()


@handler(Saved.saying)
def on_save(visit: Visit, kind: str, question: Question | None) -> Saved:
    """A file to take home, of what is shown."""
    if question is None:
        raise InputError("nothing-shown")
    return Saved(download=file_value(SAVED[kind](visit.library.translate(question.query(), visit.session))))


def opened(visit: Visit, model: str, settings: Any) -> Opened:
    """The easel of a model, and the answer to its first example."""
    translator = visit.library.get(model, visit.session)
    if not translator.signal:
        raise InputError("senses.reads-text", name=translator.name)
    examples = visit.library.examples(model, visit.session)
    easel = easel_value(translator.signal, SIGNALS[translator.signal].media, examples)
    if not examples:
        return Opened(easel=easel)
    question = Question.of(examples[0], model, *settings)
    return Opened(easel=easel, shown=calmly(Shown.saying, partial(answered, visit, question)))


def answered(visit: Visit, asked: Question) -> Shown:
    """A source's answer; S2SError for one that cannot be read."""
    translator = visit.library.get(str(asked.model), visit.session)
    if not translator.signal:
        raise InputError("senses.reads-text", name=translator.name)
    translation = visit.library.translate(asked.query(), visit.session)
    seen = seen_value(source_payload(translation))
    return Shown(question=replace(asked), seen=seen, picture=picture_value(picture_of(translation)))
