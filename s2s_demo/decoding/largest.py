"""The few largest of many numbers, in two rounds: the best groups first, then the best within them."""

import torch
from torch import Tensor

DEPTH = 16  # numbers in a group: shallow enough for the second round to be short
WORTH = 1000  # numbers; among fewer, one round is as quick


def largest(scores: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The `count` largest of each row of scores [..., V] and where they stand, each [..., count].

    Exactly as `topk`: each of the largest lies in one of the `count` groups with the largest maxima, for a group left
    out has `count` groups before it, each with a number at least as large.  A maximum over groups that lie across the
    row costs a tenth of looking for the largest in it.
    """
    groups = scores.shape[-1] // DEPTH
    if scores.shape[-1] < WORTH or count > groups // 4:
        values, places = scores.topk(count, dim=-1)
        return values, places
    grouped = groups * DEPTH
    first = scores[..., :grouped].unflatten(-1, (DEPTH, groups)).amax(dim=-2).topk(count, dim=-1, sorted=False).indices
    members = torch.arange(0, grouped, groups, device=scores.device)
    places = (first[..., None] + members).flatten(-2)
    if grouped < scores.shape[-1]:
        rest = torch.arange(grouped, scores.shape[-1], device=scores.device)
        places = torch.cat([places, rest.expand(*places.shape[:-1], -1)], dim=-1)
    values, among = scores.gather(-1, places).topk(count, dim=-1)
    return values, places.gather(-1, among)
