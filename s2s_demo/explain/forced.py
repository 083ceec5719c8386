"""What a model itself thinks of given targets, in one pass: the true price of every token."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.explain.case import Case
from s2s_demo.text import Batch


@dataclass(frozen=True)
class Forced:
    """One target: log p of each token, the entropies (nats) of that choice and of the look, and the looks [T, S]."""

    log_probs: tuple[float, ...]
    entropies: tuple[float, ...]
    look_entropies: tuple[float, ...]
    looks: NDArray[np.float32]


@torch.inference_mode()
def forced(case: Case, targets: Sequence[Sequence[int]]) -> list[Forced]:
    """Let the model write some targets for a case's sentence, all at once."""
    batch = Batch.of([(case.row, target[:-1]) for target in targets]).to(case.translator.device)
    features, look = case.packed(batch)
    log_probs = torch.log_softmax(case.packed.logits(features, look, batch.source).float(), dim=-1)
    gold = log_probs.gather(-1, batch.target_out[..., None])[..., 0]
    columns = gold, entropy(log_probs), _entropy(look.alignment), look.alignment
    return [_cut(len(target), *row) for target, *row in zip(targets, *columns, strict=True)]


def forced_prices(case: Case, targets: Sequence[Sequence[int]]) -> list[tuple[float, ...]]:
    """log p of each token of some targets by the model itself."""
    return [each.log_probs for each in forced(case, targets)]


def _cut(length: int, *columns: Tensor) -> Forced:
    *numbers, looks = (column[:length] for column in columns)
    log_probs, entropies, look_entropies = (tuple(column.tolist()) for column in numbers)
    return Forced(log_probs, entropies, look_entropies, looks.float().cpu().numpy())


def entropy(log_probs: Tensor) -> Tensor:
    """log_probs [..., V] -> the entropy of each choice in nats [...]."""
    return _entropy(log_probs.exp())


def _entropy(probabilities: Tensor) -> Tensor:
    entropies: Tensor = torch.special.entr(probabilities.double()).sum(dim=-1)
    return entropies
