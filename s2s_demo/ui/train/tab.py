"""Tab Train: a model learns from nothing while one watches and meddles.

This file wires; `ui/train_parts.py` lays out, `ui/train_handlers.py` answers, `ui/train_shown.py` shows.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import gradio as gr

from s2s_demo.errors import S2SError
from s2s_demo.live import Run
from s2s_demo.tasks import ReadPairs
from s2s_demo.ui import strings
from s2s_demo.ui.page import Page
from s2s_demo.ui.train.controls import FIRST_TASK, OWN, STRIP, WHILE, Strip, own_preset, task_of_preset
from s2s_demo.ui.train.handlers import Trainer, choices, said, sentence
from s2s_demo.ui.train.layout import Parts, lay_out
from s2s_demo.ui.train.own import OwnShown, own_shown
from s2s_demo.ui.train.shown import Seen

TITLE = strings.TAB_TRAIN
_AT_ONCE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
_WORK: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 4}
_TRANSLATE = """() => setTimeout(() => {
  if (document.querySelector('#page-translate')?.checkVisibility()) document.querySelector('#translate-button').click();
}, 60)"""


def build(page: Page) -> Parts:
    """Lay out the tab and wire its parts."""
    trainer = Trainer(page.library)
    first = trainer.preset(None, FIRST_TASK, "")
    parts = lay_out(Strip.of(first), trainer.examples(FIRST_TASK, ""))
    _wire_choice(parts, trainer)
    _wire_run(parts, trainer)
    _wire_knobs(parts, trainer)
    _wire_home(parts, trainer, page)
    _wire_own(parts, trainer)
    return parts


def _wire_choice(parts: Parts, trainer: Trainer) -> None:
    """Task and preset: each fills in the strip; the corpus may be missing, then the message says how to get it."""
    strip = [getattr(parts, name) for name in STRIP]

    def on_task(request: gr.Request, task: str) -> tuple[Any, ...]:
        return own_preset(task), *_filled(trainer, own_preset(task), task, request.session_hash or "")

    def on_preset(request: gr.Request, preset: str, task: str) -> tuple[Any, ...]:
        chosen = task_of_preset(preset) or task
        return chosen, *_filled(trainer, preset, chosen, request.session_hash or "", keep=chosen == task)

    outputs = [parts.train_message, parts.probes, *strip]
    parts.task.input(on_task, parts.task, [parts.preset, *outputs], **_WORK)
    parts.preset.input(on_preset, [parts.preset, parts.task], [parts.task, *outputs], **_WORK)


def _filled(trainer: Trainer, preset: str, task: str, visitor: str, keep: bool = False) -> tuple[Any, ...]:
    """A message, the sentences to watch (`keep`: as they are) and the strip for a task and a preset."""
    try:
        probes = "\n".join(trainer.examples(task, visitor))
        values = astuple(Strip.of(trainer.preset(preset, task, visitor)))
    except S2SError as error:
        return sentence(error), gr.skip(), *[gr.skip()] * len(STRIP)
    return "", gr.skip() if keep else probes, *values


def _wire_run(parts: Parts, trainer: Trainer) -> None:
    """Start, the viewer it starts, and the buttons that act on the run."""
    strip = [getattr(parts, name) for name in STRIP]
    seen = [getattr(parts, name) for name in Seen._fields]

    def on_start(request: gr.Request, task: str, preset: str, probes: str, *values: Any) -> tuple[str, str]:
        visitor = request.session_hash or ""
        message = said(lambda: trainer.start(visitor, task, preset, probes, Strip(*values)))
        return message, trainer.attempt(visitor)

    async def on_watch(request: gr.Request) -> AsyncIterator[Seen]:
        yield Seen()
        async for each in trainer.watch(request.session_hash or ""):
            yield each

    def on_rewind(request: gr.Request) -> tuple[Any, ...]:
        visitor = request.session_hash or ""
        message = said(lambda: trainer.runs.rewind(visitor))
        run = trainer.runs.get(visitor)
        begun = Strip.of(run.settings) if run else None
        return message, *(getattr(begun, name) if begun else gr.skip() for name in WHILE)

    def on_attempt(request: gr.Request) -> str:
        return trainer.attempt(request.session_hash or "")

    watching: dict[str, Any] = {
        "fn": on_watch,
        "outputs": seen,
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "multiple",
        "concurrency_limit": None,
    }
    asked = [parts.task, parts.preset, parts.probes, *strip]
    parts.start.click(on_start, asked, [parts.train_message, parts.attempt], **_AT_ONCE).then(**watching)
    knobs = [getattr(parts, name) for name in WHILE]
    rewound = parts.rewind.click(on_rewind, None, [parts.train_message, *knobs], **_AT_ONCE)
    rewound.then(on_attempt, None, parts.attempt, **_AT_ONCE)  # a knob still at its old value must not have it
    rewound.then(**watching)
    act = _acting(trainer, parts, "multiple")
    act(parts.pause.click, lambda visitor: trainer.pause_or_resume(visitor))
    act(parts.step.click, lambda visitor: trainer.runs.act(visitor, Run.step_once))
    act(parts.stop.click, lambda visitor: trainer.runs.act(visitor, lambda run: run.stop()))
    act(parts.end_twin.click, lambda visitor: trainer.runs.act(visitor, Run.end_twin))
    act(parts.fork.click, trainer.fork, [parts.twin_what, parts.twin_ratio, parts.twin_rate])
    act(parts.watch.click, trainer.probe, [parts.probes]).then(**watching)


def _wire_knobs(parts: Parts, trainer: Trainer) -> None:
    """What acts from the next update on; what a rewind has overtaken on the way does not."""
    act = _acting(trainer, parts, "always_last")
    aim = [parts.attempt, parts.lane]
    forcing = [*aim, parts.forced, parts.ratio, parts.schedule, parts.over]
    act([parts.forced.input, parts.ratio.release, parts.schedule.input], trainer.force, forcing)
    act(parts.over.submit, trainer.force, forcing)
    act(parts.learning_rate.input, trainer.rate, [*aim, parts.learning_rate])
    act(parts.clip.input, trainer.clip, [*aim, parts.clip])


def _acting(trainer: Trainer, parts: Parts, mode: str) -> Callable[..., Any]:
    """Wire events to a handler of the visitor's run that answers at once; what goes wrong becomes the message."""

    def wire(triggers: Any, handle: Callable[..., None], inputs: list[Any] | None = None) -> Any:
        def on_event(request: gr.Request, *values: Any) -> str:
            return said(lambda: handle(request.session_hash or "", *values))

        return gr.on(triggers, on_event, inputs, parts.train_message, trigger_mode=mode, **_AT_ONCE)

    return wire


