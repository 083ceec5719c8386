"""What every loss promises, and all that it may look at."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from s2s_demo.model import Look, Seq2Seq
from s2s_demo.text import Batch


@dataclass(frozen=True, kw_only=True)
class Pass:
    """One pass of a model over a batch of B pairs, before the weights move.

    `features` [B, T, E] are what `model.output` turns into logits, `look` [B, T, S] is where each word looked.
    `smoothing` is the share of a target that every word of the vocabulary gets alike (Szegedy et al. 2016, section
    7).  A loss that draws samples draws them with `noise`.
    """

    model: Seq2Seq
    batch: Batch
    features: Tensor
    look: Look
    noise: torch.Generator
    smoothing: float = 0.0

    def log_probs(self) -> Tensor:
        """Log-probability of every word at each of the N real places: [N, V]."""
        real = self.batch.target_mask
        features = self.features.to(self.model.output.weight.dtype)  # which may have come in bf16
        if self.look.p_gen is None:  # padding needs no product
            return torch.log_softmax(self.model.output(features[real]).float(), dim=-1)
        return self.model.logits(features, self.look, self.batch.source)[real]


@dataclass(frozen=True, kw_only=True)
class Loss(ABC):
    """A frozen record of its own settings; called with a pass, it says what to minimise."""

    def check(self, model: Seq2Seq) -> None:
        """Raise SettingError where the loss has nothing to say about this model; most work with all."""
        return

    def fitted(self, targets: Iterable[Sequence[int]], vocabulary_size: int) -> "Loss":
        """The loss that knows the training targets (token numbers), before the first update; most do not care."""
        return self

    @abstractmethod
    def __call__(self, seen: Pass) -> tuple[Tensor, Tensor]:
        """The objective to go down on, and the plain cross-entropy to report (nats per token, no gradient)."""
