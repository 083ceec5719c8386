"""Guided attention: a penalty for looking elsewhere than a word aligner says (Chen et al. 2016, section 3)."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.text import Batch, Pair, Row

Cells = NDArray[np.int64]  # [N, 2]: target piece, source piece
Guide = Callable[[Pair, Row, Sequence[int]], Cells]  # which pieces belong together


def allowed_places(cells: Sequence[Cells], batch: Batch) -> Tensor:
    """Where each target piece of B sentences may look [B, T, S], given the linked pieces of each sentence.

    A linked piece at the pieces it is linked to; any other at all of the sentence, but not at its
    `<eos>`; the last `<eos>` at that of the source alone.
    """
    sources, targets = batch.source_mask.sum(dim=1) - 1, batch.target_mask.sum(dim=1) - 1
    rows = torch.arange(len(sources))
    inside = batch.source_mask.clone()
    inside[rows, sources] = False
    allowed = inside[:, None].repeat(1, batch.target_in.shape[1], 1)
    sentence = torch.arange(len(cells)).repeat_interleave(torch.tensor([len(found) for found in cells]))
    target, source = torch.from_numpy(np.concatenate([*cells, np.empty((0, 2), np.int64)])).T
    allowed[sentence, target] = False
    allowed[sentence, target, source] = True
    allowed[rows, targets] = False
    allowed[rows, targets, sources] = True
    return allowed


def misplaced(energies: Tensor, allowed: Tensor, mask: Tensor) -> Tensor:
    """-log of the weight on allowed places, a mean over target tokens (nats): 0 looks at nothing else.

    energies and allowed [B, T, S], mask [B, T].  Any split of the weight among allowed places will
    do, so a word that translates two is free to choose.  From the energies, so that the gradient is
    strongest where the weight has all but vanished.
    """
    energies, allowed = energies[mask], allowed[mask]
    right = energies.masked_fill(~allowed, float("-inf"))
    return (energies.logsumexp(dim=-1) - right.logsumexp(dim=-1)).mean()
