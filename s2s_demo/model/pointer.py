"""The pointer: a word is generated as ever, or copied from where the decoder looks."""

import torch
from torch import Tensor, nn

from s2s_demo.model.config import ModelConfig


class Pointer(nn.Module):
    r"""See et al. 2017, eq. 8-9: $p(w) = p_\mathrm{gen} \, p_t(w) + (1 - p_\mathrm{gen}) \sum_{i: x_i = w} \alpha_i$.

    $p_\mathrm{gen} = \mathrm{sigmoid}(w^\top [o_t; c_t; y_{t-1}])$ from what the word is chosen by (the paper takes the
    decoder's state), what was seen and the word before.  Words that a softmax has never written can be written.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.switch = nn.Linear(2 * config.embedding_size + config.hidden_size, 1)

    def forward(self, features: Tensor, context: Tensor, embedded: Tensor) -> Tensor:
        """features, embedded [B, Q, E], context [B, Q, H] -> p_gen [B, Q]."""
        return torch.sigmoid(self.switch(torch.cat([features, context, embedded], dim=-1)).squeeze(-1).float())


def mixed(logits: Tensor, p_gen: Tensor, alignment: Tensor, source: Tensor) -> Tensor:
    """log p [B, Q, V] of generating or copying: logits [B, Q, V], p_gen [B, Q], alignment [B, Q, S], source [B, S].

    An attention that looks at nothing for a part copies by the part that looks.
    """
    weights = alignment.float() / alignment.sum(dim=-1, keepdim=True).clamp_min(1e-30)
    places = source[:, None].expand_as(weights)
    copied = torch.zeros_like(logits, dtype=torch.float32).scatter_add(-1, places, weights)
    generated = torch.softmax(logits.float(), dim=-1)
    return (p_gen[..., None] * generated + (1 - p_gen[..., None]) * copied).clamp_min(1e-30).log()
