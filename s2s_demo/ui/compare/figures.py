"""The classic figures on tab Compare, from what the checkpoints' cards say; nothing is measured here."""

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from s2s_demo import checkpoint
from s2s_demo.evaluation import BeamScore, LengthScore
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.names import task_name
from s2s_demo.serving.query import DEFAULT_MODEL
from s2s_demo.ui.compare.shown import Figures
from s2s_demo.ui.parts.plot import instead_of_figure
from s2s_demo.ui.parts.quality import beam_table, beam_value, length_table, length_value
from s2s_demo.words import say

KINDS = ("by_length", "by_beam")


def show(entries: Sequence[Entry], models: Sequence[str] = (), test_set: str | None = None) -> Figures:
    """Both figures for a test set; without a name, for the one that most of the `models` were measured on.

    `entries` say in which order the models come and what they are called.
    """
    found = {about["name"]: about for about in checkpoint.describe_all()}
    described = {_called(entry, entries): found[entry.name] for entry in entries if entry.name in found}
    names = test_sets(list(described.values()), models)
    chosen = test_set if test_set in names else next(iter(names), "")
    lengths = {m: [LengthScore.from_json(row) for row in rows] for m, rows in _of(described, "by_length", chosen)}
    beams = {m: [BeamScore.from_json(row) for row in rows] for m, rows in _of(described, "by_beam", chosen)}
    missing = instead_of_figure(say("compare.not-measured", model=DEFAULT_MODEL))
    choices = [(task_name(name), name) for name in names]
    return Figures(
        test_set=gr.update(choices=choices, value=chosen or None, visible=len(names) > 1),
        by_length=length_value(lengths) if lengths else missing,
        by_length_table=length_table(lengths) if lengths else "",
        by_beam=beam_value(beams) if beams else missing,
        by_beam_table=beam_table(beams) if beams else "",
    )


def test_sets(described: Sequence[dict[str, Any]], models: Sequence[str]) -> list[str]:
    """Names of the test sets with a figure: first those of most of the `models`, then those of most of all."""
    found: dict[str, list[int]] = {}
    for model in described:
        for name in {entry["test_set"]: None for kind in KINDS for entry in model[kind]}:
            counts = found.setdefault(name, [0, 0])
            counts[0] += model["name"] in models
            counts[1] += 1
    return sorted(found, key=lambda name: found[name], reverse=True)


def _called(entry: Entry, entries: Sequence[Entry]) -> str:
    """What a model is called in a legend: its label, or its name where two labels are the same."""
    return entry.label if [other.label for other in entries].count(entry.label) == 1 else entry.name


def _of(described: Mapping[str, dict[str, Any]], kind: str, test_set: str) -> list[tuple[str, Any]]:
    return [
        (m, entry["rows"]) for m, of_one in described.items() for entry in of_one[kind] if entry["test_set"] == test_set
    ]
