"""A tree read from a trace written by hand: no model, no search."""

import numpy as np
import pytest
from views_cases import a_search

from s2s_demo.decoding.trace import Trace, TraceStep
from s2s_demo.decoding.tree import STATUSES, Hypothesis, Tree, log_probs_to, read_hypotheses, read_tree

PIECES = ("<pad>", "<unk>", "<bos>", "<eos>", "▁a", "▁b")


def step(
    rows: list[tuple[int, int, float, int, int, bool]], alignment: list[list[float]], impossible: int = 0
) -> TraceStep:
    """Rows of (token, parent, log_prob, rank, slot, finished), the last `impossible` of them impossible."""
    columns = list(zip(*rows, strict=True))
    return TraceStep(
        tokens=np.array(columns[0]),
        parents=np.array(columns[1]),
        log_probs=np.array(columns[2]),
        ranks=np.array(columns[3]),
        slots=np.array(columns[4]),
        finished=np.array(columns[5]),
        possible=np.arange(len(rows)) < len(rows) - impossible,
        alignment=np.array(alignment, np.float32),
    )


TRACE = Trace(
    (
        step(
            [
                (4, 0, -0.5, 1, 0, False),
                (5, 0, -1.0, 2, 1, False),
                (3, 0, -3.0, 3, -1, False),
                (4, 1, -9.0, 4, -1, False),
            ],
            [[0.9, 0.1, 0.0], [0.5, 0.5, 0.0]],
            impossible=1,
        ),
        # the hypotheses change places: slot 0 now continues what was in slot 1
        step(
            [
                (3, 1, -0.25, 1, -1, True),
                (4, 1, -0.5, 2, 0, False),
                (3, 0, -1.25, 3, -1, True),
                (5, 0, -2.0, 4, -1, False),
            ],
            [[0.2, 0.8, 0.0], [0.6, 0.4, 0.0]],
        ),
        step([(3, 0, -0.1, 1, -1, True)], [[0.3, 0.7, 0.0], [0.0, 1.0, 0.0]]),
    ),
    alpha=1.0,
)


def read(n_best: int | None = None) -> tuple[Tree, tuple[Hypothesis, ...]]:
    hypotheses = read_hypotheses(TRACE, PIECES, lambda ids, _: "-".join(map(str, ids)), n_best, width=2)
    return read_tree(TRACE, PIECES, width=2), hypotheses


def test_each_candidate_becomes_a_node_below_what_it_continues() -> None:
    tree, _ = read()
    assert [(n.id, n.parent, n.step, n.token) for n in tree.nodes] == [
        (0, None, 0, "<bos>"),
        (1, 0, 1, "▁a"),
        (2, 0, 1, "▁b"),
        (3, 0, 1, "<eos>"),
        (4, 2, 2, "<eos>"),
        (5, 2, 2, "▁a"),
        (6, 1, 2, "<eos>"),
        (7, 1, 2, "▁b"),
        (8, 5, 3, "<eos>"),
    ]


def test_totals_add_up_and_scores_divide_by_length() -> None:
    tree, _ = read()
    assert [n.total_log_prob for n in tree.nodes] == pytest.approx([0, -0.5, -1, -3, -1.25, -1.5, -1.75, -2.5, -1.6])
    assert tree.nodes[8].score == pytest.approx(-1.6 / 3)
    assert tree.nodes[6].score == pytest.approx(-1.75 / 2)


def test_each_node_says_what_became_of_it() -> None:
    statuses = [node.status for node in read()[0].nodes]
    assert statuses == ["root", "kept", "kept", "cut", "finished", "kept", "finished", "cut", "returned"]
    assert set(statuses) == set(STATUSES)


def test_hypotheses_come_best_first_with_their_paths() -> None:
    _, hypotheses = read()
    assert [h.leaf for h in hypotheses] == [8, 4, 6]
    assert hypotheses[0].tokens == ("▁b", "▁a", "<eos>")
    assert hypotheses[0].text == "5-4-3"


def test_n_best_limits_the_hypotheses_and_not_the_tree() -> None:
    tree, hypotheses = read(n_best=1)
    assert len(hypotheses) == 1
    assert len(tree.nodes) == 9


def test_alignment_rows_are_those_of_the_hypothesis_and_without_padding() -> None:
    _, hypotheses = read()
    # "▁b" was proposed by slot 0, "▁a" by slot 1 at step 2, the end by slot 0 at step 3
    np.testing.assert_allclose(hypotheses[0].alignment, [[0.9, 0.1], [0.6, 0.4], [0.3, 0.7]])


def test_children_come_likeliest_first() -> None:
    children = read()[0].children
    assert {parent: [n.id for n in nodes] for parent, nodes in children.items()} == {
        0: [1, 2, 3],
        2: [4, 5],
        1: [6, 7],
        5: [8],
    }


def test_the_log_probabilities_of_a_path_need_no_tree() -> None:
    found = a_search()
    for node in found.tree.nodes[1:]:
        assert log_probs_to(found.trace, node.id) == [each.log_prob for each in found.tree.path(node.id)]
