"""Tab Train: a model learns from nothing while one watches and meddles.

This file wires; `layout.py` lays out, `choice.py`, `handlers.py` and `home.py` answer, `shown.py` shows.
"""

from typing import Any

import gradio as gr

from s2s_demo.serving.library import Library
from s2s_demo.ui.parts.events import AT_ONCE, PRIVATE
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.parts.layout import current_tab
from s2s_demo.ui.parts.page import ARRIVED, Page, Retraining
from s2s_demo.ui.train import again, choice, handlers, home, link
from s2s_demo.ui.train.details import on_form
from s2s_demo.ui.train.form import Form
from s2s_demo.ui.train.layout import Components, lay_out
from s2s_demo.ui.train.presets import FIRST_TASK
from s2s_demo.ui.train.shown import Seen
from s2s_demo.ui.train.trainer import Trainer

TITLE = "train.title"
_WORK: dict[str, Any] = {**PRIVATE, "concurrency_limit": 4}


def build(page: Page) -> Components:
    """Lay out the tab and wire its components."""
    trainer = Trainer(page.library)
    first = Form.of(trainer.preset(None, FIRST_TASK, ""))
    parts = lay_out(first, trainer.examples(FIRST_TASK, ""))
    chosen = _wire_choice(parts, page.library)
    _wire_run(parts, page.library)
    _wire_knobs(parts, page.library)
    _wire_home(parts, page)
    _wire_link(parts, page.library, current_tab(), chosen)
    takes = list(leaves(again.Again(page.tabs, _chosen(parts))))
    page.retraining = Retraining(flattened(again.on_again(page.library)), takes)
    return parts


def _wire_choice(parts: Components, library: Library) -> list[Any]:
    """Task, preset and one's own file: each fills in the form; a corpus may be missing, then the message says how.

    The events after which the form asks something else.
    """
    lesson, own, outputs = parts.lesson, parts.own, list(leaves(_chosen(parts)))
    columns = [own.source, own.target]
    chosen = [
        lesson.task.input(flattened(choice.on_task(library)), lesson.task, outputs, **_WORK),
        lesson.preset.input(flattened(choice.on_preset(library)), [lesson.preset, lesson.task], outputs, **_WORK),
        parts.bring.pairs.upload(flattened(choice.on_own(library)), parts.bring.pairs, outputs, **_WORK),
    ]
    own.source.input(flattened(choice.on_source(library)), columns, outputs, **_WORK)
    own.target.input(flattened(choice.on_target(library)), columns, outputs, **_WORK)
    fields: list[Any] = list(leaves(parts.form))
    folded: dict[str, Any] = {**AT_ONCE, "outputs": list(leaves(parts.details)), "trigger_mode": "always_last"}
    formed = gr.on([field.input for field in fields], flattened(on_form(library)), fields, **folded)
    return [*chosen, formed]


def _wire_link(parts: Components, library: Library, tab: gr.Tab, chosen: list[Any]) -> None:
    """A link fills in the form; whatever is chosen in it afterwards stands in the address."""
    lesson = parts.lesson
    address, linked = gr.Textbox("", visible=False), gr.Textbox("", visible=False)
    opened = tab.select(
        flattened(link.on_open(library)),
        address,
        list(leaves(_chosen(parts))),
        js="() => [S2S.train.arriving()]",
        **_WORK,
    )
    asked: list[Any] = [lesson.task, lesson.preset, *leaves(parts.form)]
    keeping: dict[str, Any] = {"inputs": asked, "outputs": linked, **AT_ONCE}
    kept: dict[str, Any] = {
        "fn": None,
        "inputs": linked,
        "js": "(link) => S2S.train.keep(link)",
        "api_visibility": "private",
    }
    opened.then(link.on_link(library), **keeping).then(**kept).then(None, js="() => S2S.train.ready()", **PRIVATE)
    for each in chosen:
        each.then(link.on_link(library), **keeping).then(**kept)


