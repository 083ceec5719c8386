"""Tab Evaluate: how good a model is on a test set, and where it fails.

This file wires; `ui/evaluate_parts.py` lays out, `ui/evaluate_handlers.py` answers.
"""

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from s2s_demo.evaluation import Report
from s2s_demo.serving.turns import Turns
from s2s_demo.ui.evaluate import strings
from s2s_demo.ui.evaluate.handlers import RUNS_AT_ONCE, EvaluateHandlers, EvaluateShown, SetsShown, Task
from s2s_demo.ui.evaluate.layout import CONTROLS, Parts, lay_out
from s2s_demo.ui.page import Page
from s2s_demo.ui.parts.opened import current_tab

TITLE = strings.TITLE
NOTHING_DONE = '{"value":0,"max":1}'  # of the progress bar


def build(page: Page) -> Parts:
    """Lay out the tab and wire its parts."""
    parts = lay_out(page.library.choices())
    handlers = EvaluateHandlers(page.library)
    _wire_runs(parts, handlers, page)
    _wire_looks(parts, handlers, page, current_tab())
    return parts


def _wire_runs(parts: Parts, handlers: EvaluateHandlers, page: Page) -> None:
    """A run is a generator that one place in the queue serves; Stop ends it between two steps."""
    stopped = EvaluateShown(status=strings.STOPPED, bar="")
    outputs = [getattr(parts, name) for name in EvaluateShown._fields]
    run: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "once",
        "concurrency_limit": RUNS_AT_ONCE,
        "concurrency_id": "evaluate",
    }
    at_once: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}

    def turns(request: gr.Request) -> Turns:
        return page.visitors.of(request.session_hash).turns("evaluate")

    def on_wait(request: gr.Request) -> tuple[str, str, str, int]:
        return "", strings.WAITING, NOTHING_DONE, turns(request).take()

    def on_evaluate(request: gr.Request, turn: int, *values: Any) -> Iterator[EvaluateShown]:
        yield from turns(request).steps(turn, handlers.evaluate(Task(*values), request.session_hash), stopped)

    def on_beams(request: gr.Request, turn: int, found: Report | None) -> Iterator[EvaluateShown]:
        yield from turns(request).steps(turn, handlers.measure_beams(found, request.session_hash), stopped)

    def on_stop(request: gr.Request) -> tuple[str, str]:
        turns(request).take()
        return strings.STOPPED, ""

    controls = [parts.turn, *(getattr(parts, name) for name in CONTROLS)]
    waiting = [parts.message, parts.status, parts.bar, parts.turn]
    parts.go.click(on_wait, None, waiting, **at_once).then(on_evaluate, controls, outputs, **run)
    parts.beams.click(on_wait, None, waiting, **at_once).then(on_beams, [parts.turn, parts.report], outputs, **run)
    parts.stop.click(on_stop, None, [parts.status, parts.bar], **at_once)


def _wire_looks(parts: Parts, handlers: EvaluateHandlers, page: Page, tab: gr.Tab) -> None:
    outputs = [getattr(parts, name) for name in EvaluateShown._fields]
    event: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "always_last",
        "concurrency_limit": 8,
        "concurrency_id": "evaluate-looks",
    }

    def on_open(request: gr.Request, model: str, source: str | None) -> tuple[Any, ...]:
        models = page.library.choices(request.session_hash)
        return gr.update(choices=models), *handlers.sets_of(model, bool(source), request.session_hash)

    def on_model(request: gr.Request, model: str, source: str | None) -> SetsShown:
        return handlers.sets_of(model, bool(source), request.session_hash)

    def on_select(request: gr.Request, event: gr.EventData, found: Report | None) -> EvaluateShown:
        return handlers.select(found, event._data, request.session_hash)

    def on_sentence(request: gr.Request, found: Report | None, number: int | None, sentence: int) -> EvaluateShown:
        return handlers.look(found, number, sentence, request.session_hash)

    asked, sets = [parts.model, parts.source], [parts.test_set, parts.about_set]
    tab.select(on_open, asked, [parts.model, *sets], **event)
    parts.model.input(on_model, asked, sets, **event)
    parts.worst.select(on_select, parts.report, outputs, **event)
    parts.sentence.input(on_sentence, [parts.report, parts.number, parts.sentence], outputs, **event)
    for kind, button in parts.exports.items():
        button.click(_exporter(handlers, kind), parts.report, [parts.message, parts.download], **event)


def _exporter(handlers: EvaluateHandlers, kind: str) -> Callable[[Report | None], tuple[str, str]]:
    def on_export(found: Report | None) -> tuple[str, str]:
        return handlers.export(kind, found)

    return on_export
