"""Things to learn: one file and one line here each, in the order the page shows them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from s2s_demo.errors import check_choice
from s2s_demo.settings import Setting, check_settings, members_settings, with_settings
from s2s_demo.tasks.arithmetic import Addition, Roman
from s2s_demo.tasks.base import Task
from s2s_demo.tasks.comprehension import Comprehension
from s2s_demo.tasks.copying import CopyNames
from s2s_demo.tasks.corpora import Multi30k, Tatoeba
from s2s_demo.tasks.dates import Dates
from s2s_demo.tasks.dialogue import Dialogue
from s2s_demo.tasks.letters import Reverse, Sort
from s2s_demo.tasks.made import MadeTask
from s2s_demo.tasks.mixture import Translation
from s2s_demo.tasks.numerals import Numerals
from s2s_demo.tasks.own_file import ReadPairs, read_pairs
from s2s_demo.tasks.python import Python
from s2s_demo.tasks.sentiment import Sentiment
from s2s_demo.tasks.sequences import Sequences
from s2s_demo.tasks.signals import Films, Handwriting, Morse, Shapes, SpokenDigits
from s2s_demo.tasks.spelling import Spelling
from s2s_demo.tasks.summaries import Summaries

TASKS: dict[str, Callable[[], Task]] = {
    "dates": Dates,
    "reverse": Reverse,
    "sort": Sort,
    "numerals-en": partial(Numerals, "en"),
    "numerals-fr": partial(Numerals, "fr"),
    "numerals-de": partial(Numerals, "de"),
    "numerals-zh": partial(Numerals, "zh", largest=99_999),
    "roman": Roman,
    "addition": Addition,
    "spelling": Spelling,
    "python": Python,
    "copy-names": CopyNames,
    "summaries": Summaries,
    "comprehension": Comprehension,
    "dialogue": Dialogue,
    "sentiment": Sentiment,
    "sequences": Sequences,
    "shapes": Shapes,
    "morse": Morse,
    "spoken-digits": SpokenDigits,
    "handwriting": Handwriting,
    "handwriting-words": partial(Handwriting, content="words"),
    "films": Films,
    "multi30k-en-fr": partial(Multi30k, "en", "fr"),
    "multi30k-en-de": partial(Multi30k, "en", "de"),
    "multi30k-fr-en": partial(Multi30k, "fr", "en"),
    "multi30k-de-en": partial(Multi30k, "de", "en"),
    "tatoeba-en-fr": partial(Tatoeba, "en", "fr"),
    "tatoeba-en-de": partial(Tatoeba, "en", "de"),
    "tatoeba-fr-en": partial(Tatoeba, "fr", "en"),
    "tatoeba-de-en": partial(Tatoeba, "de", "en"),
    "tatoeba-zh-en": partial(Tatoeba, "zh", "en"),
    "tatoeba-en-zh": partial(Tatoeba, "en", "zh"),
    "en-fr": partial(Translation, "en", "fr"),
    "fr-en": partial(Translation, "fr", "en"),
    "en-de": partial(Translation, "en", "de"),
    "de-en": partial(Translation, "de", "en"),
    "zh-en": partial(Translation, "zh", "en"),
    "en-zh": partial(Translation, "en", "zh"),
}


def make_task(name: str, options: Mapping[str, Any] | None = None) -> Task:
    """The task of that name, with some settings of its own; a SettingError lists the names or the settings."""
    check_choice("task", name, TASKS)
    task = TASKS[name]()
    if not options:
        return task
    task = with_settings(task, options)
    check_settings(task)
    return task


def task_settings() -> tuple[Setting, ...]:
    """What can be set of the tasks, each setting once with the names of its tasks, named `task_...`.

    Those of one task, with its own defaults, are `own_settings(TASKS[name])`.
    """
    return members_settings(TASKS, "task_")


def made_task(card: Mapping[str, Any]) -> MadeTask | None:
    """The made task that a model's card names, with the options it was learnt with; None where it names none."""
    name = card.get("task", "")
    task = make_task(name, card.get("options")) if name in TASKS else None
    return task if isinstance(task, MadeTask) else None


__all__ = ["TASKS", "MadeTask", "ReadPairs", "Task", "made_task", "make_task", "read_pairs", "task_settings"]
