"""Tab Translate: a sentence, its translation, where the model looked and what it considered.

This file wires; `ui/translate_parts.py` lays out, `ui/handlers.py` answers.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio as gr

from s2s_demo.serving.query import DEFAULT_MODEL, Controls
from s2s_demo.ui import strings
from s2s_demo.ui.page import Page
from s2s_demo.ui.parts.shown import View
from s2s_demo.ui.translate.handlers import Handlers, Shown
from s2s_demo.ui.translate.layout import CONTROLS, Parts, chip_updates, lay_out

TITLE = strings.TAB_TRANSLATE
_BUSY = "(...values) => { S2S.busy(true); return values; }"
_READY: dict[str, Any] = {"js": "() => S2S.busy(false)", "api_visibility": "private"}  # whatever the answer was


def build(page: Page) -> Parts:
    """Lay out the tab and wire its parts."""
    parts = lay_out(page.library.choices())
    _wire(parts, page)
    return parts


def _wire(parts: Parts, page: Page) -> None:
    handlers = Handlers(page.library)
    controls = [getattr(parts, name) for name in CONTROLS]
    showing = [parts.question, parts.sentence, parts.node, parts.unit, parts.show_cut]
    outputs = [getattr(parts, name) for name in Shown._fields]
    event: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "always_last",
        "concurrency_limit": 16,
        "concurrency_id": "translate",
    }

    def translate(request: gr.Request, asked: Controls, view: View) -> Shown:
        visitor = request.session_hash or ""
        late = Shown(message=gr.skip())
        turns = page.visitors.of(visitor).turns("translate")
        return turns.answer(lambda: handlers.translate(asked, view, visitor), late)

    def on_translate(request: gr.Request, unit: str, show_cut: bool, *values: Any) -> Shown:
        return translate(request, Controls.of(*values), View(unit=unit, show_cut=show_cut))

    def on_load(request: gr.Request, unit: str, show_cut: bool) -> tuple[Any, ...]:
        asked = handlers.from_link(dict(request.query_params))
        values: list[Any] = list(asked.values())
        models = page.library.choices(request.session_hash)
        values[CONTROLS.index("model")] = gr.update(choices=models, value=asked.model)
        return *values, *translate(request, asked, View(unit=unit, show_cut=show_cut))

    def on_model(
        request: gr.Request, question: Controls | None, unit: str, show_cut: bool, *values: Any
    ) -> tuple[Any, ...]:
        """Another model may read something else: then the text changes to one of its examples."""
        asked = Controls.of(*values)
        before = replace(asked, model=question.model if question else DEFAULT_MODEL)
        text = handlers.text_for(asked.model, before, request.session_hash)
        view = View(unit=unit, show_cut=show_cut)
        return text, *translate(request, replace(asked, text=text), view)

    def on_chips(request: gr.Request, model: str) -> list[Any]:
        return chip_updates(page.library.examples(model, request.session_hash))

    def on_look(request: gr.Request, question: Controls | None, *view: Any) -> Shown:
        return handlers.look(question, View(*view), request.session_hash)

    def on_select(request: gr.Request, event: gr.EventData, question: Controls | None, *view: Any) -> Shown:
        """A word, a node or a row was selected; what the browser sends is checked."""
        return handlers.select(question, View(*view), event._data, request.session_hash)

    settings = [parts.unit, parts.show_cut, *controls]
    asking = {**event, "js": _BUSY}
    knobs = [getattr(parts, name).input for name in CONTROLS if name not in ("text", "model")]
    gr.on([parts.go.click, *knobs], on_translate, settings, outputs, **asking).then(**_READY)
    parts.model.input(on_model, [parts.question, *settings], [parts.text, *outputs], **asking).then(**_READY)
    parts.model.change(on_chips, parts.model, parts.chips, **event)
    for chip in parts.chips:
        example = [parts.unit, parts.show_cut, chip, *controls[1:]]
        chip.click(None, chip, parts.text, js="(text) => text", api_visibility="private")
        chip.click(on_translate, example, outputs, **asking).then(**_READY)
    page.demo.load(on_load, [parts.unit, parts.show_cut], [*controls, *outputs], **event)

    gr.on([parts.unit.input, parts.show_cut.input], on_look, showing, outputs, **event)
    parts.sentence.input(on_look, [*showing[:2], gr.State(None), *showing[3:]], outputs, **event)
    parts.back.click(on_look, [*showing[:2], gr.State(None), *showing[3:]], outputs, **event)
    parts.path.input(on_look, [*showing[:2], parts.path, *showing[3:]], outputs, **event)
    for part in (parts.tree, parts.finished, parts.answer):
        part.select(on_select, showing, outputs, **event)
    for kind, button in parts.exports.items():
        button.click(_exporter(handlers, kind), showing, [parts.message, parts.download], **event)


def _exporter(handlers: Handlers, kind: str) -> Callable[..., tuple[str, str]]:
    def on_export(request: gr.Request, question: Controls | None, *view: Any) -> tuple[str, str]:
        return handlers.export(kind, question, View(*view), request.session_hash)

    return on_export
