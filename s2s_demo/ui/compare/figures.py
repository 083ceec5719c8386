"""The classic figures on tab Compare, from what the checkpoints' cards say; nothing is measured here."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo import checkpoint
from s2s_demo.evaluation import METRIC_NAMES, BeamScore, LengthScore, Score
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.names import task_name
from s2s_demo.serving.query import DEFAULT_MODEL
from s2s_demo.ui.compare import strings
from s2s_demo.ui.compare.handlers import calmly
from s2s_demo.ui.parts.elements import figure_value, instead_of_figure, table_value
from s2s_demo.views.quality import quality_by_beam, quality_by_length

KINDS = ("by_length", "by_beam")


class FiguresShown(NamedTuple):
    """The values of the figures' parts."""

    message: Any = ""
    test_set: Any = gr.skip()
    by_length: Any = gr.skip()
    by_length_table: Any = gr.skip()
    by_beam: Any = gr.skip()
    by_beam_table: Any = gr.skip()


def show(entries: Sequence[Entry], models: Sequence[str] = (), test_set: str | None = None) -> FiguresShown:
    """Both figures for a test set; without a name, for the one that most of the `models` were measured on.

    `entries` say in which order the models come and what they are called.
    """
    return calmly(lambda: _show(entries, models, test_set), FiguresShown)


def _show(entries: Sequence[Entry], models: Sequence[str], test_set: str | None) -> FiguresShown:
    found = {about["name"]: about for about in checkpoint.describe_all()}
    described = {_called(entry, entries): found[entry.name] for entry in entries if entry.name in found}
    names = test_sets(list(described.values()), models)
    chosen = test_set if test_set in names else next(iter(names), "")
    lengths = {m: [LengthScore.from_json(row) for row in rows] for m, rows in _of(described, "by_length", chosen)}
    beams = {m: [BeamScore.from_json(row) for row in rows] for m, rows in _of(described, "by_beam", chosen)}
    missing = instead_of_figure(strings.NOT_MEASURED.format(model=DEFAULT_MODEL))
    return FiguresShown(
        test_set=gr.update(
            choices=[(task_name(name), name) for name in names],
            value=chosen or None,
            visible=len(names) > 1,
        ),
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


def length_value(models: dict[str, list[LengthScore]]) -> str:
    """The score by sentence length, for a plotly_view."""
    label = f"{strings.BY_LENGTH}: {', '.join(models)}. {strings.AS_TABLE}."
    return figure_value(quality_by_length(models), label=label, file_name="by-length", revision=label)


def beam_value(models: dict[str, list[BeamScore]]) -> str:
    """The score and chrF by beam size, for a plotly_view."""
    label = f"{strings.BY_BEAM}: {', '.join(models)}. {strings.AS_TABLE}."
    return figure_value(quality_by_beam(models), label=label, file_name="by-beam", revision=label)


def length_table(models: dict[str, list[LengthScore]]) -> str:
    """The figure's twin."""
    flat = [(model, row) for model, of_one in models.items() for row in of_one]
    rows = [[model, row.words, str(row.sentences), *_score(row.score)] for model, row in flat]
    unit, metric = (flat[0][1].unit, METRIC_NAMES[flat[0][1].metric]) if flat else ("words", "")
    return table_value(
        ["model", f"source {unit}", "sentences", metric, strings.INTERVAL], rows, caption=strings.BY_LENGTH
    )


def beam_table(models: dict[str, list[BeamScore]]) -> str:
    """The figure's twin."""
    flat = [(model, row) for model, of_one in models.items() for row in of_one]
    rows = [
        [model, str(row.size), *_score(row.score), _score(row.chrf)[0], f"{row.seconds:.1f}"] for model, row in flat
    ]
    metric = METRIC_NAMES[flat[0][1].metric] if flat else ""
    columns = ["model", "beam", metric, strings.INTERVAL, "chrF", "seconds"]
    return table_value(columns, rows, caption=strings.BY_BEAM)


def _score(score: Score) -> tuple[str, str]:
    measured = score.low is not None and score.high is not None
    return f"{score.score:.1f}", f"{score.low:.1f} to {score.high:.1f}" if measured else ""


def _of(described: Mapping[str, dict[str, Any]], kind: str, test_set: str) -> list[tuple[str, Any]]:
    return [
        (m, entry["rows"]) for m, of_one in described.items() for entry in of_one[kind] if entry["test_set"] == test_set
    ]
