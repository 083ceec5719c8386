"""What a class predicted, for whoever opened its lesson: each question, and how often each choice was picked."""

from collections.abc import Mapping
from typing import TypedDict

import gradio as gr

from s2s_demo.serving.classes import Tally
from s2s_demo.serving.query import Question
from s2s_demo.ui.learn.lesson import asked_payload
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.classroom import QUESTION
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.prediction import KINDS, PredictionPayload, asked_from, searched


class CountPayload(TypedDict):
    """A choice and how many picked it."""

    text: str
    count: int


class TalliedPayload(TypedDict):
    """A question, how many answered it, and its choices."""

    asked: str
    pupils: int
    choices: list[CountPayload]
    language: str


class TallyPayload(TypedDict):
    """The questions that were answered, the latest first; `open` says whether this page opened a class at all."""

    open: bool
    questions: list[TalliedPayload]


def tally_view(elem_id: str) -> gr.HTML:
    """The counts; `select` asks for them anew, while a class is open."""
    return element("tally", elem_id, '<div class="s2s-tally" aria-live="polite"></div>')


def tally_value(visit: Visit) -> str:
    """The value of a tally_view for whoever asks: their own class, and nobody else's."""
    found = visit.library.visitors.classes.of(visit.session)
    if found is None:
        return safe_json(TallyPayload(open=False, questions=[]))
    lesson, tallies = found
    questions = [_tallied(_question(visit, lesson, name), tally) for name, tally in reversed(tallies.items())]
    return safe_json(TallyPayload(open=True, questions=questions))


def _question(visit: Visit, lesson: Mapping[str, str], name: str) -> PredictionPayload:
    if name != QUESTION:
        return asked_payload(visit, name)["question"]
    asked = asked_from(lesson, Question.from_link(lesson))
    assert asked is not None  # no class is opened for a lesson that asks nothing
    return KINDS[asked.kind].ask(*searched(visit, asked), asked)


def _tallied(question: PredictionPayload, tally: Tally) -> TalliedPayload:
    choices = [
        CountPayload(text=f"{option['before']} {option['text']}".strip(), count=tally.picked.get(number, 0))
        for number, option in enumerate(question["options"], start=1)
    ]
    language = question["language"]
    return TalliedPayload(asked=question["asked"], pupils=tally.pupils, choices=choices, language=language)
