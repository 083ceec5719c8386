"""How good a model is while it trains: with the gold words before it, and with its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from s2s_demo.model import Seq2Seq
from s2s_demo.text import Batch
from s2s_demo.training.losses import gold_scores


@dataclass(frozen=True)
class PrefixScores:
    """Loss (nats per token) and accuracy (share of tokens) under one kind of prefix."""

    loss: float
    accuracy: float


@torch.no_grad()
def prefix_scores(model: Seq2Seq, batches: Sequence[Batch], teacher_forcing: float) -> PrefixScores:
    """Score gold targets when each word follows gold words (1.0) or the model's own words (0.0).

    The difference of the two losses on the same sentences is the exposure bias (Ranzato et al.
    2016): what the model loses because in training it never saw its own mistakes.
    """
    loss = hits = count = 0.0
    for batch in batches:
        features, look = model(batch, None, teacher_forcing)
        log_probs, right = gold_scores(model, features, look, batch)
        loss -= float(log_probs.sum())
        hits += float(right.sum())
        count += len(right)
    return PrefixScores(loss / count, hits / count)
