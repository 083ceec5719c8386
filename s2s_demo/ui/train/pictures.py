"""A run as pictures and rows: its curves, and samples."""

from s2s_demo.live import LaneView, RunView, Try
from s2s_demo.signals.document import brief
from s2s_demo.ui.parts.plot import figure_value, instead_of_figure
from s2s_demo.ui.parts.table import table_value
from s2s_demo.ui.train.status import numbers
from s2s_demo.views.curve_notes import CurveEvent
from s2s_demo.views.curves import CurvePoint, curves
from s2s_demo.words import say

RIGHT, WRONG = "✓", "✗"


def curves_value(view: RunView) -> str:
    """The value of the plotly_view of the curves; a twin, or the try before a rewind, is the dotted rival."""
    if not view.lanes or not (view.lanes[0].points or view.lanes[0].checks):
        return instead_of_figure(say("train.curves-soon"))
    first = view.lanes[0]
    rival: LaneView | Try | None = view.lanes[1] if len(view.lanes) > 1 else view.tries[-1] if view.tries else None
    names = ("A", "B") if len(view.lanes) > 1 else (say("train.now"), say("train.before-rewind"))
    events = [CurveEvent(e.update, f"{e.lane}: {e.label}" if e.lane else str(e.label)) for e in view.events]
    figure = curves(_points(first), events, rival=_points(rival) if rival else (), names=names)
    said = ", ".join(f"{name}: {value}" for name, value in numbers(view))
    return figure_value(
        figure,
        label=say("train.curves-said", updates=view.update, numbers=said),
        file_name="curves",
        revision=f"{view.run}/{len(view.tries)}",
    )


def _points(lane: LaneView | Try) -> list[CurvePoint]:
    trained = [
        CurvePoint(
            p.update,
            training_loss=p.loss,
            teacher_forcing=p.teacher_forcing,
        )
        for p in lane.points
    ]
    judged = [
        CurvePoint(c.update, gold_loss=c.gold.loss, own_loss=c.own.loss, exact_match=c.exact_match, bleu=c.bleu)
        for c in lane.checks
    ]
    return trained + judged


def samples(view: RunView) -> str:
    """The value of the table of samples; with a twin a column for each."""
    columns = [say("train.source"), say("train.should-be"), say("train.is"), ""]
    rows = [
        [brief(sample.source), sample.reference, sample.translation, RIGHT if sample.right else WRONG]
        for sample in view.lanes[0].samples
    ]
    for lane in view.lanes[1:]:
        columns += [say("train.lane-is", lane=lane.name), ""]
        for row, sample in zip(rows, lane.samples, strict=False):
            row += [sample.translation, RIGHT if sample.right else WRONG]
    return table_value(columns, rows, caption=say("train.samples"))
