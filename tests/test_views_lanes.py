"""Lanes below each other: what stands for the same word stands in one column, and nothing overlaps."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts import Run, scripts

from s2s_demo.views.picture import SCRIPTS

WORDS = ["un", "une", "balle", "ballon", "rouge", "dans", "la", "neige"]
LAY = """
const { rows, groups, width } = argument;
const measure = (text, size) => [...text].length * 0.58 * size;
const word = (text) => ({ text, logp: text.length % 2 ? -0.1 : -1 });
const lanes = rows.map((row, i) => ({ words: row.map(word), group: groups[i] }));
const found = S2SLanes.grid(lanes, width, measure);
const ends = found.lanes.map(({ from }, i) => lanes[i].words.map(({ text }, t) => from[t] + measure(text, found.type)));
return { ...found, ends };
"""
ROWS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with scripts(SCRIPTS) as running:
        yield running


def lay(run: Run, rows: list[list[str]], groups: list[str] | None = None, width: float = 1264) -> dict:
    return run(LAY, {"rows": rows, "groups": groups or ["fr"] * len(rows), "width": width})


def test_another_word_stands_below_the_one_that_it_stands_for(run: Run) -> None:
    first, other = lay(run, [["avec", "une", "balle", "rouge"], ["avec", "un", "ballon", "rouge"]])["lanes"]
    assert first["from"] == other["from"]
    assert (first["differs"], other["differs"]) == ([False] * 4, [False, True, True, False])


def test_a_word_more_has_a_column_of_its_own_and_what_follows_stays_aligned(run: Run) -> None:
    first, longer, shorter = lay(run, [["la", "balle", "rouge"], ["la", "petite", "balle", "rouge"], ["la", "rouge"]])[
        "lanes"
    ]
    assert [first["from"][t] for t in (0, 1, 2)] == [longer["from"][t] for t in (0, 2, 3)]
    assert shorter["from"] == [first["from"][0], first["from"][2]]
    assert longer["differs"] == [False, True, False, False]


def test_a_lane_of_another_language_has_columns_of_its_own(run: Run) -> None:
    words = [["un", "ballon"], ["ein", "gewaltiger", "Ball"], ["une", "balle"]]
    french, german, also_french = lay(run, words, ["fr", "de", "fr"])["lanes"]
    assert french["from"] == also_french["from"]
    assert german["differs"] == [False] * 3
    assert len(german["edge"]) == 4


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from([330.0, 800.0, 1264.0]))
def test_words_keep_their_order_and_never_overlap(run: Run, rows: list[list[str]], width: float) -> None:
    found = lay(run, rows, width=width)
    for lane, row, ends in zip(found["lanes"], rows, found["ends"], strict=True):
        assert sorted(set(lane["column"])) == lane["column"]
        assert len(lane["column"]) == len(row)
        assert all(end < start for end, start in zip(ends, lane["from"][1:], strict=False))
        assert all(one <= other for one, other in pairwise(lane["edge"]))
        assert ends[-1] <= found["width"]
    assert found["width"] >= width
    same = [lane["from"] for lane, row in zip(found["lanes"], rows, strict=True) if row == rows[0]]
    assert all(places == same[0] for places in same)
