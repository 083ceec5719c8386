"""Coverage loss: look at everything once."""

from dataclasses import dataclass

import torch
from torch import Tensor

from s2s_demo.errors import SettingError
from s2s_demo.model import Seq2Seq
from s2s_demo.settings import setting
from s2s_demo.training.losses.base import Pass
from s2s_demo.training.losses.cross_entropy import CrossEntropy


@dataclass(frozen=True, kw_only=True)
class CoverageLoss(CrossEntropy):
    r"""See et al. 2017, eq. 12-13: cross-entropy, and a price for looking again at what was looked at.

    $\lambda \frac{1}{N} \sum_t \sum_i \min(\alpha_{t,i}, \kappa_{t,i})$, where $\kappa_t = \sum_{s < t} \alpha_s$.  For
    sources of which each word is needed once; it goes with coverage attention.
    """

    weight: float = setting(1.0, low=0, high=10, what="weight λ", help="how much looking again costs")

    def check(self, model: Seq2Seq) -> None:
        if not model.looks:
            raise SettingError("model.coverage-loss")

    def __call__(self, seen: Pass) -> tuple[Tensor, Tensor]:
        objective, plain = super().__call__(seen)
        if not self.weight:
            return objective, plain
        return objective + self.weight * looked_again(seen.look.alignment, seen.batch.target_mask), plain


def looked_again(alignment: Tensor, mask: Tensor) -> Tensor:
    """How much of what the rows of an alignment [B, T, S] weigh was weighed before; a mean over words [B, T]."""
    before = alignment.cumsum(dim=1) - alignment
    return torch.minimum(alignment, before).sum(dim=-1)[mask].mean()
