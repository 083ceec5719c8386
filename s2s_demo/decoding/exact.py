"""Exact search: the best of all translations, with a proof, or the best found within limits."""

import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from s2s_demo.decoding.beam import Beam
from s2s_demo.decoding.search import NEVER_WRITTEN, search
from s2s_demo.decoding.trace import Integers
from s2s_demo.decoding.tree import best_path
from s2s_demo.errors import check_range, check_whole
from s2s_demo.model import DecoderState, Memory, Seq2Seq
from s2s_demo.text import BOS, EOS, Utf8

AT_ONCE = 32  # beginnings that are continued together: depth first by handfuls, for a step of 32 costs little more


@dataclass(frozen=True)
class Exact:
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


@dataclass(frozen=True)
class Beginnings:
    """Some beginnings of one length: paths [K], their last tokens and totals [K], and the state they start from."""

    paths: tuple[tuple[int, ...], ...]
    tokens: Tensor
    totals: Tensor
    spelt: Integers
    state: DecoderState
    parents: Tensor

    def kept(self, stay: Tensor) -> "Beginnings":
        paths = tuple(path for path, one in zip(self.paths, stay.tolist(), strict=True) if one)
        tokens, totals, parents, spelt = (
            self.tokens[stay],
            self.totals[stay],
            self.parents[stay],
            self.spelt[stay.cpu().numpy()],
        )
        return Beginnings(paths, tokens, totals, spelt, self.state, parents)


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
) -> Exact:
    r"""The best translation of one sentence, source and mask [1, S], by the beam's score $\Sigma / L^\alpha$.

    Stahlberg & Byrne 2019: depth first, with the best found so far as a bound, at first the beam's.  Log-probabilities
    only fall, so a beginning whose $\Sigma$ is below the bound cannot win.  With $\alpha > 0$ each length $L$ has a
    bound of its own, best · $L^\alpha$, and a beginning goes on while it is above that of the greatest length.
    """
    check_whole("greatest number of nodes", most_nodes, 1, 10_000_000)
    check_range("seconds", most_seconds, 0.001, 3600)
    hunt = Hunt(model, model.encode(source, mask), beam, beam.max_length or 2 * int(mask.sum()) + 10, utf8)
    hunt.begin_with(source, mask)
    stack, nodes, empty, started = [hunt.root()], 0, 0.0, time.perf_counter()
    while stack and (not nodes or (nodes < most_nodes and time.perf_counter() - started < most_seconds)):
        top = stack.pop()
        top = top.kept(hunt.may_win(top.totals))
        if top.paths:
            following, ends = hunt.expand(top)
            empty = empty if nodes else ends
            nodes += len(top.paths)
            stack += following[::-1]
    score, total, tokens = hunt.best
    return Exact(tokens, total, score, not stack, nodes, time.perf_counter() - started, empty)


class Hunt:
    """One exact search under way: `best` is the best finished hypothesis so far, as (score, total, tokens)."""

    def __init__(self, model: Seq2Seq, memory: Memory, beam: Beam, limit: int, utf8: Utf8 | None) -> None:
        self.model, self.memory, self.beam, self.limit, self.utf8 = model, memory, beam, limit, utf8
        self.best: tuple[float, float, tuple[int, ...]] = (float("-inf"), float("-inf"), ())

    def begin_with(self, source: Tensor, mask: Tensor) -> None:
        """Take the beam's best as the first bound."""
        (trace,) = search(self.model, source, mask, self.beam, self.utf8)
        tokens, total, score = best_path(trace, int(mask.sum()))
        self.best = score, total, tokens

    def root(self) -> Beginnings:
        nothing = torch.zeros(1, dtype=torch.long, device=self.memory.mask.device)
        state = self.model.start(self.memory)
        return Beginnings(((),), nothing + BOS, nothing.double(), np.zeros(1, np.int64), state, nothing)

    def may_win(self, totals: Tensor) -> Tensor:
        """Which totals are above the bound of the greatest length, which is the lowest one."""
        bound: float = self.best[0] * self.limit**self.beam.alpha
        return totals > bound

    def expand(self, some: Beginnings) -> tuple[list[Beginnings], float]:
        """All ways on that may still win, likeliest first, by handfuls; and log P(`<eos>`) after the first of them."""
        length = len(some.paths[0]) + 1
        step = self.model.step(some.tokens[None], some.state.select(some.parents[None]), self.memory)
        log_probs = torch.log_softmax(step.logits.float(), dim=-1)
        log_probs[..., NEVER_WRITTEN] = float("-inf")
        if self.utf8:
            self.utf8.forbid(log_probs, some.spelt[None], np.array([self.limit - length]))
        sums = some.totals[:, None] + log_probs[0].double()  # [K, V]
        self._finish(some, sums[:, EOS], length)
        sums[:, EOS] = float("-inf")
        ends = float(log_probs[0, 0, EOS])
        if length == self.limit:
            return [], ends
        parents, tokens = self.may_win(sums).nonzero(as_tuple=True)
        totals = sums[parents, tokens]
        order = totals.argsort(descending=True)
        parents, tokens, totals = parents[order], tokens[order], totals[order]
        before = some.spelt[parents.cpu().numpy()]
        spelt = self.utf8.after(before, tokens.cpu().numpy()) if self.utf8 else np.zeros_like(before)
        paths = [(*some.paths[p], t) for p, t in zip(parents.tolist(), tokens.tolist(), strict=True)]
        handfuls = (slice(i, i + AT_ONCE) for i in range(0, len(paths), AT_ONCE))
        return [
            Beginnings(tuple(paths[some]), tokens[some], totals[some], spelt[some], step.state, parents[some])
            for some in handfuls
        ], ends

    def _finish(self, some: Beginnings, totals: Tensor, length: int) -> None:
        """End each beginning here, and keep the best of all."""
        most = int(totals.argmax())
        score = float(totals[most]) / length**self.beam.alpha
        if score > self.best[0]:
            self.best = score, float(totals[most]), (*some.paths[most], EOS)
