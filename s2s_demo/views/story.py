"""What happened to each node of a search, in words and figures: shared by the tree's hover and the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from s2s_demo.decoding.tree import Hypothesis, Node, Tree
from s2s_demo.text import surface
from s2s_demo.views.theme import share_of, signed
from s2s_demo.words import say


@dataclass(frozen=True)
class Story:
    """One search; `beam_size` 0 means that words were drawn (sampling), not ranked against each other.

    None: they were ranked among those after the same prefix, and went on one by one.
    """

    tree: Tree
    hypotheses: Sequence[Hypothesis]
    beam_size: int | None

    @cached_property
    def last_places(self) -> dict[int, float]:
        """Per step, the lowest Σ log p that was still kept."""
        worst: dict[int, float] = {}
        for node in self.tree.nodes:
            if node.status != "cut":
                worst[node.step] = min(node.total_log_prob, worst.get(node.step, node.total_log_prob))
        return worst

    @cached_property
    def orders(self) -> dict[int, int]:
        """The finished hypotheses' places, 1 the best, by the number of their last node."""
        return {hypothesis.leaf: place for place, hypothesis in enumerate(self.hypotheses, start=1)}

    @cached_property
    def went_on(self) -> set[int | None]:
        return {node.parent for node in self.tree.nodes if node.status != "cut"}

    def fate(self, node: Node) -> str:
        """Why the node went on, or why not."""
        if node.status == "root":
            return say("views.fate.root")
        found = len(self.hypotheses)
        if node.status == "returned":
            return say("views.fate.returned-best", finished=found) if found > 1 else say("views.fate.returned")
        if node.status == "finished":
            place = self.orders.get(node.id)
            if place is None:
                return say("views.fate.finished")
            return say("views.fate.finished-place", place=place, finished=found)
        rank = self._rank(node)
        if node.status == "cut":
            return self._missed(node, rank)
        kept = say("views.fate.kept", rank=rank) if self.beam_size != 0 else say("views.fate.drawn", rank=rank)
        return kept if node.id in self.went_on else say("views.fate.abandoned", kept=kept)

    def _rank(self, node: Node) -> str:
        if self.beam_size:
            return say("views.fate.rank-of-beam", rank=node.rank, beam=self.beam_size)
        return say("views.fate.rank-after-prefix", rank=node.rank)

    def _missed(self, node: Node, rank: str) -> str:
        if self.beam_size == 0:
            return say("views.fate.not-drawn", rank=rank)
        if self.beam_size is None:
            return say("views.fate.cut", rank=rank)
        short = self.shortfall(node)
        if short is None:
            return say("views.fate.cut", rank=rank)
        return say("views.fate.cut-short", rank=rank, short=short)

    def shortfall(self, node: Node) -> float | None:
        """By how many nats a cut candidate missed the last place of its step; None where no place was taken."""
        last = self.last_places.get(node.step) if node.status == "cut" else None
        return None if last is None else max(0.0, last - node.total_log_prob)


def figures(node: Node) -> str:
    """The numbers of a node: its own log-probability (nats) and probability, the path's sum, what ranks the path."""
    return (
        f"log p {signed(node.log_prob)} · p {share_of(node.log_prob)} · "
        f"Σ {signed(node.total_log_prob)} · Σ/len^α {signed(node.score)}"
    )


def label(token: str, *, dots: bool = True) -> str:
    """A token as shown at its node: no space mark, but (with `dots`) a dot before a piece that goes on with a word."""
    if token.startswith("<0x"):
        return token.strip("<>")
    shown = surface([token])
    return f"·{shown}" if dots and token[:1].isalnum() else shown
