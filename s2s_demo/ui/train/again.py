"""Tab Train opened from elsewhere: on the settings that a shipped model was learnt with."""

from dataclasses import asdict, replace
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.checkpoint import available, find
from s2s_demo.errors import check_choice
from s2s_demo.experiment import Recipe, read_recipe
from s2s_demo.live import RunSettings
from s2s_demo.serving.run_link import SUITS
from s2s_demo.ui.parts.handler import Visit, handler
from s2s_demo.ui.train.choice import Chosen, filled_with
from s2s_demo.words import say


class Again(NamedTuple):
    """The tabs turned to Train, and all that its form takes: values, or the components that take them."""

    tabs: Any
    chosen: Chosen

    @classmethod
    def saying(cls, message: Any) -> "Again":
        """Why the form stays as it is."""
        return cls(gr.Tabs(selected="train"), Chosen.saying(message))


@handler(Again.saying)
def on_again(visit: Visit, event: gr.EventData) -> Again:
    """A shipped model is to be learnt again."""
    name = str(event._data.get("model"))
    recipe = recipe_of(name)
    settings = settings_of(recipe)
    other = differences(settings, recipe)
    message = say("train.nearly-again", name=name, others=", ".join(other)) if other else ""
    chosen = filled_with(visit, settings)._replace(message=message, task=settings.task, preset=SUITS)
    return Again(gr.Tabs(selected="train"), chosen)


def recipe_of(name: str) -> Recipe:
    """How a shipped model was learnt."""
    check_choice("model", name, available())
    return read_recipe(find(name) / "recipe.json")


def settings_of(recipe: Recipe) -> RunSettings:
    """The settings of a run that learns the same in the same way, as far as a run has them."""
    model, training = recipe.model, recipe.training
    alike = {name: getattr(model, name) for name in _OF_THE_MODEL}
    alike |= {name: getattr(training, name) for name in _OF_THE_TRAINING}
    return replace(
        RunSettings(task=recipe.task, task_settings=recipe.options),
        **alike,
        layers=model.encoder_layers,
        direction="both" if model.bidirectional else "forward",
        dropout=model.embedding_dropout,
        learning_rate=training.learning_rate.peak,
        rate_schedule=training.learning_rate.kind,
        warm_up=training.learning_rate.warm_up,
        batch_tokens=training.tokens_per_batch,
    )


def differences(settings: RunSettings, recipe: Recipe) -> list[str]:
    """In what the model of a run differs from that of a recipe: names of its settings."""
    made, wanted = asdict(settings.model(recipe.model.vocabulary_size, recipe.model.signal)), asdict(recipe.model)
    return [name.replace("_", " ") for name in wanted if made[name] != wanted[name]]


_OF_THE_MODEL = (
    *("cell", "hidden_size", "front_end", "front_end_settings", "encoder", "encoder_settings", "attention"),
    *("attention_settings", "decoder", "decoder_settings", "input_feeding", "pointer"),
)
_OF_THE_TRAINING = (
    *("optimiser", "optimiser_settings", "loss", "loss_settings", "teacher_forcing", "clip", "label_smoothing"),
    *("precision", "updates", "seed"),
)
