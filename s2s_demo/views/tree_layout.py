"""Where each node of a search stands: a tidy tree, packed so that it stays small."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from s2s_demo.decoding.tree import Node, Tree

NEAR_MISSES = 3  # cut candidates shown per step


def lay_out(tree: Tree, show_cut: bool = False, also: int | None = None) -> dict[int, tuple[int, int]]:
    """The place (x, y) of every node worth drawing: x = step, y = lane, 0 on top.

    A node's best continuation goes straight on in its lane, so the returned translation is lane 0;
    the others fall below it.  Every lane is the highest that is free, and no edges cross when each
    leaves its parent's lane half-way between the two steps.  With `show_cut`, the few candidates
    of each step that came closest to being kept are placed as well; `also` names a node that must
    be placed in any case, with its path.
    """
    below = _continuations(tree, visible(tree, show_cut, also))
    places: dict[int, tuple[int, int]] = {}
    lowest: dict[int, int] = defaultdict(lambda: -1)  # of each step, the lowest lane taken
    waiting = [0]
    while waiting:
        line = _straight_on(waiting.pop(), below)
        steps = [tree.nodes[i].step for i in line]
        lane = 1 + max(lowest[step] for step in steps)
        for i, step in zip(line, steps, strict=True):
            places[i] = (step, lane)
            lowest[step] = lane
        # The last in is the first out: branches of the deepest node first, the best of a node first.
        for i in line:
            waiting += reversed(below.get(i, [])[1:])
    return places


def visible(tree: Tree, show_cut: bool, also: int | None = None) -> set[int]:
    """The nodes worth drawing: all that went on or finished, near misses if wanted, and the path to `also`."""
    shown = {node.id for node in tree.nodes if node.status != "cut"}
    if show_cut:
        shown |= _near_misses(tree.nodes)
    if also is not None:
        shown |= {node.id for node in tree.path(also)}
    return shown


def _near_misses(nodes: Sequence[Node]) -> set[int]:
    by_step: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.status == "cut":
            by_step[node.step].append(node)
    best_first = (sorted(cut, key=lambda n: (n.rank, -n.total_log_prob)) for cut in by_step.values())
    return {node.id for cut in best_first for node in cut[:NEAR_MISSES]}


def _continuations(tree: Tree, shown: Iterable[int]) -> dict[int, list[int]]:
    """The visible children of each node, those first that lead to the best end.

    A finished end beats an unfinished one, whatever their scores: short beginnings score high.
    """
    kinds = {"root": 0, "cut": 0, "kept": 1, "finished": 2, "returned": 3}
    best: dict[int, tuple[int, float]] = {}
    below: dict[int, list[int]] = defaultdict(list)
    for i in sorted(shown, reverse=True):  # children come after their parents
        node = tree.nodes[i]
        if i not in best:
            best[i] = (kinds[node.status], node.score)
        if node.parent is not None:
            below[node.parent].append(i)
            best[node.parent] = max(best.get(node.parent, best[i]), best[i])
    return {parent: sorted(children, key=lambda i: (best[i], -i), reverse=True) for parent, children in below.items()}


def _straight_on(node: int, below: dict[int, list[int]]) -> list[int]:
    line = [node]
    while line[-1] in below:
        line.append(below[line[-1]][0])
    return line
