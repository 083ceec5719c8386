"""How the page asks for a strategy and its settings, and what it calls them: all from the strategies themselves."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import gradio as gr

from s2s_demo.decoding import STRATEGIES
from s2s_demo.serving.query import Question, offered
from s2s_demo.settings import Setting
from s2s_demo.ui.parts.layout import help_line
from s2s_demo.words import called, say

IN_SIGHT = 3  # strategies in a strip, besides the one that is chosen
LONGEST_SLIDER = 1000  # steps; where there are more, a number is typed
Control = gr.Slider | gr.Number | gr.Dropdown | gr.Checkbox


def strategy_name(name: str) -> str:
    """What a strategy is called in a picker."""
    return called(f"strategies.{name}.label", name.replace("_", " ").capitalize())


def strategy_choices(names: Iterable[str]) -> list[tuple[str, str]]:
    """Strategies for a picker: (label, name)."""
    return [(strategy_name(name), name) for name in names]


def strategy_radio(names: Sequence[str], elem_id: str, in_sight: int = IN_SIGHT) -> gr.Radio:
    """One strategy of several; those after the first few hang below a button, and the chosen one is always in sight."""
    with gr.Column(elem_classes=["strategies", f"in-sight-{in_sight}"]):
        radio = gr.Radio(
            strategy_choices(names),
            value=Question.strategy,
            label=say("parts.strategies.title"),
            elem_classes="segmented",
            elem_id=elem_id,
        )
        more = f'<button type="button" aria-expanded="false">{say("parts.strategies.more")}</button>'
        gr.HTML(more, apply_default_css=False, elem_classes="opener")
    return radio


def strategy_settings(names: Sequence[str], *, inside: str, prefix: str = "") -> dict[str, Control]:
    """The settings of strategies by public name, each shown while a strategy that has it is chosen.

    `inside` is the elem_id of what holds these rows and the strategies' radio.
    """
    controls: dict[str, Control] = {}
    _only_of_the_chosen(names, inside)
    settings = [each for each in offered() if set(each.members) & set(names)]
    for members, group in groupby(settings, lambda each: each.members):
        with gr.Row(elem_classes=["knobs", *(f"knobs-{name}" for name in members)]):
            controls |= {each.name: setting_control(each, prefix) for each in group}
    for name in names:
        if not any(name in each.members for each in settings):
            with gr.Row(elem_classes=["knobs", f"knobs-{name}"]):
                help_line(called(f"strategies.{name}.help", (STRATEGIES[name].__doc__ or "").partition("\n")[0]))
    return controls


def _only_of_the_chosen(names: Iterable[str], inside: str) -> None:
    chosen = ", ".join(f'#{inside}:has(input[value="{name}"]:checked) .knobs-{name}' for name in names)
    gr.HTML(f"<style>{chosen} {{ display: flex; }}</style>", apply_default_css=False, elem_classes="unseen")


def setting_name(each: Setting) -> str:
    """What a setting is called beside its control."""
    return called(f"settings.{each.name}.label", each.label)


def setting_control(each: Setting, prefix: str = "", elem_id: str | None = None, **changes: Any) -> Control:
    """A control for a setting, with its label, its range and a line of help."""
    about: dict[str, Any] = {
        "label": setting_name(each),
        "info": called(f"settings.{each.name}.help", each.help),
        "elem_id": elem_id or f"{prefix}{each.name.replace('_', '-')}",
        **changes,
    }
    low, high = each.span
    if each.kind is bool:
        return gr.Checkbox(each.default, **about)
    if not each.is_number:
        return gr.Dropdown(list(each.allowed), value=each.default, filterable=False, **about)
    step = each.step or (1 if each.kind is int else (high - low) / 100)
    if (high - low) / step > LONGEST_SLIDER:
        return gr.Number(each.default, precision=0 if each.kind is int else None, minimum=low, **about)
    return gr.Slider(low, high, each.default, step=step, buttons=[], **about)
