"""A search as a tree of plain nodes: what the pictures draw and the JSON holds.  Knows no torch."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from s2s_demo.decoding.trace import Trace, TraceStep

STATUSES = ("root", "kept", "cut", "finished", "returned")


@dataclass(frozen=True)
class Node:
    """One word considered at one place.

    `log_prob` (nats) of the token given everything before it; `total_log_prob` its sum over the
    path; `score` = total / step^α ranks hypotheses; `rank` among all candidates of the step (when
    sampling: among the words that could follow its parent); `status`: root, kept (went on), cut,
    finished (ended in `<eos>`), returned (finished, and the best).  `alignment` [S]: where the model
    looked when it proposed this token; p_gen how probably it was generated rather than copied, where the model has a
    pointer; heads [N, S] where several heads looked whose mean is the alignment.
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
    p_gen: float | None = None
    heads: NDArray[np.float32] | None = None


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


@dataclass(frozen=True)
class Hypothesis:
    """A finished translation: its tokens (with the final `<eos>`), text, scores and alignment [T, S].

    `leaf` is the id of its last node in the tree.  Where the model has a pointer, p_gen [T] is how probably each token
    was generated rather than copied; where several heads look, heads [N, T, S] are their maps, whose mean is the
    alignment.
    """

    tokens: tuple[str, ...]
    text: str
    score: float
    total_log_prob: float
    alignment: NDArray[np.float32]
    leaf: int
    p_gen: NDArray[np.float32] | None = None
    heads: NDArray[np.float32] | None = None


@dataclass(frozen=True)
class Ending:
    """Something finished in a trace: its step (from 0) and place there, and the candidates it is made of."""

    step: int
    candidate: int
    chosen: tuple[tuple[TraceStep, int], ...]

    @property
    def tokens(self) -> list[int]:
        return [int(record.tokens[c]) for record, c in self.chosen]

    @property
    def total(self) -> float:
        """Σ log p."""
        return sum(float(record.log_probs[c]) for record, c in self.chosen)

    def alignment(self, width: int) -> NDArray[np.float32]:
        """Where the model looked at each step [T, S], for a source of S tokens."""
        return np.stack([record.alignment[int(record.parents[c]), :width] for record, c in self.chosen])

    @property
    def p_gen(self) -> NDArray[np.float32] | None:
        """Of each token [T], where the model has a pointer."""
        rows = [record.p_gen[int(record.parents[c])] for record, c in self.chosen if record.p_gen is not None]
        return np.stack(rows) if rows else None

    def heads(self, width: int) -> NDArray[np.float32] | None:
        """The maps of several heads [N, T, S], where there are several."""
        rows = [
            record.heads[int(record.parents[c]), :, :width] for record, c in self.chosen if record.heads is not None
        ]
        return np.stack(rows, axis=1) if rows else None


def endings(trace: Trace) -> Iterator[Ending]:
    """All that is finished in a trace, in the order in which it was."""
    ways = _ways(trace)
    for step, record in enumerate(trace.steps):
        for c in np.flatnonzero(record.finished & record.possible).tolist():
            way = [*ways[step][int(record.parents[c])], c]
            yield Ending(step, c, tuple(zip(trace.steps, way, strict=False)))


def ranked(trace: Trace, scores: Sequence[float]) -> Trace:
    """The trace with these scores of what is finished in it, in the order of `endings`."""
    rows = [np.zeros(len(record.tokens)) for record in trace.steps]
    for end, score in zip(endings(trace), scores, strict=True):
        rows[end.step][end.candidate] = score
    steps = (replace(record, scores=row) for record, row in zip(trace.steps, rows, strict=True))
    return replace(trace, steps=tuple(steps))


def read_hypotheses(
    trace: Trace,
    pieces: Sequence[str],
    write: Callable[[list[int], NDArray[np.float32]], str],
    n_best: int | None,
    width: int,
) -> tuple[Hypothesis, ...]:
    """The `n_best` finished hypotheses of one sentence's trace (None: all), best first; no tree is grown for them.

    `pieces` names each token number, `write` makes a text of token numbers and their alignment; `width`
    is S, the source's tokens without the padding of its batch.
    """
    numbers, found = _numbered(trace), []
    for end in endings(trace):
        score = end.chosen[-1][0].score(end.candidate, end.total, len(end.tokens), trace.alpha)
        tokens, leaf = tuple(pieces[i] for i in end.tokens), int(numbers[end.step][end.candidate])
        hypothesis = Hypothesis(tokens, "", score, end.total, end.alignment(width), leaf, end.p_gen, end.heads(width))
        found.append((end.tokens, hypothesis))
    best = sorted(found, key=lambda one: -one[1].score)[:n_best]
    return tuple(replace(hypothesis, text=write(ids, hypothesis.alignment)) for ids, hypothesis in best)


