"""Why this word: three explanations of it side by side, and what is odd about the whole map."""

from typing import TypedDict

import gradio as gr

from s2s_demo.explain import Badge, Strip
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.words import say


class Explanation(TypedDict):
    """One explanation of a word: a number for each source word, those that spoke against it below 0."""

    name: str
    values: list[float]


class BadgePayload(TypedDict):
    """What is odd about a map, which effect that is, and what changes it."""

    said: str
    effect: str
    action: str


class ReasonsPayload(TypedDict):
    """The explanations of the word at a step, how far they agree, and the badges of the map.

    A part that is looked at asks for them (`asks`) where they are not there yet.
    """

    step: int
    asks: bool
    word: str
    source: list[str]
    explanations: list[Explanation]
    agreements: list[str]
    said: str
    badges: list[BadgePayload]
    looks: bool


def reasons_view(elem_id: str) -> gr.HTML:
    """The reasons; `select` tells that they are looked at before they are there: `{step}`."""
    return element("reasons", elem_id, '<div class="s2s-reasons"></div>')


def no_reasons(step: int) -> str:
    """The value of a reasons_view that asks for them once somebody looks."""
    nothing = ReasonsPayload(
        step=step, asks=True, word="", source=[], explanations=[], agreements=[], said="", badges=[], looks=False
    )
    return safe_json(nothing)


def reasons_value(reading: Reading, step: int) -> str:
    """The value of a reasons_view."""
    return safe_json(reasons_payload(reading, step))


def reasons_payload(reading: Reading, step: int) -> ReasonsPayload:
    """What is drawn; all of it is the model's own, whatever look was changed."""
    strip = reading.strip(step)
    return ReasonsPayload(
        step=step,
        asks=False,
        word=strip.word,
        source=list(strip.source),
        explanations=_explanations(strip),
        agreements=[_agreement(*each.between, each.tau) for each in strip.agreements],
        said=str(strip.said),
        badges=[_badge(badge) for badge in reading.badges],
        looks=reading.case.model.looks,
    )


def _explanations(strip: Strip) -> list[Explanation]:
    kinds = {"attention": strip.attention, "gradient": strip.gradient, "occlusion": strip.occlusion}
    return [
        Explanation(name=say(f"inside.reasons.{name}"), values=[float(value) for value in values])
        for name, values in kinds.items()
        if values is not None
    ]


def _agreement(one: str, other: str, tau: float) -> str:
    names = (say(f"inside.reasons.{name}") for name in (one, other))
    return say("inside.agreement", one=next(names), other=next(names), tau=tau)


def _badge(badge: Badge) -> BadgePayload:
    return BadgePayload(said=str(badge.said), effect=str(badge.effect), action=str(badge.action))
