"""A small library for the tests of tab Inside, and how they ask."""

import json

import pytest
from explain_cases import random_translator
from pages import ask, event

from s2s_demo import checkpoint
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.ui.inside.handlers import on_act, on_ask, on_reasons
from s2s_demo.ui.inside.shown import Shown

MODELS = {
    "looks": {"decoder": "gnmt", "attention": "additive", "decoder_layers": 2},
    "none": {"decoder": "fixed", "attention": "none"},
}


def small_library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """Two tiny models, one of which has no attention, in the place of those that are shipped."""
    monkeypatch.setattr(checkpoint, "available", lambda: list(MODELS))
    monkeypatch.setattr(checkpoint, "load", lambda name: random_translator(1, **MODELS[name]))
    return Library()


def asked(library: Library, text: str = "two dogs run", model: str = "looks") -> Shown:
    shown: Shown = ask(on_ask, library, *Question(text, model, "beam", {"beam_size": 3}).values())
    assert shown.message == ""
    return shown


def act(library: Library, shown: Shown, what: str, step: int = 2, **more: object) -> Shown:
    found: Shown = ask(on_act, library, event(act=what, step=step, **more), shown.reading)
    return found


def reasons(library: Library, shown: Shown, step: object = 1) -> Shown:
    found: Shown = ask(on_reasons, library, event(step=step), shown.reading)
    return found


def payload(value: str) -> dict:
    return json.loads(value)
