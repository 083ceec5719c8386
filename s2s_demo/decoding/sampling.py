"""Sampling: roll the model's dice."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from s2s_demo.decoding.strategy import ALTERNATIVES, Candidates, Strategy, expand
from s2s_demo.decoding.trace import Floats
from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.text import EOS


@dataclass(frozen=True, kw_only=True)
class Sampling(Strategy):
    """Draw each word from the model's distribution, `samples` times over.

    `temperature` below 1 sharpens it, above 1 flattens it; `top_k` draws among the k likeliest
    words only (0: all; Fan et al. 2018), `top_p` among the fewest that together have probability
    p (Holtzman et al. 2020).  The same seed gives the same draws, whatever else is in the batch.
    Recorded log-probabilities are the model's own, before temperature and filters.
    """

    name: ClassVar[str] = "sampling"
    temperature: float = setting(
        1.0,
        low=0.01,
        high=10,
        slider=(0.1, 2),
        step=0.1,
        what="temperature",
        help="below 1 sharper, above 1 flatter",
    )
    top_k: int = setting(
        0,
        low=0,
        high=200_000,
        slider=(0, 100),
        step=1,
        link="top-k",
        what="top-k",
        help="draw among the k likeliest words only, 0 for all",
    )
    top_p: float = setting(
        1.0,
        low=0.001,
        high=1,
        slider=(0.05, 1),
        step=0.05,
        link="top-p",
        what="top-p",
        help="draw among the fewest words that hold this probability",
    )
    seed: int = setting(
        0, low=0, high=2**62, shared=(0, 2**31 - 1), what="seed", help="the same seed draws the same words"
    )
    samples: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("number of samples", self.samples, 1, 100)

    @property
    def width(self) -> int:
        return self.samples

    @property
    def branching(self) -> int:
        return ALTERNATIVES

    def start(self, sentences: int) -> Floats:
        return np.zeros((sentences, self.samples))

    def choose(self, log_probs: Tensor, totals: Floats, step: int) -> Candidates:
        draws = self._draw(log_probs, step)  # [B, K]
        likely = log_probs.gather(-1, draws[..., None])
        true_rank = ((log_probs > likely).sum(dim=-1) + 1).cpu().numpy()  # of the drawn word
        drawn, value = draws.cpu().numpy(), likely[..., 0].cpu().numpy()
        tokens, parents, values, sums = expand(log_probs, totals, self.branching)
        shape = (*drawn.shape, -1)
        tokens, values, sums = tokens.reshape(shape).copy(), values.reshape(shape).copy(), sums.reshape(shape)
        # A draw from outside the recorded candidates takes the place of the least likely of them.
        own = tokens == drawn[..., None]
        own[..., -1] |= ~own.any(axis=-1)
        last = own[..., -1]
        tokens[..., -1] = np.where(last, drawn, tokens[..., -1])
        values[..., -1] = np.where(last, value, values[..., -1])
        sums[..., -1] = np.where(last, totals + value, sums[..., -1])
        ranks = np.broadcast_to(np.arange(1, tokens.shape[-1] + 1), tokens.shape).copy()
        ranks[..., -1] = np.where(last, true_rank, ranks[..., -1])
        alive = own & (sums > -np.inf)  # NaN is not
        finished = alive & (tokens == EOS)
        slots = np.where(alive & ~finished, np.arange(self.samples)[:, None], -1)
        flat = (len(tokens), -1)
        return Candidates(
            tokens.reshape(flat),
            parents,
            values.reshape(flat),
            sums.reshape(flat),
            ranks.reshape(flat),
            slots.reshape(flat),
            finished.reshape(flat),
        )

    def _draw(self, log_probs: Tensor, step: int) -> Tensor:
        """One word per hypothesis [B, K], by inverting the cumulative distribution at a seeded point.

        Words stand in the order of the vocabulary: an order by probability changes with the last digit of two
        words that are about as likely, and then the same point hits another word.
        """
        probs = torch.softmax(log_probs.double() / self.temperature, dim=-1)
        cumulative = self._filtered(probs).cumsum(dim=-1)
        generator = torch.Generator().manual_seed((self.seed * 1_000_003 + step) % 2**63)
        points = torch.rand(self.samples, generator=generator, dtype=torch.float64).to(log_probs.device)
        total = cumulative[..., -1:]
        point = torch.minimum(points[None, :, None] * total, total.nextafter(torch.zeros_like(total)))
        drawn = torch.searchsorted(cumulative, point, right=True)[..., 0]
        return drawn.clamp_max(log_probs.shape[-1] - 1)  # past the end only where the model computes NaN

    def _filtered(self, probs: Tensor) -> Tensor:
        """probs [B, K, V] with 0 for the words that top-k and top-p leave out."""
        if self.top_k and self.top_k < probs.shape[-1]:
            least = probs.topk(self.top_k, dim=-1).values[..., -1:]
            probs = probs.masked_fill(probs < least, 0)
        if self.top_p < 1:
            ordered = probs.sort(dim=-1, descending=True).values
            before = ordered.cumsum(dim=-1) - ordered
            kept = (before < self.top_p * ordered.sum(dim=-1, keepdim=True)).sum(dim=-1, keepdim=True)
            probs = probs.masked_fill(probs < ordered.gather(-1, kept - 1), 0)
        return probs
