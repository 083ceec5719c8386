"""How what was drawn on the way learns: the score function's gradient (Williams 1992), for hard attention."""

import torch
from torch import Tensor

from s2s_demo.model import Look, Seq2Seq
from s2s_demo.text import Batch
from s2s_demo.training.losses import gold_scores


def learn_from_draws(log_probs: Tensor, rewards: Tensor, mask: Tensor) -> Tensor:
    r"""What to add to an objective so that draws that paid become likelier; its own value means nothing.

    log_probs [B, T] of what was drawn at each word, rewards [B, T] (log-probability of each gold word), mask [B, T]
    of real words.  A draw is worth all that follows it, $R_t = \sum_{s \ge t} r_s$, less a baseline: the mean of the
    same for the other sentences of the batch, which lowers the variance of the gradient and leaves its mean (Xu et
    al. 2015 take a moving average).
    """
    rewards = (rewards * mask).detach()
    returns = rewards.flip(1).cumsum(dim=1).flip(1)
    others = (mask.sum(dim=0) - 1).clamp_min(1)
    baseline = ((returns * mask).sum(dim=0) - returns) / others  # 0 where a sentence is alone
    return -((returns - baseline) * log_probs)[mask].sum() / mask.sum()


@torch.no_grad()
def gold_log_probs(model: Seq2Seq, features: Tensor, look: Look, batch: Batch) -> Tensor:
    """Log-probability of each gold word [B, T]; 0 beyond a target's end."""
    found = torch.zeros(batch.target_mask.shape, device=features.device)
    found[batch.target_mask] = gold_scores(model, features, look, batch)[0]
    return found
