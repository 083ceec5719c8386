"""What the model would have to look at to write another word: its own look and the one that was found."""

from typing import TypedDict

import gradio as gr

from s2s_demo.explain import Wish
from s2s_demo.text import surface
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.words import say


class WishRow(TypedDict):
    """A source word: how much the model looks at it, and how much it would have to."""

    word: str
    own: float
    found: float


class WishPayload(TypedDict):
    """The two looks at a step; `said` tells whether the word would be written, `far` how far the looks lie apart.

    Before somebody wishes there are no rows; `looks` says whether the model has a look to turn.
    """

    step: int
    text: str
    said: str
    far: str
    rows: list[WishRow]
    looks: bool


def wish_view(elem_id: str) -> gr.HTML:
    """The wish; `select` tells what is wished for: `{act: "wish", step, text}`."""
    return element("wish", elem_id, '<div class="s2s-wish" aria-live="polite"></div>')


def no_wish(reading: Reading, step: int) -> str:
    """The value of a wish_view that waits for one."""
    return safe_json(WishPayload(step=step, text="", said="", far="", rows=[], looks=reading.case.model.looks))


def wish_value(reading: Reading, step: int, text: str) -> str:
    """The value of a wish_view; S2SError for what the model cannot write."""
    return safe_json(wish_payload(reading, step, text))


def wish_payload(reading: Reading, step: int, text: str) -> WishPayload:
    """A wish at a step, in source words."""
    found = reading.wish(step, text)
    return WishPayload(
        step=found.step,
        text=text,
        said=_said(found),
        far=say("inside.wish.far", percent=100 * found.moved, nats=found.divergence, steps=found.gradient_steps),
        rows=[
            WishRow(
                word=word.text,
                own=float(found.own[list(word.positions)].sum()),
                found=float(found.found[list(word.positions)].sum()),
            )
            for word in reading.case.source_words
        ],
        looks=True,
    )


def _said(found: Wish) -> str:
    facts = {"text": found.text or surface(found.pieces), "own": found.own_log_prob, "found": found.found_log_prob}
    return say("inside.wish.reached", **facts) if found.reached else say("inside.wish.missed", **facts)
