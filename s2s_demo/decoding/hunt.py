"""Depth first through all translations of one sentence, past no beginning that cannot win any more."""

import heapq
import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from s2s_demo.decoding.search import NEVER_WRITTEN
from s2s_demo.decoding.trace import Integers
from s2s_demo.model import DecoderState, Memory, Seq2Seq
from s2s_demo.text import BOS, EOS, Utf8

AT_ONCE = 32  # beginnings that are continued together: depth first by handfuls, for a step of 32 costs little more

Path = tuple[int, ...]
Ended = tuple[float, float, Path]  # score, Σ log p, tokens (`<eos>` included) of what is finished
NOTHING: Ended = (float("-inf"), float("-inf"), ())


@dataclass(frozen=True)
class Beginnings:
    """Some beginnings of one length: paths [K], their last tokens and totals [K], and the state they start from."""

    paths: tuple[Path, ...]
    tokens: Tensor
    totals: Tensor
    spelt: Integers
    state: DecoderState
    parents: Tensor

    def kept(self, stay: Tensor) -> "Beginnings":
        """Only some of them."""
        paths = tuple(path for path, one in zip(self.paths, stay.tolist(), strict=True) if one)
        spelt = self.spelt[stay.cpu().numpy()]
        return Beginnings(paths, self.tokens[stay], self.totals[stay], spelt, self.state, self.parents[stay])


class Hunt:
    r"""One search under way: `ended` holds the best finished hypotheses so far, `best` the best of them.

    Ranked by $\Sigma / L^\alpha$; nothing is longer than `limit` tokens.  `bounded` passes by what cannot win;
    otherwise everything is looked at.  `continued` are the beginnings that were, each with its $\Sigma$.
    """

    def __init__(
        self,
        model: Seq2Seq,
        memory: Memory,
        *,
        alpha: float,
        limit: int,
        kept: int,
        utf8: Utf8 | None = None,
        bounded: bool = True,
    ) -> None:
        self.model, self.memory, self.alpha, self.limit, self.utf8 = model, memory, alpha, limit, utf8
        self.kept, self.bounded = kept, bounded
        self.ended: list[Ended] = []
        self.continued: list[tuple[float, Path]] = []
        self.empty_log_prob, self.seconds, self.complete = 0.0, 0.0, False

    @property
    def best(self) -> Ended:
        return max(self.ended, default=NOTHING)

    def end(self, score: float, total: float, path: Path) -> None:
        """Take in something finished, if it is among the best."""
        if any(path == known for _, _, known in self.ended):
            return
        heapq.heappush(self.ended, (score, total, path))
        if len(self.ended) > self.kept:
            heapq.heappop(self.ended)

    def run(self, *, most_nodes: float, most_seconds: float) -> None:
        """Look until nothing is left that may win, or a limit is reached; one handful is always looked at."""
        stack, started = [self.root()], time.perf_counter()
        while stack and (
            not self.continued or (len(self.continued) < most_nodes and time.perf_counter() - started < most_seconds)
        ):
            top = stack.pop()
            top = top.kept(self.may_win(top.totals))
            if top.paths:
                stack += self.expand(top)[::-1]
        self.complete, self.seconds = not stack, time.perf_counter() - started

    def root(self) -> Beginnings:
        nothing = torch.zeros(1, dtype=torch.long, device=self.memory.mask.device)
        state = self.model.start(self.memory)
        return Beginnings(((),), nothing + BOS, nothing.double(), np.zeros(1, np.int64), state, nothing)

    def may_win(self, totals: Tensor) -> Tensor:
        """Which totals are above the bound of the greatest length, which is the lowest one."""
        bound = self.best[0] * self.limit**self.alpha if self.bounded else float("-inf")
        return totals > bound

    def expand(self, some: Beginnings) -> list[Beginnings]:
        """All ways on that may still win, likeliest first, by handfuls."""
        length = len(some.paths[0]) + 1
        step = self.model.step(some.tokens[None], some.state.select(some.parents[None]), self.memory)
        log_probs = torch.log_softmax(step.logits.float(), dim=-1)
        log_probs[..., NEVER_WRITTEN] = float("-inf")
        if self.utf8:
            self.utf8.forbid(log_probs, some.spelt[None], np.array([self.limit - length]))
        sums = some.totals[:, None] + log_probs[0].double()  # [K, V]
        if not self.continued:
            self.empty_log_prob = float(log_probs[0, 0, EOS])
        self.continued += zip(some.totals.tolist(), some.paths, strict=True)
        self._finish(some, sums[:, EOS], length)
        sums[:, EOS] = float("-inf")
        if length == self.limit:
            return []
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
        ]

    def _finish(self, some: Beginnings, totals: Tensor, length: int) -> None:
        """End the likeliest of the beginnings here, as many as are kept."""
        for at in totals.topk(min(self.kept, len(totals))).indices.tolist():
            total = float(totals[at])
            if total > float("-inf"):
                self.end(total / length**self.alpha, total, (*some.paths[at], EOS))
