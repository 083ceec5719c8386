"""A search as a tree of plain nodes: what the pictures draw and the JSON holds.  Knows no torch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from s2s_demo.decoding.trace import Trace

STATUSES = ("root", "kept", "cut", "finished", "returned")


@dataclass(frozen=True)
class Node:
    """One word considered at one place.

    `log_prob` (nats) of the token given everything before it; `total_log_prob` its sum over the
    path; `score` = total / step^α ranks hypotheses; `rank` among all candidates of the step (when
    sampling: among the words that could follow its parent); `status`: root, kept (went on), cut,
    finished (ended in `</s>`), returned (finished, and the best).  `alignment` [S]: where the model
    looked when it proposed this token.
    """

    id: int
    parent: int | None
    step: int
    token: str
    log_prob: float
    total_log_prob: float
    score: float
    rank: int
    status: str
    alignment: NDArray[np.float32]


@dataclass(frozen=True)
class Tree:
    """Everything one search considered; node 0 is `<bos>`, parents come before children."""

    nodes: tuple[Node, ...]

    def path(self, node: int) -> list[Node]:
        """The nodes from the first word to `node`, root left out."""
        found: list[Node] = []
        at: int | None = node
        while at:
            found.append(self.nodes[at])
            at = self.nodes[at].parent
        return found[::-1]

    @cached_property
    def children(self) -> dict[int, list[Node]]:
        """Each node's continuations, likeliest first."""
        below: dict[int, list[Node]] = {}
        for node in self.nodes[1:]:
            assert node.parent is not None
            below.setdefault(node.parent, []).append(node)
        return {parent: sorted(nodes, key=lambda n: -n.log_prob) for parent, nodes in below.items()}

    def shortfall(self, node: Node) -> float | None:
        """By how many nats a cut candidate missed the last place of its step; None if it was not cut."""
        survivors = [n.total_log_prob for n in self.nodes if n.step == node.step and n.status != "cut"]
        return min(survivors) - node.total_log_prob if node.status == "cut" and survivors else None


@dataclass(frozen=True)
class Hypothesis:
    """A finished translation: its tokens (with the final `</s>`), text, scores and alignment [T, S].

    `leaf` is the id of its last node in the tree.
    """

    tokens: tuple[str, ...]
    text: str
    score: float
    total_log_prob: float
    alignment: NDArray[np.float32]
    leaf: int


def read_tree(
    trace: Trace, pieces: Sequence[str], decode: Callable[[list[int]], str], n_best: int | None, width: int
) -> tuple[Tree, tuple[Hypothesis, ...]]:
    """One sentence's trace as a tree, and its `n_best` finished hypotheses (None: all), best first.

    `pieces` names each token number, `decode` writes token numbers as text; `width` is S, the
    source's tokens without the padding of its batch.
    """
    nodes = [Node(0, None, 0, "<bos>", 0.0, 0.0, 0.0, 1, "root", np.zeros(width, np.float32))]
    numbers: list[tuple[int, ...]] = [()]
    slots = [0] * len(trace.steps[0].alignment)
    finished: list[int] = []
    for step, record in enumerate(trace.steps, start=1):
        following = list(slots)
        for c in np.flatnonzero(record.possible).tolist():
            parent = slots[int(record.parents[c])]
            token, log_prob = int(record.tokens[c]), float(record.log_probs[c])
            total = nodes[parent].total_log_prob + log_prob
            slot, ended = int(record.slots[c]), bool(record.finished[c])
            if slot >= 0:
                following[slot] = len(nodes)
            if ended:
                finished.append(len(nodes))
            status = "finished" if ended else "kept" if slot >= 0 else "cut"
            looked = record.alignment[int(record.parents[c]), :width]
            rank, score = int(record.ranks[c]), total / step**trace.alpha
            nodes.append(Node(len(nodes), parent, step, pieces[token], log_prob, total, score, rank, status, looked))
            numbers.append((*numbers[parent], token))
        slots = following
    best_first = sorted(finished, key=lambda i: -nodes[i].score)[:n_best]
    top = nodes[best_first[0]]
    nodes[top.id] = Node(**{**vars(top), "status": "returned"})
    tree = Tree(tuple(nodes))
    return tree, tuple(_hypothesis(tree, i, decode(list(numbers[i]))) for i in best_first)


def _hypothesis(tree: Tree, leaf: int, text: str) -> Hypothesis:
    path, node = tree.path(leaf), tree.nodes[leaf]
    alignment = np.stack([n.alignment for n in path])
    return Hypothesis(tuple(n.token for n in path), text, node.score, node.total_log_prob, alignment, leaf)
