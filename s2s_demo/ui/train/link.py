"""Links to tab Train: one fills in the form, and the address says what the form asks."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import gradio as gr

from s2s_demo.errors import S2SError
from s2s_demo.serving.query import RUN_NAMES, parameters_of
from s2s_demo.serving.run_link import PREFIX, changes_to_link, read_value, run_choices, run_settings
from s2s_demo.ui.parts.handler import Visit, handler
from s2s_demo.ui.train.choice import Chosen, choosing, filled
from s2s_demo.ui.train.form import Form
from s2s_demo.ui.train.presets import FIRST_TASK, own_preset, task_of_preset
from s2s_demo.ui.train.trainer import OWN, Trainer


@choosing
def on_open(visit: Visit, address: str) -> Chosen:
    """The tab was opened: with the task, preset and settings that a link names; without one all stays as it is."""
    parameters = parameters_of(address)
    if not any(name in RUN_NAMES or name.startswith(PREFIX) for name in parameters):
        return Chosen.saying(gr.skip())
    task, preset = asked_for(parameters)
    return filled(visit, preset, task, changes_from(parameters))._replace(task=task, preset=preset)


@handler(lambda message: gr.skip())
def on_link(visit: Visit, task: str, preset: str, *form: Any) -> str:
    """The parameters of a link to what the form asks, as JSON; none for a visitor's own pairs, which no link holds."""
    if task == OWN:
        return "{}"
    with suppress(S2SError):  # of what no form of ours sends
        return json.dumps(link_of(visit, task, preset, Form.read(*form)))
    return "{}"


def link_of(visit: Visit, task: str, preset: str, form: Form) -> dict[str, str]:
    """The parameters of a link to what the form asks: what differs from the task's own preset."""
    before = Form.of(Trainer(visit.library).preset(preset, task, visit.session))
    names = {"preset": "" if preset == own_preset(task) else preset}
    names["task"] = "" if task == (task_of_preset(names["preset"]) or FIRST_TASK) else task
    matter = {each.setting.name for each in form.asked_now()}
    now = {name: value for name, value in form.values().items() if name in form.knobs._fields or name in matter}
    return {**{name: value for name, value in names.items() if value}, **changes_to_link(now, before.values())}


def asked_for(parameters: Mapping[str, str]) -> tuple[str, str]:
    """The task and the preset that a link names; for what it leaves out, or what there is not, what goes with it."""
    right = {
        name: parameters.get(name, "") for name, allowed in run_choices().items() if parameters.get(name) in allowed
    }
    task = right.get("task") or task_of_preset(right.get("preset")) or FIRST_TASK
    return task, right.get("preset") or own_preset(task)


def changes_from(parameters: Mapping[str, str]) -> dict[str, object]:
    """What a link sets, by public names; what makes no sense is left out."""
    known, found = run_settings(), {}
    for name in parameters.keys() & known.keys():
        with suppress(S2SError):
            found[known[name].name] = read_value(known[name], parameters[name])
    return found
