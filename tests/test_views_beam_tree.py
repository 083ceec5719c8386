"""The beam tree says what the search did, number by number."""

import itertools
import re
from dataclasses import replace
from math import exp
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from views_cases import a_search, every_figure, hypotheses_of, trees

from s2s_demo.decoding import Sampling, Tree
from s2s_demo.views.beam_tree import WIDTHS, beam_tree
from s2s_demo.views.story import Story, figures, label
from s2s_demo.views.theme import LIGHT


def marks(figure: go.Figure) -> Any:
    return next(trace for trace in figure.data if trace.customdata is not None)


def test_a_click_on_a_node_tells_which() -> None:
    search = a_search()
    figure = beam_tree(search.tree, search.hypotheses, beam_size=4)
    assert sorted(marks(figure).customdata) == [node.id for node in search.tree.nodes if node.status != "cut"]


def test_the_hover_tells_all_numbers_of_a_cut_candidate() -> None:
    search = a_search()
    cut = next(node for node in search.tree.nodes if node.status == "cut")
    story = Story(search.tree, search.hypotheses, 4)
    told = f"{figures(cut)} · {story.fate(cut)}"
    found = re.fullmatch(
        r"log p (-\d+\.\d\d) · p (<?\.\d+) · Σ (-\d+\.\d\d) · Σ/len\^α (-\d+\.\d\d)"
        r" · cut: rank (\d+) of beam 4, short by (\d+\.\d\d)",
        told,
    )
    assert found
    assert float(found[1]) == round(cut.log_prob, 2)
    assert float(found[2].removeprefix("<")) == pytest.approx(exp(cut.log_prob), abs=0.005)
    assert float(found[3]) == round(cut.total_log_prob, 2)
    assert float(found[4]) == round(cut.score, 2)
    assert int(found[5]) == cut.rank > 4
    assert float(found[6]) == pytest.approx(story.shortfall(cut), abs=0.005)
    figure = beam_tree(search.tree, search.hypotheses, beam_size=4, selected=cut.id)
    hover = marks(figure).hovertext[list(marks(figure).customdata).index(cut.id)]
    assert told in hover.replace("<br>", " · ")


def test_every_fate_has_its_words() -> None:
    search = a_search()
    story = Story(search.tree, search.hypotheses, 4)
    fates = {node.status: story.fate(node) for node in search.tree.nodes}
    assert fates["returned"] == f"returned: best of {len(search.hypotheses)} finished"
    assert re.match(r"finished: number \d+ of \d+", fates["finished"])
    assert re.match(r"kept: rank \d of beam 4", fates["kept"])
    assert fates["root"] == "the start"
    assert [story.orders[h.leaf] for h in search.hypotheses] == list(range(1, len(search.hypotheses) + 1))


def test_sampling_speaks_of_draws() -> None:
    drawn = a_search(Sampling(samples=2, max_length=9))
    story = Story(drawn.tree, drawn.hypotheses, 0)
    fates = " ".join(story.fate(node) for node in drawn.tree.nodes)
    assert "not drawn: rank" in fates
    assert "beam" not in fates
    assert "short by" not in fates


def test_cut_candidates_are_dashed_and_only_shown_on_demand() -> None:
    shown, hidden = every_figure()["tree with cut"], every_figure()["tree"]
    assert [t for t in shown.data if t.line.dash == "2px,3px"]
    assert not [t for t in hidden.data if t.line.dash == "2px,3px"]


def test_likelier_words_have_wider_lines() -> None:
    for widths in WIDTHS.values():
        assert list(widths) == sorted(set(widths))


def test_the_way_to_the_selected_node_is_in_the_second_colour() -> None:
    search = a_search()
    chosen = search.hypotheses[-1].leaf
    figure = beam_tree(search.tree, search.hypotheses, beam_size=4, selected=chosen)
    dots = marks(figure)
    colours = dict(zip(dots.customdata, dots.marker.line.color, strict=True))
    fills = dict(zip(dots.customdata, dots.marker.color, strict=True))
    path = {node.id for node in search.tree.path(chosen)}
    assert {i for i in colours if LIGHT.second in (colours[i], fills[i])} == path


def test_labels_of_a_column_do_not_meet_the_next_one() -> None:
    figure = every_figure()["tree"]
    ticks = list(figure.layout.xaxis.tickvals)
    assert ticks == sorted(ticks)
    assert min(b - a for a, b in itertools.pairwise(ticks)) >= 36
    assert figure.layout.width > ticks[-1]


def test_few_traces_so_that_drawing_is_fast() -> None:
    assert all(len(figure.data) <= 14 for name, figure in every_figure().items() if "tree" in name)


def test_tokens_are_shown_as_a_reader_writes_them() -> None:
    assert [label(t) for t in ("▁chat", "ing", ".", "<eos>", "<0xE2>", "▁")] == [
        "chat",
        "·ing",
        ".",
        "</s>",
        "0xE2",
        "␣",
    ]


@given(trees(most=8))
def test_a_search_for_letters_shows_them_without_dots(tree: Tree) -> None:
    def drawn(token: str) -> set[str]:
        nodes = tuple(replace(node, token=token) if node.id else node for node in tree.nodes)
        spelt = Tree(nodes)
        figure = beam_tree(spelt, hypotheses_of(spelt), beam_size=2, show_cut=True)
        return {text for trace in figure.data for text in trace.text or ()}

    assert "a" in drawn("a") <= {"a", ""}
    assert "·ab" in drawn("ab")
