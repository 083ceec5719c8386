"""What every search strategy promises: settings, and one pure step."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from s2s_demo.settings import check_settings, setting
from s2s_demo.text import EOS

ALTERNATIVES = 5  # candidates recorded per hypothesis and step, at least


@dataclass(frozen=True)
class Candidates:
    """One step of a search for B sentences: C continuations of the K hypotheses, likeliest first.

    tokens, parents, ranks, slots [B, C] integers; log_probs, totals [B, C] in nats; finished
    [B, C].  parents and slots are places among the K hypotheses before and after the step; slot -1
    means that the candidate does not go on, either finished or cut.  Impossible candidates have a
    total of -inf.
    """

    tokens: Tensor
    parents: Tensor
    log_probs: Tensor
    totals: Tensor
    ranks: Tensor
    slots: Tensor
    finished: Tensor


@dataclass(frozen=True, kw_only=True)
class Strategy(ABC):
    """How to choose among the words the model proposes.

    A hypothesis of L tokens (`</s>` counts) with log-probability Σ has the score Σ / L^α, where α is
    `length_penalty`.  `max_length` bounds L; None allows twice the source's tokens and ten more.
    At the last step allowed, only `</s>` is.
    """

    name: ClassVar[str]
    max_length: int | None = setting(
        None,
        low=1,
        high=1000,
        local=True,
        what="max_length in tokens",
        help="longest translation of a sentence, in tokens (else twice the source's, and ten)",
    )

    def __post_init__(self) -> None:
        check_settings(self)

    @property
    def width(self) -> int:
        """K, the hypotheses kept alive per sentence."""
        return 1

    @property
    def returned(self) -> int:
        """How many finished hypotheses are returned, at most."""
        return self.width

    @property
    def alpha(self) -> float:
        """The length penalty in force."""
        return 0.0

    @property
    def branching(self) -> int:
        """Candidates recorded per hypothesis."""
        return max(self.width, ALTERNATIVES)

    def start(self, sentences: int, device: torch.device) -> Tensor:
        """Log-probabilities before the first word, totals [B, K]: one hypothesis, the others not there yet."""
        totals = torch.full((sentences, self.width), float("-inf"), dtype=torch.float64, device=device)
        totals[:, 0] = 0
        return totals

    @abstractmethod
    def choose(self, log_probs: Tensor, totals: Tensor, step: int) -> Candidates:
        """log_probs [B, K, V] of the next word, totals [B, K] so far -> what goes on and what does not."""

    def is_done(self, best_finished: Tensor, finished: Tensor, totals: Tensor, limits: Tensor) -> Tensor:
        """Which of the B sentences need no further step; here, those with no hypothesis alive.

        best_finished [B] the best score so far, finished [B] how many hypotheses have ended,
        totals [B, K] of those alive, limits [B] the greatest length allowed.
        """
        return torch.isinf(totals).all(dim=1)


def expand(log_probs: Tensor, totals: Tensor, branching: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The likeliest continuations of each hypothesis: tokens, parents, log-probs, totals, each [B, K * C]."""
    values, tokens = log_probs.topk(min(branching, log_probs.shape[-1]), dim=-1)  # [B, K, C]
    parents = torch.arange(tokens.shape[1], device=tokens.device)[None, :, None].expand_as(tokens)
    sums = totals[:, :, None] + values.double()
    return tokens.flatten(1), parents.flatten(1), values.flatten(1), sums.flatten(1)


def keep_best(log_probs: Tensor, totals: Tensor, width: int, branching: int) -> Candidates:
    """Rank all continuations of all hypotheses by Σ log p; the `width` best survive.

    A survivor that ends in `</s>` is finished, the others take the slots in order of rank.
    """
    tokens, parents, values, sums = expand(log_probs, totals, branching)
    order = sums.argsort(dim=1, descending=True, stable=True)
    tokens, parents, values, sums = (x.gather(1, order) for x in (tokens, parents, values, sums))
    ranks = torch.arange(1, tokens.shape[1] + 1, device=tokens.device).expand_as(tokens)
    survives = (ranks <= width) & ~torch.isinf(sums)
    finished = survives & (tokens == EOS)
    alive = survives & ~finished
    slots = torch.where(alive, alive.cumsum(dim=1) - 1, -1)
    return Candidates(tokens, parents, values, sums, ranks, slots, finished)
