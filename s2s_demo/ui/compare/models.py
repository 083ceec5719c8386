"""Which models tab Compare offers together, and which it compares at first.  Knows no Gradio."""

from collections.abc import Sequence

from s2s_demo.decoding import STRATEGIES
from s2s_demo.serving.catalogue import Entry
from s2s_demo.ui.compare.form import MOST_LANES

FEW = 4  # lanes that have room for their trees
ABOVE_FOLD = 3  # of them that are seen without scrolling
FIRST = 3  # strategies that are compared unless others are chosen


def kinds_of(models: Sequence[Entry]) -> list[tuple[str, str]]:
    """What there is to read, in the order of the models, for a picker: (label, key)."""
    kinds: dict[str, str] = {}
    for entry in models:
        kinds.setdefault(entry.kind, entry.reads)
    return [(label, key) for key, label in kinds.items()]


def models_of(models: Sequence[Entry], kind: str) -> list[Entry]:
    """The models that read the same."""
    return [entry for entry in models if entry.kind == kind]


def model_choices(alike: Sequence[Entry]) -> list[tuple[str, str]]:
    """Models that read the same, for a picker: (what tells them apart, name)."""
    return [(entry.variant, entry.name) for entry in alike]


def first_models(alike: Sequence[Entry]) -> list[str]:
    """What a visitor sees compared at first: the first model and its twins, of translators as many as have room."""
    twins = [entry for entry in alike if entry.rank[:2] == alike[0].rank[:2]]
    room = MOST_LANES if any(entry.is_made for entry in twins) else ABOVE_FOLD
    return [entry.name for entry in twins[:room]]


def first_strategies(models: Sequence[str]) -> list[str]:
    """One model is decoded by the first strategies, several by one; of many, whose maps matter, greedily."""
    return list(STRATEGIES)[:FIRST] if len(models) < 2 else ["beam"] if len(models) <= FEW else ["greedy"]