def best_path(trace: Trace, width: int) -> tuple[tuple[int, ...], float, float]:
    """The best hypothesis of one sentence's trace: token numbers, Σ log p, score; no tokens where none has finished."""
    names = range(1 + max(int(step.tokens.max()) for step in trace.steps))
    best = read_hypotheses(trace, [str(name) for name in names], lambda ids, _: "", 1, width)
    if not best:
        return (), float("-inf"), float("-inf")
    return tuple(int(token) for token in best[0].tokens), best[0].total_log_prob, best[0].score


def read_tree(trace: Trace, pieces: Sequence[str], width: int) -> Tree:
    """One sentence's trace as a tree; arguments as of `read_hypotheses`."""
    nodes = [Node(0, None, 0, "<bos>", 0.0, 0.0, 0.0, 1, "root", np.zeros(width, np.float32))]
    slots = [0] * len(trace.steps[0].alignment)
    for step, record in enumerate(trace.steps, start=1):
        following = list(slots)
        for c, row, token, log_prob, rank, slot, ended in _possible(record):
            parent = slots[row]
            total = nodes[parent].total_log_prob + log_prob
            if slot >= 0:
                following[slot] = len(nodes)
            status = "finished" if ended else "kept" if slot >= 0 else "cut"
            looked, score = record.alignment[row, :width], record.score(c, total, step, trace.alpha)
            p_gen = None if record.p_gen is None else float(record.p_gen[row])
            heads = None if record.heads is None else record.heads[row, :, :width]
            piece = pieces[token]
            nodes.append(
                Node(len(nodes), parent, step, piece, log_prob, total, score, rank, status, looked, p_gen, heads)
            )
        slots = following
    best = max((node for node in nodes if node.status == "finished"), key=lambda node: node.score)
    nodes[best.id] = replace(best, status="returned")
    return Tree(tuple(nodes))


def _possible(record: TraceStep) -> Iterator[tuple[int, int, int, float, int, int, bool]]:
    """Each possible candidate: its number, the row of its parent, token, log-probability, rank, slot, whether it ended.

    Plain numbers: Python is quicker with them than with those of arrays.
    """
    chosen = record.possible.nonzero()[0]
    columns = record.parents, record.tokens, record.log_probs, record.ranks, record.slots, record.finished
    return zip(chosen.tolist(), *(column[chosen].tolist() for column in columns), strict=True)


def log_probs_to(trace: Trace, node: int) -> list[float]:
    """The log-probability (nats) of each token on the way to a node of the tree; no tree is grown for them."""
    ways = _ways(trace)
    for step, (record, numbers) in enumerate(zip(trace.steps, _numbered(trace), strict=True)):
        for c in np.flatnonzero(record.possible & (numbers == node)).tolist():
            way = [*ways[step][int(record.parents[c])], c]
            return [float(at.log_probs[i]) for at, i in zip(trace.steps, way, strict=False)]
    return []


def _numbered(trace: Trace) -> list[NDArray[np.int64]]:
    """The number in the tree of each candidate of each step; only those of possible candidates count."""
    numbers, before = [], 0
    for record in trace.steps:
        numbers.append(before + record.possible.cumsum())
        before += int(record.possible.sum())
    return numbers


def _ways(trace: Trace) -> list[list[list[int]]]:
    """Before each step, for each hypothesis alive: the candidates it is made of, step by step."""
    ways: list[list[list[int]]] = [[[] for _ in trace.steps[0].alignment]]
    for record in trace.steps:
        last, following = ways[-1], list(ways[-1])
        for c in np.flatnonzero(record.slots >= 0).tolist():
            following[int(record.slots[c])] = [*last[int(record.parents[c])], c]
        ways.append(following)
    return ways
