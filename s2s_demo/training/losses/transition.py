"""Transition loss: writing what never follows the word before costs more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from s2s_demo.settings import setting
from s2s_demo.text import BOS, EOS
from s2s_demo.training.losses.base import Pass
from s2s_demo.training.losses.cross_entropy import CrossEntropy


@dataclass(frozen=True, kw_only=True)
class Transition(CrossEntropy):
    r"""Cross-entropy, and a price for transitions that the training targets do not have.

    $\lambda \frac{1}{N} \sum_t \sum_y p(y \mid y_{<t}, x) \cdot (-\log \pi(y \mid y_{t-1}))$, where $\pi$ are the
    targets' bigrams, smoothed with their words: $\pi(y \mid v) = (n_{vy} + \kappa \, \pi(y)) / (n_v + \kappa)$.  For
    little data, where a model still writes words that do not go together.
    """

    weight: float = setting(0.1, low=0, high=10, what="weight λ", help="how much an unseen transition costs")
    prior: float = setting(1.0, low=0.001, high=1000, what="smoothing κ", help="how many counts the words alone weigh")

    def fitted(self, targets: Iterable[Sequence[int]], vocabulary_size: int) -> "Priced":
        return Priced(weight=self.weight, prior=self.prior, bigrams=Bigrams.of(targets, vocabulary_size))


@dataclass(frozen=True, kw_only=True)
class Priced(Transition):
    """The transition loss that knows what follows what."""

    bigrams: "Bigrams"

    def __call__(self, seen: Pass) -> tuple[Tensor, Tensor]:
        objective, plain = super().__call__(seen)
        if not self.weight:
            return objective, plain
        real = seen.batch.target_mask
        prices = self.bigrams.prices(seen.batch.target_in[real], self.prior)  # [N, V]
        words = seen.log_probs().exp()
        return objective + self.weight * (words * prices).sum(dim=-1).mean(), plain


@dataclass(frozen=True)
class Bigrams:
    """How often each word follows each in some targets: sparse counts [V, V], and of words [V]."""

    pairs: Tensor
    words: Tensor

    @classmethod
    def of(cls, targets: Iterable[Sequence[int]], vocabulary_size: int) -> "Bigrams":
        """Count the targets' words, `<bos>` before them and `<eos>` after."""
        places = [pair for target in targets for pair in zip((BOS, *target), (*target, EOS), strict=True)]
        index = torch.tensor(places).T
        size = (vocabulary_size, vocabulary_size)
        pairs = torch.sparse_coo_tensor(index, torch.ones(len(places)), size, check_invariants=False).coalesce()
        return cls(pairs, torch.bincount(index[1], minlength=vocabulary_size).float())

    def prices(self, before: Tensor, prior: float) -> Tensor:
        """-log π of every word after each of `before` [N]: [N, V], in nats."""
        share = ((self.words + 1) / (self.words + 1).sum()).to(before.device)  # no word is impossible
        counts = self.pairs.to(before.device).index_select(0, before).to_dense()
        return -((counts + prior * share) / (counts.sum(dim=1, keepdim=True) + prior)).log()
