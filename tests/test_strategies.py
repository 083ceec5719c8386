"""What every search strategy promises, checked for each of them with several settings."""

from dataclasses import replace

import pytest
from tiny import opinionated, sources

from s2s_demo.decoding import STRATEGIES, Beam, Exact, Greedy, Sampling, Strategy, Trace, search
from s2s_demo.decoding.tree import Hypothesis, Tree, read_hypotheses, read_tree

VARIANTS: list[Strategy] = [
    *(made() for name, made in STRATEGIES.items() if name != "exact"),
    Exact(size=2, max_length=5, most_nodes=60, most_seconds=600),
    Greedy(max_length=4),
    Beam(size=1),
    Beam(size=3, length_penalty=0),
    Beam(size=4, length_penalty=2, n_best=1),
    Beam(size=8, max_length=3),
    Sampling(samples=4, seed=7),
    Sampling(samples=3, temperature=2.0, top_k=3, top_p=0.8, seed=9, max_length=6),
]
JUDGE_WHOLE_OUTPUTS = {"coverage_beam", "bayes_risk"}  # their scores are checked in test_strategies_whole.py


def label_of(strategy: Strategy) -> str:
    changed = {k: v for k, v in vars(strategy).items() if v != vars(type(strategy)()).get(k)}
    return "-".join([strategy.name, *(f"{k}={v}" for k, v in changed.items())])


def read(trace: Trace, width: int) -> tuple[Tree, tuple[Hypothesis, ...]]:
    pieces = [f"p{i}" for i in range(9)]
    hypotheses = read_hypotheses(trace, pieces, lambda ids, _: " ".join(map(str, ids)), None, width)
    return read_tree(trace, pieces, width), hypotheses


def searched(strategy: Strategy) -> list[tuple[Tree, tuple[Hypothesis, ...]]]:
    source, mask = sources(4, (3, 6, 1))
    traces = search(opinionated(11), source, mask, strategy)
    return [read(trace, int(length)) for trace, length in zip(traces, mask.sum(dim=1), strict=True)]


def test_every_strategy_is_among_the_variants() -> None:
    assert {strategy.name for strategy in VARIANTS} == set(STRATEGIES)
    assert all(made.name == name for name, made in STRATEGIES.items())


@pytest.mark.parametrize("strategy", VARIANTS, ids=label_of)
def test_a_search_is_an_honest_tree(strategy: Strategy) -> None:
    for (tree, hypotheses), source_words in zip(searched(strategy), (3, 6, 1), strict=True):
        root, *nodes = tree.nodes
        assert (root.parent, root.status, root.token) == (None, "root", "<bos>")
        limit = strategy.max_length or 2 * (source_words + 1) + 10
        for number, node in enumerate(nodes, start=1):
            assert node.id == number
            assert node.parent is not None
            assert node.parent < node.id, "parents come before their children"
            parent = tree.nodes[node.parent]
            assert node.step == parent.step + 1 <= limit
            assert parent.status in ("root", "kept"), "only what was kept goes on"
            assert node.log_prob <= 0
            assert node.total_log_prob == pytest.approx(parent.total_log_prob + node.log_prob, abs=1e-9)
            if node.status not in ("finished", "returned") or strategy.name not in JUDGE_WHOLE_OUTPUTS:
                assert node.score == pytest.approx(node.total_log_prob / node.step**strategy.alpha)
            assert node.alignment.shape == (source_words + 1,)
            assert node.alignment.sum() == pytest.approx(1, abs=1e-5)
            assert node.token not in ("p0", "p1", "p2"), "<pad>, <unk> and <bos> are never written"
        returned = [node.id for node in nodes if node.status == "returned"]
        assert returned == [hypotheses[0].leaf]
        assert {h.leaf for h in hypotheses} == {n.id for n in nodes if n.status in ("finished", "returned")}
        assert [h.score for h in hypotheses] == sorted((h.score for h in hypotheses), reverse=True)


@pytest.mark.parametrize("strategy", VARIANTS, ids=label_of)
def test_a_hypothesis_is_the_path_to_its_leaf(strategy: Strategy) -> None:
    for tree, hypotheses in searched(strategy):
        for hypothesis in hypotheses:
            path = tree.path(hypothesis.leaf)
            assert hypothesis.tokens == tuple(node.token for node in path)
            assert hypothesis.tokens.index("p3") == len(path) - 1, "it ends with the first <eos>"
            assert hypothesis.total_log_prob == pytest.approx(sum(node.log_prob for node in path), abs=1e-9)
            assert hypothesis.alignment.shape == (len(path), len(path[0].alignment))


@pytest.mark.parametrize("strategy", VARIANTS, ids=label_of)
def test_each_hypothesis_kept_has_children_and_what_is_cut_or_finished_has_none(strategy: Strategy) -> None:
    for tree, _ in searched(strategy):
        last = max(node.step for node in tree.nodes)
        for node in tree.nodes[1:]:
            goes_on = node.status == "kept" and node.step < last
            assert (node.id in tree.children) == goes_on


def facts(tree: Tree) -> list[tuple[int | None, str, int, str]]:
    return [(node.parent, node.token, node.rank, node.status) for node in tree.nodes]


@pytest.mark.parametrize("strategy", VARIANTS, ids=label_of)
def test_the_same_search_twice_gives_the_same_tree(strategy: Strategy) -> None:
    first, second = searched(strategy), searched(replace(strategy))
    assert [facts(tree) for tree, _ in first] == [facts(tree) for tree, _ in second]


@pytest.mark.parametrize("strategy", VARIANTS, ids=label_of)
def test_the_answer_for_a_sentence_does_not_depend_on_its_batch(strategy: Strategy) -> None:
    source, mask = sources(4, (3, 6, 1))
    together = searched(strategy)
    for row, length in enumerate(mask.sum(dim=1).tolist()):
        traces = search(opinionated(11), source[row : row + 1, :length], mask[row : row + 1, :length], strategy)
        tree, hypotheses = read(traces[0], length)
        assert facts(tree) == facts(together[row][0])
        totals = [h.total_log_prob for h in together[row][1]]
        assert [h.total_log_prob for h in hypotheses] == pytest.approx(totals, abs=1e-5)
