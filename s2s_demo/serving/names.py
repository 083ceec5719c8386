"""What models, tasks and languages are called, wherever they are offered."""

import re
from collections.abc import Mapping
from typing import Any

from s2s_demo.languages import language_of
from s2s_demo.words import called, recorded, say


def task_name(task: str) -> str:
    """A task's name with an example; the name that it was given where the table has none."""
    return called(f"tasks.{task}", task)


def short_name(task: str) -> str:
    """A task's name without its example."""
    name = task_name(task)
    return recorded(re.split("[:：]", name)[0], short_name, task)


def language_name(code: str) -> str:
    """A language's name in the language spoken."""
    return called(f"languages.{code}", language_of(code).name)


def pair_name(source: str, target: str) -> str:
    """A direction of translation, by the codes of its languages."""
    return say("models.pair", source=language_name(source), target=language_name(target))


def built_as(card: Mapping[str, Any]) -> str:
    """What a model is built of, where that is not recurrent: "Transformer"; else nothing."""
    encoder = str(card.get("encoder", "recurrent"))
    return "" if encoder == "recurrent" else called(f"models.{encoder}", encoder.replace("_", " "))


def kind_of(card: Mapping[str, Any]) -> str:
    """What tells a model from its twins: what it is built of, or its attention: "additive attention"."""
    return built_as(card) or attention_kind(card["attention"])


def attention_kind(attention: str) -> str:
    """An attention as one tells twins apart by it: "additive attention"."""
    name = attention_name(attention)
    return name if attention == "none" else say("models.attention", what=name)


def attention_name(attention: str) -> str:
    """The same where it is clear what is meant: "additive"."""
    name = attention.replace("_", " ")
    return say("models.no-attention") if attention == "none" else called(f"terms.{name}", name)
