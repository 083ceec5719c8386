"""A Report as the values of tab Evaluate's parts: tables, figures, files."""

import json

import pandas as pd

from s2s_demo.errors import SettingError
from s2s_demo.evaluation import Evaluation, Report, Score
from s2s_demo.evaluation.reporting import RESAMPLES
from s2s_demo.ui.compare import figures as compare_figures
from s2s_demo.ui.compare.handlers import way_of
from s2s_demo.ui.evaluate import strings
from s2s_demo.ui.parts.elements import instead_of_figure, table_value
from s2s_demo.ui.translate.export import CSV, File
from s2s_demo.views.export import to_csv

MOST_ROWS = 100  # of the worst sentences


def figures(report: Report) -> pd.DataFrame:
    """The chosen strategy, and greedy below it."""
    exact = report.evaluation.metric == "exact"
    columns, row_of = (strings.EXACT_COLUMNS, _exact_row) if exact else (strings.COLUMNS, _row)
    rows = [row_of(found) for found in (report.evaluation, report.greedy) if found]
    table: pd.DataFrame = pd.DataFrame(rows, columns=list(columns))
    return table


def _row(found: Evaluation) -> list[str]:
    scores = [f"{found.bleu.score:.1f}", _interval(found.bleu), f"{found.chrf.score:.1f}", f"{found.ter.score:.1f}"]
    return [way_of(found.strategy), *scores, f"{100 * found.exact_match:.0f} %", f"{found.sentences_per_second:.1f}"]


def _exact_row(found: Evaluation) -> list[str]:
    scores = [f"{found.score.score:.1f}", _interval(found.score), f"{found.chrf.score:.1f}"]
    return [way_of(found.strategy), *scores, f"{found.sentences_per_second:.1f}"]


def _interval(score: Score) -> str:
    return f"{score.low:.1f} to {score.high:.1f}" if score.low is not None and score.high is not None else ""


def figures_value(report: Report) -> str:
    """The table of figures, with what they are and sacrebleu's signatures as its note."""
    found, table = report.evaluation, figures(report)
    scores = (("BLEU", found.bleu), ("chrF", found.chrf), ("TER", found.ter))
    signatures = "\n".join(f"{name}: {score.signature}" for name, score in scores)
    sacrebleu = strings.SACREBLEU.format(resamples=RESAMPLES, signatures=signatures)
    note = strings.EXACT if found.metric == "exact" else sacrebleu
    return table_value(list(table.columns), table.to_numpy().tolist(), caption=strings.FIGURES, note=note)


def length_value(report: Report) -> str:
    """BLEU by source length."""
    return compare_figures.length_value({report.model: list(report.by_length)})


def length_table(report: Report) -> str:
    """Its twin."""
    return compare_figures.length_table({report.model: list(report.by_length)})


def beam_value(report: Report) -> str:
    """BLEU and chrF by beam size, as far as they were measured."""
    if not report.by_beam:
        return instead_of_figure(strings.NOT_MEASURED)
    return compare_figures.beam_value({report.model: list(report.by_beam)})


def beam_table(report: Report) -> str:
    """Its twin."""
    return compare_figures.beam_table({report.model: list(report.by_beam)}) if report.by_beam else ""


def worst_value(report: Report, selected: int) -> str:
    """The worst sentences, each of which can be selected."""
    order, rows = report.worst_first, list(report.rows())
    shown = order[:MOST_ROWS]
    cells = [[str(i + 1), f"{rows[i][3]:.1f}", rows[i][0], rows[i][1], rows[i][2][0]] for i in shown]
    note = strings.MORE_ROWS.format(shown=len(shown), all=len(order)) if len(shown) < len(order) else ""
    columns = list(strings.WORST_COLUMNS)
    return table_value(columns, cells, caption=strings.WORST, note=note, ids=shown, selected=selected)


def picked_value(report: Report, number: int) -> str:
    """One sentence with its translation and every reference."""
    source, output, references, _ = list(report.rows())[number]
    sentence, translation, reference = strings.PICKED_ROWS
    rows = [[sentence, source], [translation, output], *([reference, text] for text in references)]
    return table_value(list(strings.PICKED_COLUMNS), rows, caption=strings.PICKED_ROWS[0])


def done(report: Report, label: str) -> str:
    """What was measured, in a sentence; `label` is what the pickers call the model."""
    found, name = report.evaluation, report.test_set.name
    return strings.DONE.format(
        model=label,
        test_set=strings.SETS.get("exact" if found.metric == "exact" else name, name),
        sentences=found.sentences,
        seconds=found.seconds,
        rate=found.sentences_per_second,
    )


def file_of(kind: str, report: Report) -> File:
    """Name, type and content of a file to take home."""
    if kind == "json":
        return "evaluation.json", "application/json", json.dumps(report.to_json(), ensure_ascii=False, indent=1)
    if kind != "csv":
        raise SettingError(f"unknown export {kind!r}; choose from {', '.join(strings.EXPORTS)}")
    deepest = max(len(references) for references in report.test_set.references)
    rows = [
        [i + 1, round(chrf, 2), source, output, *references, *[""] * (deepest - len(references))]
        for i, (source, output, references, chrf) in enumerate(report.rows())
    ]
    columns = ["sentence", "chrf", "source", "output", *(f"reference{n + 1}" for n in range(deepest))]
    return "sentences.csv", CSV, to_csv(pd.DataFrame(rows, columns=columns))
