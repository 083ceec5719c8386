"""How the page asks for a strategy, and what it calls one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from s2s_demo.serving.query import LARGEST_BEAM, Controls
from s2s_demo.ui.parts.layout import help_line
from s2s_demo.words import say


def strategy_called(settings: Mapping[str, Any]) -> str:
    """A strategy's settings in a few words: "beam 5"."""
    return say(f"parts.strategies.called-{settings['name']}", **settings)


def strategy_choices(names: Sequence[str]) -> list[tuple[str, str]]:
    """Strategies for a picker: (label, name)."""
    return [(say(f"parts.strategies.{name}"), name) for name in names]


def strategy_radio(names: Sequence[str], elem_id: str) -> gr.Radio:
    """One strategy of several."""
    return gr.Radio(
        strategy_choices(names),
        value=Controls.strategy,
        label=say("parts.strategies.title"),
        elem_classes="segmented",
        elem_id=elem_id,
    )


@dataclass(frozen=True)
class Settings:
    """The settings of the strategies; a style sheet shows those of the strategy chosen."""

    beam_size: gr.Slider
    length_penalty: gr.Slider
    temperature: gr.Slider
    top_k: gr.Slider
    top_p: gr.Slider
    seed: gr.Number


def strategy_settings() -> Settings:
    """All settings of all strategies, in the rows `knobs-STRATEGY`."""
    greedy_help()
    with gr.Row(elem_classes="knobs knobs-beam"):
        beam_size, length_penalty = beam_size_slider("beam-size"), length_penalty_slider("length-penalty")
    with gr.Row(elem_classes="knobs knobs-sampling"):
        return Settings(
            beam_size=beam_size,
            length_penalty=length_penalty,
            temperature=_slider("temperature", 0.1, 2, Controls.temperature, 0.1),
            top_k=_slider("top-k", 0, 100, Controls.top_k, 1),
            top_p=_slider("top-p", 0.05, 1, Controls.top_p, 0.05),
            seed=gr.Number(
                Controls.seed,
                label=say("parts.strategies.seed"),
                info=say("parts.strategies.seed-help"),
                precision=0,
                minimum=0,
                elem_id="seed",
            ),
        )


def greedy_help() -> None:
    """What stands in place of settings."""
    with gr.Row(elem_classes="knobs knobs-greedy"):
        help_line(say("parts.strategies.greedy-help"))


def beam_size_slider(elem_id: str | None = None) -> gr.Slider:
    """How many beginnings go on side by side."""
    return _slider("beam-size", 1, LARGEST_BEAM, Controls.beam_size, 1, elem_id)


def length_penalty_slider(elem_id: str | None = None) -> gr.Slider:
    """The α of the score."""
    return _slider("length-penalty", 0, 2, Controls.length_penalty, 0.05, elem_id)


def _slider(key: str, low: float, high: float, value: float, step: float, elem_id: str | None = None) -> gr.Slider:
    label, info = say(f"parts.strategies.{key}"), say(f"parts.strategies.{key}-help")
    return gr.Slider(low, high, value, step=step, label=label, info=info, elem_id=elem_id, buttons=[])
