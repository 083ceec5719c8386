"""What happens on tab Translate: values in, one call of the core, values of the page's components out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.errors import InputError
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import DEFAULT_MODEL, Question, parameters_of
from s2s_demo.translator import Translator
from s2s_demo.ui.parts.download import file_value
from s2s_demo.ui.parts.handler import Visit, calmly, handler
from s2s_demo.ui.parts.layout import chip_updates
from s2s_demo.ui.parts.path import View
from s2s_demo.ui.parts.picture import picture_of, picture_value
from s2s_demo.ui.parts.prediction import Asked, answer_value, asked_from, prediction_value
from s2s_demo.ui.parts.text import text_value
from s2s_demo.ui.translate.export import file_of
from s2s_demo.ui.translate.shown import Chips, Exported, Form, Opened, Retold, Shown
from s2s_demo.words import say

PLACE = "translate"  # of an older and a newer question there, only the newer one is answered


@handler(Shown.saying, latest=PLACE)
def on_translate(visit: Visit, *values: Any) -> Shown:
    """A new question, and its answer."""
    return answered(visit, Question.of(*values))


@handler(Opened.saying, latest=PLACE)
def on_load(visit: Visit) -> Opened:
    """The question that the page's address asks, or the first example."""
    parameters = visit.parameters or {}
    question = from_link(visit.library, parameters)
    asked = asked_from(parameters, question)
    return opened(visit, question) if asked is None else opened(visit, question, partial(asking, visit, asked))


@handler(Opened.saying)
def on_return(visit: Visit, address: str, question: Question | None) -> Opened:
    """Back from a step of another question: then that question and its answer; else all stays as it is.

    Gradio calls it as the page opens, too: only what asks something may overtake the answer that is on its way.
    """
    asked, nothing = from_link(visit.library, parameters_of(address), visit.session), Opened.saying(gr.skip())
    if not address or (question is not None and question.to_link() == asked.to_link()):
        return nothing
    return visit.visitor.turns(PLACE).answer(partial(opened, visit, asked), nothing)


@handler(Shown.saying, latest=PLACE)
def on_answer(visit: Visit, event: gr.EventData, asked: Asked | None) -> Shown:
    """A class has chosen: what was right, and then all there is to see; or what is asked next."""
    if asked is None:
        return Shown()
    value, following = answer_value(visit, asked, event._data.get("picked"))
    if following:
        return Shown(asked=following, asking=value)
    return answered(visit, asked.question)._replace(asking=value)


@handler(Retold.saying, latest=PLACE)
def on_model(visit: Visit, question: Question | None, *values: Any) -> Retold:
    """Another model may read something else: then the text changes to one of its examples."""
    asked = Question.of(*values)
    before = replace(asked, model=question.model if question else DEFAULT_MODEL)
    text = text_for(visit.library, asked.model, before, visit.session)
    return Retold(text, calmly(Shown.saying, partial(answered, visit, replace(asked, text=text))))


@handler(Chips.saying)
def on_chips(visit: Visit, model: str) -> Chips:
    """The sentences to try with a model."""
    return Chips(tuple(chip_updates(visit.library.examples(model, visit.session))))


@handler(Exported.saying)
def on_export(visit: Visit, kind: str, question: Question | None, view: str) -> Exported:
    """A file to take home, of what the browser shows; what the browser says of that is checked."""
    if question is None:
        raise InputError("nothing-shown")
    query = question.query()
    translation = visit.library.translate(query, visit.session)
    translator = visit.library.get(query.model, visit.session)
    return Exported(download=file_value(file_of(kind, translation, translator, view_of(view))))


def view_of(given: str) -> View:
    """What of an answer a browser says that it shows; what makes no sense is the first sentence, the translation."""
    try:
        asked = json.loads(given)
    except (TypeError, ValueError):
        asked = {}
    asked = asked if isinstance(asked, dict) else {}
    sentence, node, head = (
        number if type(number := asked.get(name)) is int else None for name in ("sentence", "node", "head")
    )
    return View(sentence or 0, node, "pieces" if asked.get("unit") == "pieces" else "words", head)


def from_link(library: Library, parameters: Mapping[str, str], visitor: str | None = None) -> Question:
    """The question a link asks; an unknown model becomes the default one, a missing text its first example."""
    known = {k: v for k, v in parameters.items() if k != "model" or v in library.names(visitor)}
    asked = Question.from_link(known)
    return asked if "text" in known else replace(asked, text=text_for(library, asked.model, asked, visitor))


def text_for(library: Library, model: str, before: Question, visitor: str | None = None) -> str:
    """What to read after a change of model: the visitor's own text, or an example where an example stood."""
    examples = library.examples(model, visitor)
    is_example = before.text in (*library.examples(before.model, visitor), Question.text)
    return examples[0] if examples and is_example and before.text not in examples else before.text


def asking(visit: Visit, asked: Asked) -> Shown:
    """What a class is asked, and nothing else."""
    return Shown(asked=asked, asking=prediction_value(visit, asked))


def opened(visit: Visit, asked: Question, show: Callable[[], Shown] | None = None) -> Opened:
    """The form of a question, and its answer or what is shown in its place."""
    model = gr.update(choices=visit.library.choices(visit.session), value=asked.model)
    text, _, strategy, *settings = asked.values()
    form = Form(text, model, strategy, tuple(settings))
    return Opened(form, calmly(Shown.saying, show or partial(answered, visit, asked)))


def answered(visit: Visit, asked: Question) -> Shown:
    """A question's answer; S2SError for a question that cannot be asked."""
    query = asked.query()
    translation = visit.library.translate(query, visit.session)
    translator = visit.library.get(query.model, visit.session)
    picture = picture_value(picture_of(translation, asked.to_link()))
    notices = text_value(" ".join(map(str, translation.notices)))
    return Shown(
        question=asked,
        asked=None,
        asking="",
        picture=picture,
        notices=notices,
        about=about(translator),
    )


def about(translator: Translator) -> str:
    """The footer: which model, how large, where it runs."""
    weights = list(translator.model.parameters())
    return say(
        "translate.about",
        name=translator.name,
        millions=sum(weight.numel() for weight in weights) / 1e6,
        device=translator.device.type.upper(),
        number=str(weights[0].dtype).removeprefix("torch."),
    )