def _wire_home(parts: Parts, trainer: Trainer, page: Page) -> None:
    """Take the model to Translate or home, bring one back."""
    translate = page.built["translate"]

    def on_use(request: gr.Request, lane: str) -> tuple[Any, ...]:
        return _to_translate(trainer, request, lambda visitor: trainer.use(visitor, lane))

    def on_load(request: gr.Request, path: str) -> tuple[Any, ...]:
        return _to_translate(trainer, request, lambda visitor: (trainer.load(visitor, Path(path)), None))

    def on_save(request: gr.Request, lane: str) -> tuple[Any, str]:
        found = [""]
        return said(lambda: found.append(trainer.save(request.session_hash or "", lane))), found[-1]

    moved = [parts.train_message, page.tabs, translate.model, translate.text]
    parts.use.click(on_use, parts.lane, moved, **_WORK).then(None, js=_TRANSLATE, api_visibility="private")
    parts.load_model.upload(on_load, parts.load_model, moved, **_WORK).then(
        None, js=_TRANSLATE, api_visibility="private"
    )
    parts.save.click(on_save, parts.lane, [parts.train_message, parts.model_file], **_WORK)


def _wire_own(parts: Parts, trainer: Trainer) -> None:
    """One's own pairs: a file is read and shown at once, and again when other columns are chosen."""

    def on_own(request: gr.Request, path: str) -> tuple[Any, ...]:
        return own(request, lambda visitor: trainer.read(visitor, Path(path)))

    def on_source(request: gr.Request, source: Any, target: Any) -> tuple[Any, ...]:
        return own(request, lambda visitor: trainer.choose(visitor, source, target))

    def on_target(request: gr.Request, source: Any, target: Any) -> tuple[Any, ...]:
        return own(request, lambda visitor: trainer.choose(visitor, source, target, source_moves=True))

    def own(request: gr.Request, read: Callable[[str], ReadPairs]) -> tuple[Any, ...]:
        visitor, found = request.session_hash or "", list[ReadPairs]()
        if message := said(lambda: found.append(read(visitor))):
            return message, *[gr.skip()] * (len(outputs) - 1)
        pairs, wrong = len(found[0].pairs), len(found[0].left_out)
        text = strings.OWN_FILE_LEFT_OUT if wrong else strings.OWN_FILE_READ
        _, *filled = _filled(trainer, strings.PRESET_SUITS, OWN, visitor)
        task = gr.update(choices=choices(pairs), value=OWN)
        return text.format(pairs=pairs, problems=wrong), task, strings.PRESET_SUITS, *own_shown(found[0]), *filled

    shown = [getattr(parts, name) for name in OwnShown._fields]
    strip = [getattr(parts, name) for name in STRIP]
    outputs = [parts.train_message, parts.task, parts.preset, *shown, parts.probes, *strip]
    parts.own_file.upload(on_own, parts.own_file, outputs, **_WORK)
    parts.own_source.input(on_source, [parts.own_source, parts.own_target], outputs, **_WORK)
    parts.own_target.input(on_target, [parts.own_source, parts.own_target], outputs, **_WORK)


def _to_translate(
    trainer: Trainer, request: gr.Request, bring: Callable[[str], tuple[str, str | None]]
) -> tuple[Any, ...]:
    """Add a model for this visitor, choose it in Translate and go there."""
    visitor, found = request.session_hash or "", list[tuple[str, str | None]]()
    if message := said(lambda: found.append(bring(visitor))):
        return message, gr.skip(), gr.skip(), gr.skip()
    (name, text) = found[0]
    models = trainer.library.choices(visitor)
    return "", gr.Tabs(selected="translate"), gr.update(choices=models, value=name), text or gr.skip()
