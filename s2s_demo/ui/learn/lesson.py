"""One step of the tour as the page shows it: before its question was answered, and after."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypedDict

import gradio as gr

from s2s_demo.errors import InputError
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.ui.learn.found import Found
from s2s_demo.ui.learn.growing import GrowingPayload, growing
from s2s_demo.ui.learn.looks import LookPayload, look_payload
from s2s_demo.ui.learn.steps import CHOICES, STEPS, TOUR, Step
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.classroom import count
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.mathml import mathml
from s2s_demo.ui.parts.prediction import KINDS, Asked, Option, PredictionPayload, searched
from s2s_demo.words import say, spoken


class TourStop(TypedDict):
    """A step in the list of steps."""

    key: str
    title: str


class LearnPayload(TypedDict):
    """A step: what is said, what is asked or what came of it, and what its action opens.

    What would give the answer away (`looks`, `growing`, `notice`, `aim`, `expected`) is empty until somebody has
    chosen.
    """

    step: str
    tour: list[TourStop]
    title: str
    text: str
    formulas: list[str]
    question: PredictionPayload
    tab: str
    tab_title: str
    link: dict[str, str]
    starts: bool
    unforced_at: int
    looks: list[LookPayload]
    growing: GrowingPayload | None
    notice: str
    aim: str
    minutes: int
    expected: str


def learn_view(elem_id: str) -> gr.HTML:
    """A step of the tour; `select` tells what is wanted: `{step: KEY}`, with `picked: [...]` for an answer."""
    return element("learn", elem_id, '<div class="s2s-learn" aria-live="polite"></div>')


def step_value(visit: Visit, key: str) -> str:
    """The value of a learn_view at a step that asks; the first step for a key that there is not."""
    return safe_json(asked_payload(visit, key))


def asked_payload(visit: Visit, key: str) -> LearnPayload:
    """A step that asks; the first step for a key that there is not."""
    step = STEPS.get(key, TOUR[0])
    found = _found(visit, step)
    return _payload(step, found, _asked(visit, step, found))


def answered_value(visit: Visit, key: str, picked: object, grown: object = None) -> str:
    """The value of a learn_view after an answer; InputError for what was no choice.

    `grown` is a sentence of the visitor's own, where the step lets one grow.
    """
    step = STEPS.get(key, TOUR[0])
    numbers = [number for number in picked if type(number) is int] if isinstance(picked, list) else []
    if not numbers or (step.choices and not 1 <= numbers[0] <= step.choices):
        raise InputError("prediction.none-picked")
    if grown is None:
        count(visit, step.key, numbers)
    return safe_json(answered_payload(visit, step, numbers, grown))


def answered_payload(visit: Visit, step: Step, numbers: Sequence[int], grown: object = None) -> LearnPayload:
    """A step after the choice of these numbers, with all that it tells then."""
    found = _found(visit, step)
    payload = _payload(step, found, _answered(visit, step, found, numbers))
    payload["looks"] = _looks_once(visit.library, step.key, spoken())
    if step.grows:
        payload["growing"] = growing(visit, step.link["text"] if grown is None else grown)
    payload["notice"] = say(f"learn.{step.key}.notice", **found.facts)
    payload["aim"] = say(f"learn.{step.key}.aim", **found.facts)
    payload["expected"] = say(f"learn.{step.key}.expected", **found.facts)
    return payload


def _payload(step: Step, found: Found, question: PredictionPayload) -> LearnPayload:
    return LearnPayload(
        step=step.key,
        tour=[TourStop(key=each.key, title=say(f"learn.{each.key}.title")) for each in TOUR],
        title=say(f"learn.{step.key}.title"),
        text=say(f"learn.{step.key}.text", **found.facts),
        formulas=[mathml(latex) for latex in step.formulas],
        question=question,
        tab=step.tab,
        tab_title=say(f"{step.tab}.title"),
        link=dict(step.link),
        minutes=step.minutes,
        starts=step.starts,
        unforced_at=step.unforced_at,
        looks=[],
        growing=None,
        notice="",
        aim="",
        expected="",
    )


def _found(visit: Visit, step: Step) -> Found:
    """The numbers of a step, by its own models; none where a kind of question looks for itself."""
    return Found(0) if isinstance(step.asks, str) else _found_once(visit.library, step.key)


@lru_cache(maxsize=128)  # a class opens a step together, and the shipped models find the same each time
def _found_once(library: Library, key: str) -> Found:
    asks = STEPS[key].asks
    assert not isinstance(asks, str)
    return asks(Visit(library), STEPS[key].link)


@lru_cache(maxsize=128)
def _looks_once(library: Library, key: str, language: str) -> list[LookPayload]:
    """Where the models of a step looked, in the language spoken."""
    shows = STEPS[key].shows
    return [look_payload(look) for look in shows(Visit(library), STEPS[key].link)] if shows else []


def _asked(visit: Visit, step: Step, found: Found) -> PredictionPayload:
    """What is asked; of the numbers only those that the words of the question name."""
    if isinstance(step.asks, str):
        asked = _as_of_a_link(step)
        return KINDS[step.asks].ask(*searched(visit, asked), asked)
    asked_words = say(f"learn.{step.key}.ask", **found.facts)
    return _question(step, found, asked=asked_words, pick=1, waits=True)


def _answered(visit: Visit, step: Step, found: Found, picked: Sequence[int]) -> PredictionPayload:
    """What came of a choice: what was right, and why."""
    if isinstance(step.asks, str):
        case, tree = searched(visit, asked := _as_of_a_link(step))
        shown, came = KINDS[step.asks].ask(case, tree, asked), KINDS[step.asks].answer(case, tree, asked, picked)
        return {**shown, "waits": False, "options": [], "said": came.said, "last": came.options}
    verdict = say("learn.right") if picked[0] == found.right else say("learn.wrong")
    said = f"{verdict} {say(f'learn.{step.key}.answer', **found.facts)}"
    asked_words = say(f"learn.{step.key}.ask", **found.facts)
    return _question(step, found, asked=asked_words, said=said, picked=picked[0])


def _question(
    step: Step, found: Found, *, asked: str, said: str = "", pick: int = 0, picked: int = 0, waits: bool = False
) -> PredictionPayload:
    options = [
        Option(
            before="", text=say(f"learn.{step.key}.{name}", **found.facts), about="", mark=_mark(number, found, picked)
        )
        for number, name in enumerate(CHOICES[: step.choices], start=1)
    ]
    now, last = (options, []) if waits else ([], options)
    return PredictionPayload(asked=asked, pick=pick, options=now, said=said, last=last, waits=waits, language=spoken())


def _mark(number: int, found: Found, picked: int) -> str:
    """Nothing before something was picked."""
    if not picked or number not in (picked, found.right):
        return ""
    if number == found.right:
        return "right" if number == picked else "missed"
    return "wrong"


def _as_of_a_link(step: Step) -> Asked:
    return Asked(Question.from_link(step.link), str(step.asks), 0, int(step.link["step"]))