def _chosen(parts: Components) -> choice.Chosen:
    return choice.Chosen(
        message=parts.message,
        form=parts.form,
        details=parts.details.fold,
        task=parts.lesson.task,
        preset=parts.lesson.preset,
        own=parts.own,
        probes=parts.pictures.probes,
    )


def _wire_run(parts: Components, library: Library) -> None:
    """Start, the viewer it starts, and the buttons that act on the run."""
    lesson, run, twin, message = parts.lesson, parts.run, parts.twin, parts.message
    watching: dict[str, Any] = {
        **PRIVATE,
        "fn": handlers.on_watch(library),
        "outputs": _seen(parts),
        "trigger_mode": "multiple",
        "concurrency_limit": None,
    }
    asked = [lesson.task, lesson.preset, parts.pictures.probes, *leaves(parts.form)]
    started = list(handlers.Started(message=message, attempt=run.attempt))
    lesson.start.click(handlers.on_start(library), asked, started, **AT_ONCE).then(**watching)
    rewound = lesson.rewind.click(
        flattened(handlers.on_rewind(library)),
        None,
        list(leaves(handlers.Rewound(message=message, knobs=parts.form.knobs))),
        **AT_ONCE,
    )
    # A knob still at its old value must not have the new attempt.
    rewound.then(handlers.on_attempt(library), None, run.attempt, **AT_ONCE)
    rewound.then(**watching)
    act: dict[str, Any] = {**AT_ONCE, "outputs": message, "trigger_mode": "multiple"}
    lesson.pause.click(handlers.on_pause(library), **act)
    lesson.step.click(handlers.on_step(library), **act)
    lesson.stop.click(handlers.on_stop(library), **act)
    twin.end.click(handlers.on_end_twin(library), **act)
    twin.fork.click(handlers.on_fork(library), [twin.what, twin.ratio, twin.rate], **act)
    parts.pictures.watch.click(handlers.on_probes(library), parts.pictures.probes, **act).then(**watching)


def _seen(parts: Components) -> list[Any]:
    lesson, run, twin, pictures = parts.lesson, parts.run, parts.twin, parts.pictures
    return list(
        Seen(
            status=run.status,
            start=lesson.start,
            pause=lesson.pause,
            step=lesson.step,
            stop=lesson.stop,
            rewind=lesson.rewind,
            fork=twin.fork,
            end_twin=twin.end,
            use=run.use,
            save=run.save,
            lane=run.lane,
            curves=pictures.curves,
            movie=pictures.movie,
            samples=pictures.samples,
        )
    )


def _wire_knobs(parts: Components, library: Library) -> None:
    """What acts from the next update on; what a rewind has overtaken on the way does not."""
    knobs, aim = parts.form.knobs, [parts.run.attempt, parts.run.lane]
    act: dict[str, Any] = {**AT_ONCE, "outputs": parts.message, "trigger_mode": "always_last"}
    forcing = [*aim, knobs.forced, knobs.ratio, knobs.schedule, knobs.over]
    moved = [knobs.forced.input, knobs.ratio.release, knobs.schedule.input]
    gr.on(moved, handlers.on_forcing(library), forcing, **act)
    knobs.over.submit(handlers.on_forcing(library), forcing, **act)
    knobs.learning_rate.input(handlers.on_learning_rate(library), [*aim, knobs.learning_rate], **act)
    knobs.clip.input(handlers.on_clip(library), [*aim, knobs.clip], **act)


def _wire_home(parts: Components, page: Page) -> None:
    """Take the model to Translate or home, bring one back."""
    lane, brought, library = parts.run.lane, parts.bring.model, page.library
    outputs = list(leaves(home.Brought(message=parts.message, arrival=page.arrival)))
    saved = list(home.Saved(message=parts.message, file=parts.model_file))
    arrived: dict[str, Any] = {"fn": None, "js": ARRIVED, "api_visibility": "private"}
    parts.run.use.click(flattened(home.on_use(library)), lane, outputs, **_WORK).then(**arrived)
    brought.upload(flattened(home.on_load(library)), brought, outputs, **_WORK).then(**arrived)
    parts.run.save.click(home.on_save(library), lane, saved, **_WORK)
