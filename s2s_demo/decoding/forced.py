"""What a model thinks of a given target: the oracle behind every number of a search."""

import torch
from torch import Tensor

from s2s_demo.model import Seq2Seq
from s2s_demo.text import Batch


@torch.inference_mode()
def forced_log_probs(model: Seq2Seq, batch: Batch) -> tuple[Tensor, Tensor]:
    """Log-probability of each gold token given the gold tokens before it [B, T], and alignment [B, T, S].

    Positions beyond a target's end have log-probability 0.
    """
    features, look = model(batch)
    log_probs = torch.log_softmax(model.logits(features, look, batch.source).float(), dim=-1)
    gold = log_probs.gather(-1, batch.target_out[..., None])[..., 0]
    return gold * batch.target_mask, look.alignment
