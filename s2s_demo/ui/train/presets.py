"""Which preset goes with which task, and what it sets there."""

from dataclasses import replace
from typing import Any

from s2s_demo.live import PRESETS, RunSettings, preset_for, preset_key, preset_name
from s2s_demo.live.presets import is_quick
from s2s_demo.serving.run_link import SUITS
from s2s_demo.tasks import Task
from s2s_demo.words import say

FIRST_TASK = "dates"
ARCHITECTURE = (
    *("cell", "layers", "direction", "encoder", "encoder_settings", "attention", "attention_settings"),
    *("decoder", "decoder_settings", "input_feeding", "pointer"),
)


def preset_choices() -> list[tuple[str, str]]:
    """The presets on offer, as a picker has them: label and key."""
    return [*((preset_name(key), key) for key in PRESETS), (say("train.preset-suits"), SUITS)]


def preset_settings(preset: str | None, name: str, task: Task) -> RunSettings:
    """The settings of a preset for a task: the preset's own, or, where learning takes minutes, its architecture."""
    suits = preset_for(name, task)
    if preset in (None, SUITS):
        return suits
    key = preset_key(str(preset))
    chosen = PRESETS[key]
    if chosen.task == name or (is_quick(task) and task_of_preset(key) is None):
        return replace(chosen, task=name)
    changes: dict[str, Any] = {field: getattr(chosen, field) for field in ARCHITECTURE}
    return replace(suits, **changes)


def own_preset(name: str) -> str:
    """The preset made for a task, or that which says that the task decides."""
    return next((key for key, settings in PRESETS.items() if settings.task == name), SUITS)


def task_of_preset(preset: str | None) -> str | None:
    """The task a preset was made for; None for an architecture, which goes with any task."""
    return PRESETS[preset].task if preset in PRESETS and own_preset(PRESETS[preset].task) == preset else None
