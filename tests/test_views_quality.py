"""Quality figures show every measurement at its place, and nothing that was not measured."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.evaluation import BeamScore, LengthScore, Score
from s2s_demo.views.quality import LOOKS, apart, quality_by_beam, quality_by_length
from s2s_demo.views.quality_overview import Mark, Row, quality_overview
from s2s_demo.views.theme import DARK_INK

SHORT = [LengthScore("1-5", 7, Score(60.0, "s", 50.0, 65.0)), LengthScore("11-15", 1, Score(40.0, "s", 30.0, 55.0))]
LONG = [LengthScore("11-15", 3, Score(35.0, "s")), LengthScore("over 30", 2, Score(20.0, "s"))]
BEAMS = [BeamScore(n, Score(30.0 + n, "s"), Score(50.0 + n, "s"), 0.5 * n) for n in (1, 5, 10)]


def test_lengths_that_nobody_has_are_left_out_and_the_others_keep_their_order() -> None:
    figure = quality_by_length({"with": SHORT, "without": LONG})
    assert list(figure.layout.xaxis.ticktext) == ["1-5", "11-15", "> 30"]
    assert [list(trace.x) for trace in figure.data] == [[0, 1], [1, 2]]
    assert [list(trace.y) for trace in figure.data] == [[60, 40], [35, 20]]


def test_whiskers_reach_from_the_lower_to_the_upper_end_of_the_interval() -> None:
    measured, unmeasured = quality_by_length({"with": SHORT, "without": LONG}).data
    assert (list(measured.error_y.arrayminus), list(measured.error_y.array)) == ([10, 10], [5, 15])
    assert unmeasured.error_y.array is None


def test_the_axis_holds_every_interval() -> None:
    low, high = quality_by_length({"with": SHORT}).layout.yaxis.range
    assert low <= 30
    assert high >= 65


def test_a_hover_tells_how_many_sentences_stand_behind_a_point() -> None:
    hovers = quality_by_length({"with": SHORT}).data[0].hovertext
    assert "7 sentences" in hovers[0]
    assert "1 sentence" in hovers[1]
    assert "[50.0, 65.0]" in hovers[0]


def test_beams_stand_at_their_true_size() -> None:
    (trace,) = quality_by_beam({"en-fr": BEAMS}).data
    assert (list(trace.x), list(trace.y)) == ([1, 5, 10], [31, 35, 40])


def test_a_model_is_named_at_the_end_of_its_line_where_models_must_be_told_apart() -> None:
    assert len(quality_by_length({"with": SHORT}).layout.annotations) == 1  # what the axis measures
    figure = quality_by_length({"with": SHORT, "without": LONG})
    _, *names = figure.layout.annotations
    assert [name.text for name in names] == ["with", "without"]
    assert [name.font.color for name in names] == [trace.line.color for trace in figure.data]
    low, high = figure.layout.yaxis.range
    assert [low + name.y * (high - low) for name in names] == [pytest.approx(40), pytest.approx(20)]
    assert len({(trace.line.dash, trace.marker.symbol) for trace in figure.data}) == 2


@given(st.lists(st.floats(0, 224), max_size=12))
def test_names_at_the_ends_of_lines_keep_their_order_and_never_overlap(places: list[float]) -> None:
    moved = apart(places, 15, 224)
    assert all(0 <= place <= 224 for place in moved)
    order = sorted(range(len(places)), key=lambda i: places[i])
    assert all(moved[b] - moved[a] >= 15 - 1e-9 for a, b in pairwise(order))
    if all(places[b] - places[a] >= 15 for a, b in pairwise(order)):
        assert moved == places


def test_nothing_measured_is_an_empty_panel() -> None:
    assert json.loads(quality_by_length({}).to_json())["layout"]["yaxis"]
    assert json.loads(quality_by_beam({}).to_json())["layout"]["yaxis"]


def test_a_models_name_is_only_text() -> None:
    trace = quality_by_length({"<b>#c2410c": SHORT, "b": LONG}).data[0]
    assert "<b>#" not in trace.name
    assert "#c2410c" not in trace.hovertext[0]


def test_every_colour_turns_dark() -> None:
    assert {colour for colour, _, _ in LOOKS} <= set(DARK_INK)


@given(st.floats(0, 100), st.floats(0, 30))
def test_any_score_lies_inside_the_panel(score: float, half: float) -> None:
    rows = [LengthScore("1-5", 3, Score(score, "s", score - half, score + half))]
    low, high = quality_by_length({"m": rows}).layout.yaxis.range
    assert low <= score <= high
    assert high - low >= 5


def test_the_overview_has_a_row_a_model_and_marks_the_chosen_one() -> None:
    captions, everyday = Mark("captions", Score(60.0, "s", 58.0, 61.0), "c"), Mark("everyday", Score(53.0, "s"), "e")
    figure = quality_overview([Row("a", [captions, everyday]), Row("<b>b", [captions], is_twin=True)], 1, "BLEU")
    dots, squares = figure.data
    assert (list(dots.x), list(squares.x)) == ([60, 60], [53])
    assert (list(dots.error_x.arrayminus), list(squares.error_x.array)) == ([2, 2], [0])
    assert dots.marker.color[1] != dots.marker.color[0]
    assert figure.layout.shapes[0].y0 < 1 < figure.layout.shapes[0].y1
    assert "<b>b" not in figure.layout.annotations[2].text.removeprefix("<b>")
    low, high = figure.layout.xaxis.range
    assert low < 53 < 61 < high


def test_an_overview_of_nothing_is_an_empty_panel() -> None:
    assert json.loads(quality_overview([], None, "BLEU").to_json())["data"] == []
