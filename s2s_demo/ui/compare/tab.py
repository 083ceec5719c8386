"""Tab Compare: one sentence through several models or strategies, and the two classic figures.

This file wires; `ui/compare_parts.py` lays out, `ui/compare_handlers.py` and `ui/compare_figures.py` answer.
"""

from typing import Any

import gradio as gr

from s2s_demo.ui.compare import figures as compare_figures
from s2s_demo.ui.compare import strings
from s2s_demo.ui.compare.figures import FiguresShown
from s2s_demo.ui.compare.handlers import Compared, CompareHandlers, LaneShown, Race
from s2s_demo.ui.compare.layout import CONTROLS, Parts, first_models, first_ways, kinds_of, lay_out, models_of
from s2s_demo.ui.page import Page
from s2s_demo.ui.parts.opened import current_tab
from s2s_demo.ui.translate.layout import chip_updates

TITLE = strings.TITLE
_PAGE = "document.querySelector('#page-compare')?.classList"
_BUSY = f"(...values) => {{ {_PAGE}.add('is-busy'); return values; }}"
_READY = f"() => {{ {_PAGE}.remove('is-busy'); }}"


def build(page: Page) -> Parts:
    """Lay out the tab and wire its parts."""
    parts = lay_out(page.library.entries())
    _wire(parts, page, current_tab())
    return parts


def _wire(parts: Parts, page: Page, tab: gr.Tab) -> None:
    handlers = CompareHandlers(page.library)
    controls = [getattr(parts, name) for name in CONTROLS]
    lanes = [getattr(lane, name) for lane in parts.lanes for name in LaneShown._fields]
    outputs = [parts.message, parts.question, parts.sentence, *lanes]
    figures = [parts.figures_message, *(getattr(parts, name) for name in FiguresShown._fields[1:])]
    event: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "always_last",
        "concurrency_limit": 8,
        "concurrency_id": "compare",
    }

    def compare(request: gr.Request, race: Race) -> list[Any]:
        visitor = request.session_hash or ""
        late = Compared(message=gr.skip())
        turns = page.visitors.of(visitor).turns("compare")
        return turns.answer(lambda: handlers.compare(race, visitor), late).values()

    def on_compare(request: gr.Request, *values: Any) -> list[Any]:
        return compare(request, Race(*values))

    def on_kind(request: gr.Request, kind: str, *values: Any) -> list[Any]:
        """Other models, that read something else: all of one family, and an example to read."""
        alike = models_of(page.library.entries(request.session_hash), kind)
        models = first_models(alike)
        texts = page.library.examples(models[0], request.session_hash) if models else ()
        race = Race(next(iter(texts), values[0]), models, first_ways(models), *values[3:])
        boxes = gr.update(choices=[(entry.variant, entry.name) for entry in alike], value=models)
        figures = compare_figures.show(page.library.entries(), models)
        return [race.text, boxes, race.ways, *chip_updates(texts), *compare(request, race), *figures]

    def on_open(request: gr.Request, kind: str, question: Race | None, *values: Any) -> list[Any]:
        entries = page.library.entries(request.session_hash)
        kinds = gr.update(choices=kinds_of(entries))
        models = gr.update(choices=[(entry.variant, entry.name) for entry in models_of(entries, kind)])
        if question is not None:
            return [kinds, models, *[gr.skip()] * (len(outputs) + len(figures))]
        return [kinds, models, *on_compare(request, *values), *compare_figures.show(entries, values[1])]

    def on_test_set(request: gr.Request, test_set: str) -> FiguresShown:
        return compare_figures.show(page.library.entries(), (), test_set)

    def on_sentence(request: gr.Request, question: Race | None, sentence: int) -> list[Any]:
        return handlers.look(question, sentence, request.session_hash).values()

    def on_select(request: gr.Request, event: gr.EventData, question: Race | None) -> list[Any]:
        return handlers.select(question, event._data, request.session_hash).values()

    asking = {**event, "js": _BUSY}
    ready: dict[str, Any] = {"js": _READY, "api_visibility": "private"}
    changed = [parts.models.input, parts.ways.input, parts.beam_size.release, parts.seed.release]
    gr.on([parts.go.click, parts.text.submit, *changed], on_compare, controls, outputs, **asking).then(**ready)
    chosen = [parts.text, parts.models, parts.ways, *parts.chips, *outputs, *figures]
    parts.kind.input(on_kind, [parts.kind, *controls], chosen, **asking).then(**ready)
    for chip in parts.chips:
        chip.click(None, chip, parts.text, js="(text) => text", api_visibility="private")
        chip.click(on_compare, [chip, *controls[1:]], outputs, **asking).then(**ready)
    opened = [parts.kind, parts.models, *outputs, *figures]
    tab.select(on_open, [parts.kind, parts.question, *controls], opened, **asking).then(**ready)
    parts.sentence.input(on_sentence, [parts.question, parts.sentence], outputs, **event)
    for lane in parts.lanes:
        lane.answer.select(on_select, parts.question, outputs, **event)
    parts.test_set.input(on_test_set, parts.test_set, figures, **event)
