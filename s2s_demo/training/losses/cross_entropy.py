"""Cross-entropy with label smoothing, without ever holding all logits at once."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional

from s2s_demo.model import Look, Seq2Seq
from s2s_demo.text import Batch
from s2s_demo.training.losses.base import Loss, Pass

CHUNK = {"cpu": 256, "cuda": 4096}  # rows of logits alive at a time: on a CPU a few megabytes, which its caches hold


class _ChunkedCrossEntropy(torch.autograd.Function):
    """Projects, normalises and differentiates a chunk of rows at a time: only the slopes are kept, in the narrow type.

    The share of smoothing that every word gets alike has rank one, so it is taken off at the end.
    """

    @staticmethod
    def forward(
        ctx: Any, features: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, smoothing: float
    ) -> tuple[Tensor, Tensor]:
        count, dtype, even = len(features), features.dtype, smoothing / len(weight)
        narrow, narrow_bias = weight.to(dtype), bias.to(dtype)
        slopes = features.new_empty(count, len(weight))
        d_bias, objective, nll = torch.zeros_like(bias), weight.new_zeros(()), weight.new_zeros(())
        size = CHUNK[features.device.type]
        for start in range(0, count, size):
            rows, gold = features[start : start + size], targets[start : start + size, None]
            logits = torch.addmm(narrow_bias, rows, narrow.T).float()
            largest, of_gold, of_all = logits.amax(dim=1), logits.gather(1, gold).sum(), logits.sum()
            slope = torch.softmax(logits, dim=1, out=logits)  # one exponential for each number, where log p needs two
            normalisers = largest - slope.amax(dim=1).log()  # log of the sum of exponentials
            missed = normalisers.sum() - of_gold
            nll += missed
            objective += (1 - smoothing) * missed + even * (len(weight) * normalisers.sum() - of_all)
            slope.scatter_add_(1, gold, slope.new_full(gold.shape, smoothing - 1))
            d_bias += slope.sum(dim=0)
            slopes[start : start + size] = slope
        d_features = slopes @ narrow - even * narrow.sum(dim=0)
        d_weight = (slopes.T @ features).to(weight.dtype) - even * features.sum(dim=0, dtype=weight.dtype)
        ctx.save_for_backward(d_features, d_weight, d_bias - count * even)
        ctx.mark_non_differentiable(nll)
        return objective / count, nll / count

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, d_objective: Tensor, d_nll: Tensor) -> Any:
        d_features, d_weight, d_bias = ctx.saved_tensors
        scale = d_objective / len(d_features)
        return d_features * scale.to(d_features.dtype), d_weight * scale, d_bias * scale, None, None


@dataclass(frozen=True, kw_only=True)
class CrossEntropy(Loss):
    r"""Maximum likelihood: each gold word should be likely after the words before it.

    $-\frac{1}{N} \sum_{t} \log p(y_t \mid y_{<t}, x)$ over the N target words of a batch.
    """

    def __call__(self, seen: Pass) -> tuple[Tensor, Tensor]:
        real = seen.batch.target_mask
        if seen.look.p_gen is not None:  # copied or generated: no chunks, for the mixture is not a softmax's
            log_probs = seen.log_probs()
            missed = -log_probs.gather(1, seen.batch.target_out[real][:, None]).mean()
            return (1 - seen.smoothing) * missed - seen.smoothing * log_probs.mean(), missed.detach()
        objective, plain = cross_entropy(
            seen.features[real], seen.model.output, seen.batch.target_out[real], seen.smoothing
        )
        return objective, plain.detach()


def cross_entropy(
    features: Tensor, output: torch.nn.Linear, targets: Tensor, smoothing: float = 0.0
) -> tuple[Tensor, Tensor]:
    """What to minimise and what to report: (smoothed cross-entropy, plain cross-entropy), nats per token.

    features [N, E] go through `output` to V logits and are compared with targets [N]; smoothing s
    spreads a share s of each target evenly over the vocabulary (Szegedy et al. 2016, section 7).
    """
    losses: tuple[Tensor, Tensor] = _ChunkedCrossEntropy.apply(  # type: ignore[no-untyped-call]
        features, output.weight, output.bias, targets, smoothing
    )
    return losses


@torch.no_grad()
def gold_scores(model: Seq2Seq, features: Tensor, look: Look, batch: Batch) -> tuple[Tensor, Tensor]:
    """As `log_probs_of`, of the gold words of a batch after one pass of the model."""
    real = batch.target_mask
    if look.p_gen is None:
        return log_probs_of(features[real], model.output, batch.target_out[real])
    log_probs, gold = model.logits(features, look, batch.source)[real], batch.target_out[real]
    return log_probs.gather(1, gold[:, None])[:, 0], log_probs.argmax(-1) == gold


@torch.no_grad()
def log_probs_of(features: Tensor, output: torch.nn.Linear, targets: Tensor) -> tuple[Tensor, Tensor]:
    """Log-probability of each target [N], and whether it was the likeliest word [N]."""
    parts, size = [], CHUNK[features.device.type]
    for start in range(0, len(features), size):
        logits = (
            functional.linear(features[start : start + size], output.weight.to(features.dtype)).float() + output.bias
        )
        gold = targets[start : start + size]
        parts.append((torch.log_softmax(logits, -1).gather(1, gold[:, None])[:, 0], logits.argmax(-1) == gold))
    return torch.cat([p for p, _ in parts]), torch.cat([hit for _, hit in parts])
