"""Unlikelihood: what was just written should not come again."""

from dataclasses import dataclass

import torch
from torch import Tensor

from s2s_demo.settings import setting
from s2s_demo.text import EOS
from s2s_demo.training.losses.base import Pass
from s2s_demo.training.losses.cross_entropy import CrossEntropy


@dataclass(frozen=True, kw_only=True)
class Unlikelihood(CrossEntropy):
    r"""Welleck et al. 2020, eq. 5: gold words should be likely, and words written before them unlikely.

    $-\log p(y_t) - \lambda \sum_{c \in C_t} \log(1 - p(c))$, where $C_t = \{y_1, \dots, y_{t-1}\} \setminus \{y_t\}$.
    For long outputs in which a model would repeat itself.
    """

    weight: float = setting(0.5, low=0, high=10, what="weight λ", help="how much a repeated word costs")

    def __call__(self, seen: Pass) -> tuple[Tensor, Tensor]:
        objective, plain = super().__call__(seen)
        if not self.weight:
            return objective, plain
        real = seen.batch.target_mask
        words = seen.log_probs().exp()
        repeats = written_before(seen.batch.target_out, words.shape[-1])[real]
        return objective - self.weight * (torch.log1p(-words.clamp_max(1 - 1e-6)) * repeats).sum() / len(words), plain


def written_before(target: Tensor, vocabulary_size: int) -> Tensor:
    """Which words stand before each place of target [B, T] and are not the word there: [B, T, V]."""
    own = torch.nn.functional.one_hot(target, vocabulary_size).bool()
    before = own.cumsum(dim=1) - own.long() > 0
    before[..., : EOS + 1] = False  # marks are no words
    return before & ~own
