"""The line of the fold that holds all but a few controls: it says their values while it is closed."""

from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.serving.names import attention_name, built_as
from s2s_demo.settings.setting import figure
from s2s_demo.ui.parts.handler import Visit, handler
from s2s_demo.ui.train.controls import schedule_name
from s2s_demo.ui.train.form import CLIPS, Form, asked
from s2s_demo.words import say


class Details(NamedTuple):
    """The fold with its line, and which settings of members are in sight in it; or the components."""

    fold: Any
    sights: tuple[Any, ...]

    @classmethod
    def of(cls, form: Form) -> "Details":
        """The answer to a form whose values stay."""
        return cls(fold_update(form), form.sights())


@handler(lambda message: Details(gr.skip(), tuple(gr.skip() for each in asked() if each.picker)))
def on_form(visit: Visit, *values: Any) -> Details:
    """Something else is chosen in the form."""
    return Details.of(Form.read(*values))


def fold_update(form: Form) -> Any:
    """The fold says the values of a form."""
    return gr.update(label=details_line(form))


def details_line(form: Form) -> str:
    """The values of a form in a line: "Details: GRU 128 · additive · …"."""
    values, knobs = form.named(), form.knobs
    return say(
        "train.details",
        encoder=built_as(values) or str(values["cell"]).upper(),
        size=values["hidden_size"],
        attention=attention_name(str(values["attention"])),
        decoder=str(values["decoder"]).replace("_", " "),
        schedule=schedule_name(str(knobs.schedule)),
        clip=say("train.clip-off") if knobs.clip == CLIPS[-1] else figure(knobs.clip),
        seed=values["seed"],
    )
