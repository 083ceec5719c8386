"""Real searches of a tiny random model, random trees, and one of every picture."""

from functools import cache

import numpy as np
import plotly.graph_objects as go
import torch
from hypothesis import strategies as st
from tiny import opinionated

from s2s_demo.decoding import Beam, Strategy, read_hypotheses, search
from s2s_demo.decoding.tree import Hypothesis, Node, Tree
from s2s_demo.evaluation import BeamScore, LengthScore, Score
from s2s_demo.translator import SentenceTranslation, Source
from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.curve_notes import CurveEvent
from s2s_demo.views.curves import CurvePoint, curves
from s2s_demo.views.quality import quality_by_beam, quality_by_length

WORDS = ("<pad>", "<unk>", "<bos>", "<eos>", *(f"▁w{i}" for i in range(20)), "ing", ".", "<0xE2>", "<b>&%{x}")


@cache
def a_search(strategy: Strategy = Beam(size=4, max_length=9)) -> SentenceTranslation:  # noqa: B008
    """What a small random model finds for a sentence of five tokens."""
    model = opinionated(3, vocabulary_size=len(WORDS))
    source = torch.tensor([[5, 6, 7, 8, 3]])
    trace = search(model, source, torch.ones_like(source, dtype=torch.bool), strategy)[0]
    hypotheses = read_hypotheses(trace, WORDS, lambda ids, _: " ".join(WORDS[i] for i in ids), None, 5)
    return SentenceTranslation(
        Source("five words", tuple(WORDS[i] for i in source[0].tolist())), hypotheses, trace, WORDS
    )


@st.composite
def trees(draw: st.DrawFn, most: int = 40) -> Tree:
    """Any shape of search: nodes in order, only kept ones have children, one returned leaf."""
    nodes = [Node(0, None, 0, "<bos>", 0.0, 0.0, 0.0, 1, "root", np.zeros(2, np.float32))]
    for i in range(1, draw(st.integers(2, most))):
        open_nodes = [n.id for n in nodes if n.status in ("root", "kept")]
        parent = nodes[draw(st.sampled_from(open_nodes))]
        status = draw(st.sampled_from(("kept", "kept", "kept", "cut", "finished")))
        log_prob = -draw(st.floats(0.01, 5))
        total, step = parent.total_log_prob + log_prob, parent.step + 1
        rank = draw(st.integers(1, 9))
        nodes.append(Node(i, parent.id, step, f"▁{i}", log_prob, total, total / step, rank, status, parent.alignment))
    ends = [n for n in nodes[1:] if n.status == "finished"] or [nodes[-1]]
    best = max(ends, key=lambda n: n.score)
    nodes[best.id] = Node(**{**vars(best), "status": "returned"})
    return Tree(tuple(nodes))


def hypotheses_of(tree: Tree) -> list[Hypothesis]:
    """The finished hypotheses of a tree, best first."""
    leaves = sorted((n for n in tree.nodes if n.status in ("finished", "returned")), key=lambda n: -n.score)
    return [
        Hypothesis(
            tuple(n.token for n in tree.path(leaf.id)), "", leaf.score, leaf.total_log_prob, leaf.alignment, leaf.id
        )
        for leaf in leaves
    ]


def a_run(updates: int = 20) -> list[CurvePoint]:
    """A run with everything measured, the validation every fifth update."""
    return [
        CurvePoint(
            update,
            training_loss=5 / update,
            gold_loss=6 / update if update % 5 == 0 else None,
            own_loss=8 / update if update % 5 == 0 else None,
            exact_match=update / updates if update % 5 == 0 else None,
            bleu=update if update % 5 == 0 else None,
            teacher_forcing=1 - update / updates,
        )
        for update in range(1, updates + 1)
    ]


@cache
def every_figure() -> dict[str, go.Figure]:
    found = a_search()
    best = found.hypotheses[0]
    a_score = Score(30.0, "signature", 25.0, 36.0)
    return {
        "heatmap": alignment_heatmap(found.source.tokens, best.tokens, best.alignment, title="Where it looked"),
        "curves": curves(a_run(), [CurveEvent(7, "teacher forcing 1.0 → 0.0")], rival=a_run(9)),
        "no curves yet": curves([]),
        "quality by length": quality_by_length(
            {"a": [LengthScore("1-5", 3, a_score)], "<b>": [LengthScore("6-10", 1, a_score)]}
        ),
        "quality by beam": quality_by_beam({"a": [BeamScore(n, a_score, a_score, 0.1) for n in (1, 5)]}),
    }
