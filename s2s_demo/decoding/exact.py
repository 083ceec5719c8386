"""Exact search: the best of all translations, with a proof, or the best found within limits."""

from dataclasses import dataclass, replace
from typing import ClassVar

import torch
from torch import Tensor

from s2s_demo.decoding.beam import Beam
from s2s_demo.decoding.hunt import Hunt
from s2s_demo.decoding.retold import retold
from s2s_demo.decoding.search import search
from s2s_demo.decoding.strategy import Sentence
from s2s_demo.decoding.trace import Trace
from s2s_demo.decoding.tree import best_path
from s2s_demo.errors import check_range, check_whole
from s2s_demo.model import Seq2Seq
from s2s_demo.settings import setting
from s2s_demo.text import Utf8
from s2s_demo.words import Said


@dataclass(frozen=True, kw_only=True)
class Exact(Beam):
    r"""The best of all translations, with a proof, where the limits allow it (Stahlberg & Byrne 2019).

    Depth first, with the best found so far as a bound, at first the beam's.  Log-probabilities only fall, so a
    beginning whose $\Sigma$ is below the bound cannot win; with $\alpha > 0$ the bound is that of the greatest
    length, best · $L_{max}^\alpha$.  Use it to see whether a mistake is the search's or the model's.
    """

    name: ClassVar[str] = "exact"
    takes_its_time: ClassVar[bool] = True
    most_nodes: int = setting(
        20_000,
        low=1,
        high=10_000_000,
        shared=(1, 50_000),
        step=1,
        link="nodes",
        what="most beginnings",
        help="beginnings that are continued, at most",
    )
    most_seconds: float = setting(
        5.0,
        low=0.001,
        high=3600,
        shared=(0.1, 10),
        step=0.1,
        link="within",
        what="most seconds",
        help="for a sentence, at most",
    )

    def after(self, trace: Trace, sentence: Sentence) -> Trace:
        hunt = _hunt(sentence, self, trace)
        hunt.run(most_nodes=self.most_nodes, most_seconds=self.most_seconds)
        told = retold(hunt, sentence)
        facts = {"proved": hunt.complete, **told.facts, "empty_log_prob": hunt.empty_log_prob}
        key = "notices.search.proved" if hunt.complete else "notices.search.best-so-far"
        return replace(told, facts=facts, said=Said(key, told.facts))


@dataclass(frozen=True)
class Found:
    """What an exact search found: tokens (the final `<eos>` included), Σ log p and Σ / L^α.

    `proved`: nothing scores higher; else the search stopped at a limit, and this is the best so far.  `nodes` are the
    beginnings that were continued, in so many `seconds` after the beam's; `empty_log_prob` is the price of saying
    nothing at all, log P(`<eos>`) at step 1.
    """

    tokens: tuple[int, ...]
    total_log_prob: float
    score: float
    proved: bool
    nodes: int
    seconds: float
    empty_log_prob: float


@torch.inference_mode()
def exact_search(
    model: Seq2Seq,
    source: Tensor,
    mask: Tensor,
    beam: Beam,
    utf8: Utf8 | None = None,
    *,
    most_nodes: int = 20_000,
    most_seconds: float = 5.0,
) -> Found:
    r"""The best translation of one sentence, source and mask [1, S], by the beam's score $\Sigma / L^\alpha$.

    As the strategy `Exact`, whose trace is not wanted.
    """
    check_whole("greatest number of nodes", most_nodes, 1, 10_000_000)
    check_range("seconds", most_seconds, 0.001, 3600)
    (trace,) = search(model, source, mask, beam, utf8)
    hunt = _hunt(Sentence(model, source, mask, utf8, str), beam, trace)
    hunt.run(most_nodes=most_nodes, most_seconds=most_seconds)
    score, total, tokens = hunt.best
    return Found(tokens, total, score, hunt.complete, len(hunt.continued), hunt.seconds, hunt.empty_log_prob)


def _hunt(sentence: Sentence, beam: Beam, trace: Trace) -> Hunt:
    """A hunt whose first bound is the best of a beam's trace."""
    memory = sentence.model.encode(sentence.source, sentence.mask)
    words = int(sentence.mask.sum())
    limit = beam.max_length or 2 * words + 10
    hunt = Hunt(sentence.model, memory, alpha=beam.alpha, limit=limit, kept=beam.returned, utf8=sentence.utf8)
    tokens, total, score = best_path(trace, words)
    hunt.end(score, total, tokens)
    return hunt
