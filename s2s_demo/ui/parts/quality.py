"""The two classic figures and their tables as values of the page's parts: quality by length and by beam size."""

from collections.abc import Mapping, Sequence

from s2s_demo.evaluation import METRIC_NAMES, BeamScore, LengthScore, Score
from s2s_demo.ui.parts.plot import figure_value
from s2s_demo.ui.parts.table import table_value
from s2s_demo.views.quality import quality_by_beam, quality_by_length
from s2s_demo.words import say


def length_value(models: Mapping[str, list[LengthScore]]) -> str:
    """The score by sentence length, for a plotly_view."""
    label = _label(say("parts.quality.by-length"), models)
    return figure_value(quality_by_length(dict(models)), label=label, file_name="by-length", revision=label)


def beam_value(models: Mapping[str, list[BeamScore]]) -> str:
    """The score by beam size, for a plotly_view."""
    label = _label(say("parts.quality.by-beam"), models)
    return figure_value(quality_by_beam(dict(models)), label=label, file_name="by-beam", revision=label)


def length_table(models: Mapping[str, list[LengthScore]]) -> str:
    """The figure's twin."""
    flat = [(model, row) for model, of_one in models.items() for row in of_one]
    rows = [[model, row.words, str(row.sentences), *score_cells(row.score)] for model, row in flat]
    unit, metric = (flat[0][1].unit, METRIC_NAMES[flat[0][1].metric]) if flat else ("words", "")
    source = say("parts.quality.source", unit=unit)
    columns = [_column("model"), source, _column("sentences"), metric, say("parts.interval")]
    return table_value(columns, rows, caption=say("parts.quality.by-length"))


def beam_table(models: Mapping[str, list[BeamScore]]) -> str:
    """The figure's twin."""
    flat = [(model, row) for model, of_one in models.items() for row in of_one]
    rows = [
        [model, str(row.size), *score_cells(row.score), score_cells(row.chrf)[0], f"{row.seconds:.1f}"]
        for model, row in flat
    ]
    metric = METRIC_NAMES[flat[0][1].metric] if flat else ""
    columns = [_column("model"), _column("beam"), metric, say("parts.interval"), "chrF", _column("seconds")]
    return table_value(columns, rows, caption=say("parts.quality.by-beam"))


def score_cells(score: Score) -> tuple[str, str]:
    """A score and its interval as printed; no interval where none was measured."""
    measured = score.low is not None and score.high is not None
    return f"{score.score:.1f}", say("parts.from-to", low=score.low, high=score.high) if measured else ""


def _label(title: str, models: Sequence[str] | Mapping[str, object]) -> str:
    return say("parts.quality.said", title=title, models=", ".join(models))


def _column(name: str) -> str:
    return say(f"parts.quality.columns.{name}")
