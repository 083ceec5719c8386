"""Curves keep their shape with few points, and leave out what was not measured."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from views_cases import a_run

from s2s_demo.views.curve_notes import ROWS, CurveEvent
from s2s_demo.views.curves import HEIGHT, MOST_POINTS, CurvePoint, curves, thin
from s2s_demo.views.theme import LIGHT

series = st.lists(st.floats(-1e6, 1e6), max_size=2000).map(lambda values: list(enumerate(values)))


@given(series)
def test_a_thinned_curve_keeps_ends_extremes_and_order(points: list[tuple[int, float]]) -> None:
    kept = thin(points)
    assert len(kept) <= MOST_POINTS
    assert kept == sorted(set(kept))
    assert set(kept) <= set(points)
    if points:
        assert (kept[0], kept[-1]) == (points[0], points[-1])
        assert max(v for _, v in kept) == max(v for _, v in points)
        assert min(v for _, v in kept) == min(v for _, v in points)


def test_the_gap_between_the_two_validation_losses_is_shaded() -> None:
    gap = next(trace for trace in curves(a_run()).data if trace.fill)
    assert gap.fillcolor == LIGHT.band
    assert list(gap.x) == [5, 10, 15, 20, 20, 15, 10, 5]


def test_panels_without_a_measurement_are_left_out() -> None:
    loss_only = curves([CurvePoint(1, training_loss=3.0), CurvePoint(2, training_loss=2.0)])
    assert loss_only.layout.height == curves(a_run()).layout.height == HEIGHT
    low, everything_low = loss_only.layout.yaxis.domain[0], curves(a_run()).layout.yaxis.domain[0]
    assert low < everything_low  # the loss takes the room of the others
    assert "yaxis2" not in loss_only.to_plotly_json()["layout"]


def test_numbers_that_are_not_finite_are_not_drawn() -> None:
    figure = curves([CurvePoint(1, training_loss=float("nan")), CurvePoint(2, training_loss=2.0)])
    assert [list(trace.y) for trace in figure.data if trace.name == "training"] == [[2.0]]


def test_an_event_is_a_line_with_its_label() -> None:
    figure = curves(a_run(), [CurveEvent(7, "teacher forcing 1.0 → 0.0")])
    assert "teacher forcing 1.0 → 0.0" in [note.text for note in figure.layout.annotations]
    assert [shape.x0 for shape in figure.layout.shapes if shape.type == "line"] == [7]


def test_many_events_keep_their_lines_and_leave_the_loss_its_room() -> None:
    events = [CurveEvent(7, f"one long label of event {i}") for i in range(20)]
    figure = curves(a_run(), events)
    assert len([shape for shape in figure.layout.shapes if shape.type == "line"]) == len(events)
    labels = [note for note in figure.layout.annotations if "long" in note.text]
    assert len(labels) == ROWS
    high, low = figure.layout.yaxis.domain[1], figure.layout.yaxis.domain[0]
    assert (high - low) * (HEIGHT - figure.layout.margin.t - figure.layout.margin.b) > 100


@pytest.mark.parametrize(
    ("ratios", "stretches"),
    [
        ([1, 1, 1], []),
        ([1, 0, 0, 1], [(1, 3)]),
        ([0, 0], [(0, 2)]),
        ([1, 0, 1, 0.5, 0], [(1, 2), (4, 5)]),
    ],
)
def test_a_stretch_without_teacher_forcing_is_grey_through_all_panels(
    ratios: list[float], stretches: list[tuple[int, int]]
) -> None:
    points = [CurvePoint(i, training_loss=1.0, teacher_forcing=ratio) for i, ratio in enumerate(ratios, start=1)]
    grey = [shape for shape in curves(points).layout.shapes if shape.type == "rect"]
    assert [(shape.x0, shape.x1) for shape in grey] == stretches
    assert all((shape.yref, shape.y0, shape.y1) == ("paper", 0, 1) for shape in grey)


def test_the_loss_has_a_log_scale_which_shows_all_of_it_and_nothing_that_is_zero() -> None:
    losses = [4.0, 0.5, 0.0, 0.003]
    figure = curves([CurvePoint(i, training_loss=loss) for i, loss in enumerate(losses, start=1)])
    low, high = (10**end for end in figure.layout.yaxis.range)
    assert low < 0.003 < 4 < high
    assert [list(trace.y) for trace in figure.data if trace.name == "training"] == [[4.0, 0.5, 0.003]]
    assert list(figure.layout.yaxis.ticktext) == [".001", ".01", ".1", "1"]


def test_events_close_together_get_rows_of_their_own() -> None:
    figure = curves(a_run(), [CurveEvent(7, "one long label of an event"), CurveEvent(8, "and another long label")])
    heights = [note.yshift for note in figure.layout.annotations if "long" in note.text]
    assert len(set(heights)) == 2


def test_the_second_run_is_dotted() -> None:
    figure = curves(a_run(), rival=a_run(9), names=("fork", "original"))
    assert {t.line.dash for t in figure.data if str(t.name).startswith("original")} == {"dot"}
    assert {t.line.dash for t in figure.data if str(t.name).startswith("fork")} == {"solid"}


def test_a_long_run_stays_small_on_the_wire() -> None:
    assert len(curves(a_run(20_000)).to_json()) < 60_000


def test_before_the_first_update_there_is_an_empty_panel() -> None:
    assert json.loads(curves([]).to_json())["layout"]["yaxis"]
