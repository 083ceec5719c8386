"""A Report as the values of tab Evaluate's components: tables, figures, files."""

import json
from collections.abc import Sequence
from typing import Any

import gradio as gr
import pandas as pd

from s2s_demo.errors import SettingError
from s2s_demo.evaluation import Evaluation, Report
from s2s_demo.evaluation.reporting import RESAMPLES
from s2s_demo.serving.names import task_name
from s2s_demo.translation import strategy_called
from s2s_demo.ui.parts import quality
from s2s_demo.ui.parts.download import CSV, JSON, File
from s2s_demo.ui.parts.plot import instead_of_figure
from s2s_demo.ui.parts.quality import score_cells
from s2s_demo.ui.parts.table import table_value
from s2s_demo.ui.parts.text import text_value
from s2s_demo.views.export import to_csv
from s2s_demo.words import say

MOST_ROWS = 100  # of the worst sentences
EXPORTS = ("json", "csv")


def figures_value(report: Report) -> str:
    """The chosen strategy, and greedy below it."""
    return _scores_table([each for each in (report.evaluation, report.greedy) if each])


def card_table(found: Sequence[Evaluation], remarks: Sequence[Sequence[str]]) -> str:
    """What a model's card says of each test set, and the remarks on each."""
    said = [f"{task_name(each.test_set)}: {'; '.join(of)}" for each, of in zip(found, remarks, strict=True) if of]
    return _scores_table(found, said)


def numbers_line(found: Evaluation | None) -> dict[str, Any]:
    """The fold of all numbers; its line says the most important ones."""
    label = say("evaluate.numbers")
    if found:
        scores = [(say(f"views.quality.metrics.{found.metric}"), found.score), ("chrF", found.chrf)]
        scores += [("TER", found.ter)] if found.metric == "bleu" else []
        label = say("evaluate.numbers-of", scores=" · ".join(f"{name} {score.score:.1f}" for name, score in scores))
    update: dict[str, Any] = gr.update(label=label)
    return update


def _scores_table(measured: Sequence[Evaluation], remarks: Sequence[str] = ()) -> str:
    """A row for each; the remarks, what the figures are and sacrebleu's signatures as a note."""
    caption, found = say("evaluate.figures"), measured[0]
    what = [_column("test-set"), _column("sentences"), _column("strategy")]
    if found.metric == "exact":
        columns = [*what, _column("exact-percent"), _column("exact-interval"), "chrF", _column("rate")]
        return table_value(columns, list(map(_exact_row, measured)), caption=caption, note=say("evaluate.exact"))
    scores = (("BLEU", found.bleu), ("chrF", found.chrf), ("TER", found.ter))
    signatures = "\n".join(f"{name}: {score.signature}" for name, score in scores)
    note = "\n".join([*remarks, say("evaluate.sacrebleu", resamples=RESAMPLES, signatures=signatures)])
    columns = [*what, "BLEU", _column("interval"), "chrF", "TER", _column("exact"), _column("rate")]
    return table_value(columns, list(map(_row, measured)), caption=caption, note=note)


def _what(found: Evaluation) -> list[str]:
    name = say("evaluate.done-everyday") if found.test_set == "everyday" else task_name(found.test_set)
    return [name, f"{found.sentences:,}", strategy_called(found.strategy)]


def _row(found: Evaluation) -> list[str]:
    scores = [*score_cells(found.bleu), f"{found.chrf.score:.1f}", f"{found.ter.score:.1f}"]
    exact = f"{100 * found.exact_match:.0f} %"
    return [*_what(found), *scores, exact, f"{found.sentences_per_second:.1f}"]


def _exact_row(found: Evaluation) -> list[str]:
    scores = [*score_cells(found.score), f"{found.chrf.score:.1f}"]
    return [*_what(found), *scores, f"{found.sentences_per_second:.1f}"]


def length_value(report: Report) -> str:
    """BLEU by source length."""
    return quality.length_value({report.model: list(report.by_length)})


def length_table(report: Report) -> str:
    """Its twin."""
    return quality.length_table({report.model: list(report.by_length)})


def beam_value(report: Report) -> str:
    """The score by beam size, as far as they were measured."""
    if not report.by_beam:
        return instead_of_figure(say("evaluate.not-measured"))
    return quality.beam_value({report.model: list(report.by_beam)})


def beam_table(report: Report) -> str:
    """Its twin."""
    return quality.beam_table({report.model: list(report.by_beam)}) if report.by_beam else ""


def worst_value(report: Report, selected: int) -> str:
    """The worst sentences, each of which can be selected."""
    order, rows = report.worst_first, list(report.rows())
    shown = order[:MOST_ROWS]
    cells = [[str(i + 1), f"{rows[i][3]:.1f}", rows[i][0], rows[i][1], rows[i][2][0]] for i in shown]
    note = say("evaluate.more-rows", shown=len(shown), all=len(order)) if len(shown) < len(order) else ""
    columns = ["#", "chrF", _column("sentence"), _column("translation"), _column("first-reference")]
    return table_value(columns, cells, caption=say("evaluate.worst"), note=note, ids=shown, selected=selected)


def references_of(report: Report, number: int) -> str:
    """Every reference of a sentence, in a line."""
    return text_value(say("evaluate.references-of", references=" / ".join(report.test_set.references[number])))


def done(report: Report) -> str:
    """What was measured just now, in a few words."""
    found = report.evaluation
    score = f"{found.score.score:.1f} {say(f'views.quality.metrics.{found.metric}')}"
    return say("evaluate.done", score=score, sentences=found.sentences, seconds=found.seconds)


def set_called(report: Report) -> str:
    """What a report's sentences are called: what is shipped by its kind, files by their name."""
    name = report.test_set.name
    kind = "exact" if report.evaluation.metric == "exact" else name
    return say(f"evaluate.done-{kind}") if kind in ("exact", "everyday") else name


def file_of(kind: str, report: Report) -> File:
    """A file of a kind to take home; SettingError for an unknown one."""
    if kind == "json":
        return File("evaluation.json", JSON, json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    if kind != "csv":
        raise SettingError("unknown-export", export=kind, exports=", ".join(EXPORTS))
    deepest = max(len(references) for references in report.test_set.references)
    rows = [
        [i + 1, round(chrf, 2), source, output, *references, *[""] * (deepest - len(references))]
        for i, (source, output, references, chrf) in enumerate(report.rows())
    ]
    columns = ["sentence", "chrf", "source", "output", *(f"reference{n + 1}" for n in range(deepest))]
    return File("sentences.csv", CSV, to_csv(pd.DataFrame(rows, columns=columns)))


def _column(name: str) -> str:
    return say(f"evaluate.columns.{name}")
