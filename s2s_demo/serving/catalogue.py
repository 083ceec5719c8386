"""What the page says of each model: a readable name, what it reads, and sentences to try.  Knows no Gradio."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from s2s_demo.serving import names
from s2s_demo.tasks import TASKS, MadeTask, made_task
from s2s_demo.translator import Translator
from s2s_demo.words import say

EXAMPLES = {
    "en": (
        "Two dogs are playing with a red ball in the snow.",
        "A man in a blue shirt is standing on a ladder.",
        "I have a pen. Where is the station?",
    ),
    "fr": (
        "Deux chiens jouent avec un ballon rouge dans la neige.",
        "Un homme en chemise bleue est debout sur une échelle.",
        "J'ai un stylo. Où est la gare ?",
    ),
    "de": (
        "Zwei Hunde spielen im Schnee mit einem roten Ball.",
        "Ein Mann in einem blauen Hemd steht auf einer Leiter.",
        "Ich habe einen Stift. Wo ist der Bahnhof?",
    ),
    "en-zh": (
        "She likes to read books.",
        "Two dogs are playing with a red ball in the snow.",
        "A man in a blue shirt is standing on a ladder.",
    ),
    "zh": ("我有一支笔。", "两只狗在雪地里玩一个红色的球。", "一个穿着蓝色衬衫的男人站在梯子上。"),
}
OF_OUR_OWN, OF_THE_TEST = 2, 2  # examples of a made task: chosen by hand, and from its held-out inputs
LONGEST_EXAMPLE = 60  # characters


@dataclass(frozen=True)
class Entry:
    """A model in the pickers; those of one `kind` can be compared, and `variant` tells them apart.

    `kind` is the key of what it reads: a language's code, a made task's name; `reads` says it.  `signal` is what
    that is where it is no text, one of SIGNALS.  Twins share the first two numbers of the `rank`.
    """

    name: str
    label: str
    reads: str
    variant: str
    rank: tuple[int, int, int, str]
    kind: str = ""
    signal: str = ""

    @property
    def is_made(self) -> bool:
        """Whether its task is made by a rule."""
        return self.rank[0] == 1

    @property
    def order(self) -> tuple[float, int, int, str]:
        """Where it stands in a picker: twins of made tasks come after all that can do something else."""
        group, place, twin, name = self.rank
        return (1.5 if self.is_made and twin else group, place, twin, name)


def entry_of(about: Mapping[str, Any]) -> Entry:
    """The entry of a checkpoint, from what `checkpoint.describe` says of it."""
    name, task, codes = about["name"], about["task"], (about["source_language"], about["target_language"])
    base, made = "-".join(codes), made_task({"task": task})
    if made:
        base, label, kind = task, names.short_name(task), task
        reads = label
    elif all(codes):
        label, kind = names.pair_name(*codes), codes[0]
        reads = say("models.reads", language=names.language_name(kind))
    else:
        return Entry(name, name, name, name, (2, 0, 0, name), name)
    twin = name != base
    if twin:  # whose picker has room for what tells it apart when the languages are codes
        label = say("models.twin", label=label if made else " → ".join(codes), kind=names.kind_of(about))
    place = list(TASKS).index(base) if base in TASKS else len(TASKS)
    other = (about["attention"] == "none") + 2 * bool(twin and names.built_as(about))
    rank = (int(made is not None), place, int(twin) + other, name)
    variant = names.kind_of(about) if made else label
    return Entry(name, label, reads, variant, rank, kind, made.signal if made else "")


def own_entry(name: str, translator: Translator) -> Entry:
    """The entry of a model that a visitor trained or uploaded: it keeps its name, and comes last."""
    about = {
        "name": name,
        "task": translator.card.get("task", ""),
        "source_language": translator.source_language,
        "target_language": translator.target_language,
        "attention": translator.model.config.attention,
    }
    like = entry_of(about)
    return Entry(name, name, like.reads, name, (3, 0, 0, name), like.kind, like.signal)


def examples(source_language: str, card: Mapping[str, Any], target_language: str = "") -> tuple[str, ...]:
    """Sentences to try: those of a card; else ours in a language, or of a made task some by hand, some of its test."""
    task, own = made_task(card), card.get("examples")
    if isinstance(own, list):
        return tuple(map(str, own))
    if task is not None:
        return _made_examples(task)
    return EXAMPLES.get(f"{source_language}-{target_language}", EXAMPLES.get(source_language, ()))


@lru_cache(maxsize=64)
def _made_examples(task: MadeTask) -> tuple[str, ...]:
    if task.signal:
        return tuple(task.examples)
    held_out = [pair.source for pair in task.test() if len(pair.source) <= LONGEST_EXAMPLE]
    return tuple(dict.fromkeys([*task.examples[:OF_OUR_OWN], *held_out[:OF_THE_TEST]]))
