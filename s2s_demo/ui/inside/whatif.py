"""What came of a visitor's changes: the old and the new translation one above the other, each word at its price."""

from dataclasses import asdict
from typing import TypedDict

import gradio as gr

from s2s_demo.explain import Drop, Edit, PricedWord, Weigh, Write
from s2s_demo.languages import language_of
from s2s_demo.text import surface
from s2s_demo.translation import strategy_called
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.words import say


class WordPrice(TypedDict):
    """A word and its log p by the model itself.

    `place` (from 1) is that of the old word in whose place it stands, and `delta` the difference of their prices; None
    where there is none.
    """

    text: str
    price: float
    delta: float | None
    place: int | None
    same: bool


class WhatIfPayload(TypedDict):
    """Both translations with Σ log p; `edits` say what was changed, in order, and are empty where nothing was."""

    edits: list[str]
    old: list[WordPrice]
    new: list[WordPrice]
    old_total: float
    new_total: float
    edited_total: float
    delta: float
    language: str
    about: str
    looks: bool


def what_if_view(elem_id: str) -> gr.HTML:
    """The changes; `select` tells which of them are taken back."""
    return element("whatif", elem_id, '<div class="s2s-whatif" aria-live="polite"></div>')


def what_if_value(reading: Reading) -> str:
    """The value of a what_if_view."""
    return safe_json(what_if_payload(reading))


def what_if_payload(reading: Reading) -> WhatIfPayload:
    """What the changes come to."""
    found = reading.what_if
    old = [word.text for word in found.old.words]
    strategy = {"name": reading.case.strategy.name, **asdict(reading.case.strategy)}
    return WhatIfPayload(
        edits=[edit_said(reading, edit) for edit in reading.edits],
        old=[_price(word, old) for word in found.old.words],
        new=[_price(word, old) for word in found.new.words],
        old_total=found.old.total_log_prob,
        new_total=found.new.total_log_prob,
        edited_total=found.new.edited_total_log_prob,
        delta=found.delta,
        language=language_of(reading.case.translator.target_language).code,
        about=say("inside.goes-on", strategy=strategy_called(strategy)),
        looks=reading.case.model.looks,
    )


def edit_said(reading: Reading, edit: Edit) -> str:
    """A change in words."""
    source = [word.text for word in reading.case.source_words]
    if isinstance(edit, Write):
        return say("inside.edits.write", step=edit.step, text=edit.text or surface([edit.piece]))
    if isinstance(edit, Weigh):
        return say("inside.edits.weigh", word=source[edit.source - 1], percent=100 * edit.weight, step=edit.step)
    if isinstance(edit, Drop):
        return say("inside.edits.drop", word=source[edit.source - 1])
    where = getattr(edit, "step", None)
    how = say(f"inside.otherwise.{edit.name}")
    return say("inside.edits.everywhere", how=how) if where is None else say("inside.edits.at", how=how, step=where)


def _price(word: PricedWord, old: list[str]) -> WordPrice:
    same = word.instead_of is not None and old[word.instead_of - 1] == word.text
    return WordPrice(text=word.text, price=word.log_prob, delta=word.delta, place=word.instead_of, same=same)
