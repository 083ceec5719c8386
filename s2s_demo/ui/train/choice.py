"""What a task, a preset or a file of one's own brings to the form of tab Train."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.errors import S2SError
from s2s_demo.live import RunSettings
from s2s_demo.serving.run_link import SUITS
from s2s_demo.tasks import ReadPairs
from s2s_demo.ui.parts.handler import Visit, handler, told
from s2s_demo.ui.train.details import fold_update
from s2s_demo.ui.train.form import Form
from s2s_demo.ui.train.own import OwnShown, own_shown
from s2s_demo.ui.train.presets import own_preset, task_of_preset
from s2s_demo.ui.train.trainer import OWN, Trainer, task_choices
from s2s_demo.words import say


class Chosen(NamedTuple):
    """A task with its preset, and all that they fill in: values, or the components that take them."""

    message: Any
    form: Form
    details: Any = gr.skip()
    task: Any = gr.skip()
    preset: Any = gr.skip()
    own: OwnShown = OwnShown()
    probes: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Chosen":
        """A message; all stays as it is."""
        return cls(message, Form.untouched())


choosing = handler(Chosen.saying)


@choosing
def on_task(visit: Visit, task: str) -> Chosen:
    """Another task: its own preset, and what that sets."""
    return filled(visit, own_preset(task), task)._replace(preset=own_preset(task))


@choosing
def on_preset(visit: Visit, preset: str, task: str) -> Chosen:
    """Another preset: it may bring its own task."""
    chosen = task_of_preset(preset) or task
    shown = filled(visit, preset, chosen)._replace(task=chosen)
    return shown._replace(probes=gr.skip()) if chosen == task else shown


@choosing
def on_own(visit: Visit, path: str) -> Chosen:
    """One's own pairs: they are read and shown at once, and are the task now."""
    return _own(visit, Trainer(visit.library).read(visit.session, Path(path)))


@choosing
def on_source(visit: Visit, source: Any, target: Any) -> Chosen:
    """Another source column of one's own file."""
    return _own(visit, Trainer(visit.library).choose(visit.session, source, target))


@choosing
def on_target(visit: Visit, source: Any, target: Any) -> Chosen:
    """Another target column of one's own file."""
    return _own(visit, Trainer(visit.library).choose(visit.session, source, target, source_moves=True))


def _own(visit: Visit, read: ReadPairs) -> Chosen:
    pairs, wrong = len(read.pairs), len(read.left_out)
    key = "train.own-file-left-out" if wrong else "train.own-file-read"
    shown = filled(visit, SUITS, OWN)
    task = gr.update(choices=task_choices(pairs), value=OWN)
    message = say(key, pairs=pairs, problems=wrong)
    return shown._replace(message=message, task=task, preset=SUITS, own=own_shown(read))


def filled(visit: Visit, preset: str, task: str, changes: Mapping[str, Any] | None = None) -> Chosen:
    """The sentences to watch and the form for a task and a preset; a missing corpus is told, with what to do.

    `changes` are values of the form, by public names, in place of the preset's.
    """
    trainer = Trainer(visit.library)
    try:
        return filled_with(visit, trainer.preset(preset, task, visit.session), changes)
    except S2SError as error:
        return Chosen.saying(told(error))


def filled_with(visit: Visit, settings: RunSettings, changes: Mapping[str, Any] | None = None) -> Chosen:
    """The sentences to watch and the form for settings."""
    probes = "\n".join(Trainer(visit.library).examples(settings.task, visit.session))
    form = Form.of(settings).changed(changes or {})
    return Chosen("", form.shown(), fold_update(form), probes=probes)
