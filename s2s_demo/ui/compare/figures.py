"""The classic figures on tab Compare, from what the checkpoints' cards say; nothing is measured here."""

from collections.abc import Sequence

import gradio as gr

from s2s_demo.serving import measured
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
    found = measured.cards(entries)
    names = test_sets(list(found.values()), models)
    chosen = test_set if test_set in names else next(iter(names), "")
    described = {name: card for name, card in found.items() if any(measured.rows_of(card, k, chosen) for k in KINDS)}
    kinds = measured.kinds(described)
    lengths = {kinds[name]: rows for name, card in described.items() if (rows := measured.lengths_of(card, chosen))}
    beams = {kinds[name]: beam for name, card in described.items() if (beam := measured.beams_of(card, chosen))}
    missing = instead_of_figure(say("compare.not-measured", model=DEFAULT_MODEL))
    choices = [(task_name(name), name) for name in names]
    return Figures(
        test_set=gr.update(choices=choices, value=chosen or None, visible=len(names) > 1),
        by_length=length_value(lengths) if lengths else missing,
        by_length_table=length_table(lengths) if lengths else "",
        by_beam=beam_value(beams) if beams else missing,
        by_beam_table=beam_table(beams) if beams else "",
    )


def test_sets(described: Sequence[measured.Card], models: Sequence[str]) -> list[str]:
    """Names of the test sets with a figure: first those of most of the `models`, then those of most of all."""
    found: dict[str, list[int]] = {}
    for model in described:
        for name in {entry["test_set"]: None for kind in KINDS for entry in model[kind]}:
            counts = found.setdefault(name, [0, 0])
            counts[0] += model["name"] in models
            counts[1] += 1
    return sorted(found, key=lambda name: found[name], reverse=True)
