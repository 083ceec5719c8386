"""Diverse beam search: groups of beginnings that keep out of each other's way."""

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from s2s_demo.decoding.beam import Beam
from s2s_demo.decoding.largest import largest
from s2s_demo.decoding.strategy import Candidates
from s2s_demo.decoding.trace import Booleans, Floats, Integers
from s2s_demo.settings import setting
from s2s_demo.text import EOS


@dataclass(frozen=True, kw_only=True)
class DiverseBeam(Beam):
    r"""Several small beams side by side, each of which pays for words that those before it chose.

    Vijayakumar et al. 2016: the beam's k places are shared among G groups; at each step group $g$ ranks by
    $\Sigma - \lambda \, n(y)$, where $n(y)$ counts how often the groups before it have just written $y$.  What wins
    in the end is the model's own score.  For several different translations instead of one in many spellings.
    """

    name: ClassVar[str] = "diverse_beam"
    groups: int = setting(
        5,
        low=1,
        high=100,
        shared=(1, 10),
        step=1,
        link="groups",
        what="groups, at most",
        help="small beams side by side; each has a place at least",
    )
    diversity: float = setting(
        0.5,
        low=0,
        high=100,
        shared=(0, 5),
        step=0.1,
        link="diversity",
        what="diversity λ",
        help="the price of a word that a group before chose",
    )

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """The first place of each group, and the one past its last; they differ by one place at most."""
        groups = min(self.groups, self.size)
        ends = [0]
        for group in range(groups):
            ends.append(ends[-1] + self.size // groups + (group < self.size % groups))
        return tuple(pairwise(ends))

    def start(self, sentences: int) -> Floats:
        totals = np.full((sentences, self.size), -np.inf)
        totals[:, [first for first, _ in self.places]] = 0
        return totals

    def choose(self, log_probs: Tensor, totals: Floats, step: int) -> Candidates:
        used = torch.zeros_like(log_probs[:, 0])  # [B, V]: how often the groups so far have just chosen each word
        parts = []
        for first, end in self.places:
            part = self._of_group(log_probs[:, first:end], totals[:, first:end], used, first)
            parts.append(part)
            chosen = torch.from_numpy(np.where((part.slots >= 0) | part.finished, part.tokens, -1)).to(used.device)
            used = used.scatter_add(1, chosen.clamp_min(0), (chosen >= 0).to(used.dtype))
        names = [each.name for each in fields(Candidates)]
        return Candidates(**{name: np.concatenate([getattr(part, name) for part in parts], axis=1) for name in names})

    def _of_group(self, log_probs: Tensor, totals: Floats, used: Tensor, first: int) -> Candidates:
        """As `keep_best`, by what is left after the price of words already used."""
        width, count = log_probs.shape[1], min(self.branching, log_probs.shape[-1])
        left = log_probs - self.diversity * used[:, None]
        found = largest(left, count)[1]
        tokens, log_p, worth = (
            part.cpu().numpy().reshape(len(log_probs), -1)
            for part in (found, log_probs.gather(-1, found).double(), left.gather(-1, found).double())
        )
        parents = np.arange(width).repeat(count)[None].repeat(len(log_probs), axis=0)
        order = np.argsort(-(np.take_along_axis(totals, parents, axis=1) + worth), axis=1, kind="stable")
        tokens, log_p = np.take_along_axis(tokens, order, axis=1), np.take_along_axis(log_p, order, axis=1)
        parents = np.take_along_axis(parents, order, axis=1)
        sums = np.take_along_axis(totals, parents, axis=1) + log_p
        ranks = np.arange(1, tokens.shape[1] + 1)[None].repeat(len(tokens), axis=0)
        survives = (ranks <= width) & ~np.isinf(sums)
        finished = survives & (tokens == EOS)
        alive = survives & ~finished
        slots = np.where(alive, first + alive.cumsum(axis=1) - 1, -1)
        return Candidates(tokens, parents + first, log_p, sums, ranks, slots, finished)

    def is_done(self, best_finished: Floats, finished: Integers, totals: Floats, limits: Integers) -> Booleans:
        """When each group, taken as a beam by itself, is done."""
        done = [
            Beam(size=end - first, length_penalty=self.length_penalty).is_done(
                best_finished[:, first:end], finished[:, first:end], totals[:, first:end], limits
            )
            for first, end in self.places
        ]
        return np.asarray(np.all(done, axis=0))
