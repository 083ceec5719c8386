"""Laws of the tree's layout, on any tree and on real searches."""

from collections import defaultdict

import pytest
from hypothesis import given
from views_cases import a_search, trees

from s2s_demo.decoding import Beam, Greedy, Sampling, Strategy
from s2s_demo.decoding.tree import Tree
from s2s_demo.views.tree_layout import NEAR_MISSES, lay_out, visible

Places = dict[int, tuple[int, int]]


def check(tree: Tree, show_cut: bool) -> None:
    places = lay_out(tree, show_cut)
    assert set(places) == visible(tree, show_cut, None)
    assert len(set(places.values())) == len(places), "two nodes share a place"
    for i, (x, y) in places.items():
        node = tree.nodes[i]
        assert x == node.step
        if node.parent is not None:
            assert places[node.parent][0] == x - 1, "a parent stands one step to the left"
            assert places[node.parent][1] <= y, "branches fall"
    returned = [node.id for node in tree.nodes if node.status == "returned"]
    for leaf in returned:
        assert {places[node.id][1] for node in tree.path(leaf)} == {0}, "the translation is straight, on top"
    assert not crossings(tree, places)


def crossings(tree: Tree, places: Places) -> list[tuple[int, int]]:
    """Pairs of edges of different parents that meet between two steps.

    An edge runs along its parent's lane to half-way, falls, and runs along its child's lane.
    """
    found = []
    edges = [(tree.nodes[i].parent, i) for i in places if i]
    by_step = defaultdict(list)
    for parent, i in edges:
        assert parent is not None
        by_step[places[i][0]].append((parent, places[parent][1], places[i][1], i))
    for step in by_step.values():
        for parent, top, bottom, i in step:
            for other, start, end, j in step:
                # the other's two level pieces reach half-way, where this one falls
                if parent != other and (top <= start <= bottom or top <= end <= bottom):
                    found.append((i, j))
    return found


@given(trees())
def test_any_tree_is_tidy(tree: Tree) -> None:
    check(tree, show_cut=False)
    check(tree, show_cut=True)


@pytest.mark.parametrize(
    "strategy", [Beam(size=4, max_length=9), Greedy(max_length=9), Sampling(samples=3, max_length=9)]
)
def test_a_real_search_is_tidy(strategy: Strategy) -> None:
    tree = a_search(strategy).tree
    check(tree, show_cut=False)
    check(tree, show_cut=True)


def test_siblings_stand_in_the_order_of_the_best_end_they_lead_to() -> None:
    search = a_search()
    places = lay_out(search.tree)
    for parent, children in search.tree.children.items():
        if parent not in places:
            continue
        ends = {
            child.id: max((h.score for h in search.hypotheses if child in search.tree.path(h.leaf)), default=None)
            for child in children
            if child.id in places
        }
        finished = [(places[i][1], score) for i, score in ends.items() if score is not None]
        assert [score for _, score in sorted(finished)] == sorted((s for _, s in finished), reverse=True)


@given(trees())
def test_only_the_nearest_misses_of_a_step_are_shown(tree: Tree) -> None:
    cut = [node for node in tree.nodes if node.status == "cut"]
    shown = visible(tree, True, None)
    for step in {node.step for node in cut}:
        here = [node for node in cut if node.step == step]
        ranks = sorted(node.rank for node in here)
        assert sorted(node.rank for node in here if node.id in shown) == ranks[:NEAR_MISSES]


def test_a_node_that_was_asked_for_is_placed_with_its_path() -> None:
    tree = a_search().tree
    hidden = next(node for node in reversed(tree.nodes) if node.status == "cut")
    assert hidden.id not in lay_out(tree)
    assert {node.id for node in tree.path(hidden.id)} <= set(lay_out(tree, also=hidden.id))
