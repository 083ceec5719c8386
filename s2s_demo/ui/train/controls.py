"""The form's controls as components, and the small things of the tab's layout."""

from collections.abc import Iterable
from typing import Any

import gradio as gr

from s2s_demo.settings import Setting
from s2s_demo.settings.setting import figure
from s2s_demo.training.schedule import FORCING_SCHEDULES
from s2s_demo.ui.train.form import CLIPS, RATES, SCHEDULE_UPDATES, Asked, Form, asked
from s2s_demo.words import called, say

Control = gr.Dropdown | gr.Checkbox | gr.Number
OTHER_IDS = {"seed": "train-seed"}  # another tab asks for a seed, too


def start_controls(form: Form) -> tuple[Control, ...]:
    """A component for all that is chosen before the start, inside the current row; the form holds the first values."""
    values = form.named()
    return tuple(control(each, values[each.setting.name], visible=each.matters(values)) for each in asked())


def control(each: Asked, value: Any, *, visible: bool) -> Control:
    """A component for a setting, with its label, and a line of help that says its range."""
    setting = each.setting
    about: dict[str, Any] = {
        "label": called(f"settings.{setting.name}.label", setting.label),
        "info": explained(setting),
        "elem_id": OTHER_IDS.get(setting.name, setting.name.replace("_", "-")),
        "visible": visible,
    }
    if setting.kind is bool:
        return gr.Checkbox(value, **about)
    if setting.allowed:
        choices = [
            (called(f"settings.{setting.name}.choices.{name}", name.replace("_", " ")), name)
            for name in setting.allowed
        ]
        return gr.Dropdown(choices, value=value, filterable=False, **about)
    return gr.Number(value or 0, precision=0 if setting.kind is int else None, **about)


def explained(setting: Setting) -> str:
    """What a setting does, and from where to where a number may go."""
    about = called(f"settings.{setting.name}.help", setting.help)
    low, high = setting.range(shared=True)
    return say("train.range", help=about, low=figure(low), high=figure(high)) if setting.is_number else about


def choice(choices: Iterable[tuple[str, Any]], value: Any, label: str, elem_id: str, **more: Any) -> gr.Dropdown:
    """A picker of values, each with its label."""
    return gr.Dropdown(list(choices), value=value, label=label, elem_id=elem_id, filterable=False, **more)


def rate_choice(value: float, label: str, elem_id: str) -> gr.Dropdown:
    """A picker of learning rates."""
    return choice(((f"{rate:g}", rate) for rate in RATES), value, label, elem_id)


def clip_choice(value: float) -> gr.Dropdown:
    """A picker of limits of the gradient's norm."""
    *limits, off = CLIPS
    choices = [*((f"{clip:g}", clip) for clip in limits), (say("train.clip-off"), off)]
    return choice(choices, value, say("train.clip"), "clip", info=say("settings.clip.help"))


def ratio_slider(value: float, elem_id: str) -> gr.Slider:
    """How often the decoder is fed gold words."""
    return gr.Slider(0, 1, value, step=0.05, label=say("train.ratio"), elem_id=elem_id, buttons=[])


def schedule_controls(kind: str) -> tuple[gr.Dropdown, gr.Number]:
    """How teacher forcing fades, and over how many updates."""
    choices = [(schedule_name(name), name) for name in FORCING_SCHEDULES]
    schedule = choice(choices, kind, say("train.schedule"), "schedule", info=say("train.schedule-help"))
    over = gr.Number(
        SCHEDULE_UPDATES, precision=0, label=say("train.over"), info=say("train.over-help"), elem_id="over"
    )
    return schedule, over


def schedule_name(name: str) -> str:
    """What a schedule of teacher forcing is called."""
    return called(f"train.schedules.{name}", name)


def segments(choices: Iterable[tuple[str, str]], value: str, label: str, elem_id: str, **more: Any) -> gr.Radio:
    """A few choices side by side, by the keys of their labels."""
    said = [(say(label), value) for label, value in choices]
    return gr.Radio(said, value=value, label=label, elem_id=elem_id, elem_classes="segmented small", **more)


def button(label: str, elem_id: str, **more: Any) -> gr.Button:
    """A small button."""
    return gr.Button(say(label), size="sm", elem_id=elem_id, **more)


def upload(label: str, kinds: list[str], elem_id: str) -> gr.UploadButton:
    """A button that asks for a file."""
    return gr.UploadButton(say(label), file_types=kinds, size="sm", elem_classes="chip", elem_id=elem_id)


def empty(sentence: str, ghost: str) -> None:
    """What stands in a card before there is anything to show; the style sheet draws its ghost."""
    gr.HTML(f"<p class='s2s-instead'>{say(sentence)}</p>", apply_default_css=False, elem_classes=["empty", ghost])


def help_line(text: str, elem_id: str | None = None, elem_classes: str | None = None) -> None:
    """A line of help."""
    gr.HTML(f"<p class='help'>{say(text)}</p>", apply_default_css=False, elem_id=elem_id, elem_classes=elem_classes)
