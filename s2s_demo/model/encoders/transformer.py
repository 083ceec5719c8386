"""The Transformer's encoder: every word looks at every word."""

import torch
from torch import Tensor, nn

from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.model.config import ModelConfig
from s2s_demo.model.encoders.base import Encoder
from s2s_demo.model.sublayers import Residual, TransformerSettings, feed_forward, mean_over, resized, sinusoids


class TransformerEncoder(Encoder):
    r"""Vaswani et al. 2017, section 3.1: layers of self-attention, and of a network for each word by itself.

    $a_i = x_i + \mathrm{MultiHead}(x_i, x), \; x_i' = a_i + W_2 \max(0, W_1 a_i)$, from embeddings to which the
    waves of their places are added.  Any two words are one step apart and all are read at once: for much data, long
    sentences and hardware that likes large products.  The summary is a projected mean.
    """

    Settings = TransformerSettings

    def __init__(self, config: ModelConfig, settings: TransformerSettings) -> None:
        super().__init__(config)
        size = config.hidden_size
        self.enter = resized(config.embedding_size, size)
        self.layers = nn.ModuleList(EncoderLayer(config, settings) for _ in range(config.encoder_layers))
        self.norm = nn.LayerNorm(size) if settings.norm == "pre" else nn.Identity()
        self.summarise = nn.Linear(size, size)

    def forward(self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, Tensor]:
        x, _ = self._through(embedded, mask, noise)
        annotations = self.norm(x)
        return annotations, torch.tanh(self.summarise(mean_over(annotations, mask)))

    def maps(self, embedded: Tensor, mask: Tensor) -> Tensor:
        return torch.stack(self._through(embedded, mask, None)[1])

    def _through(self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, list[Tensor]]:
        x, looks = self.enter(embedded), []
        x = x + sinusoids(x.shape[1], x.shape[2], x.device).to(x.dtype)
        for layer in self.layers:
            x, heads = layer(x, mask, noise)
            looks.append(heads)
        return x, looks


class EncoderLayer(nn.Module):
    """One layer: look around, then think."""

    def __init__(self, config: ModelConfig, settings: TransformerSettings) -> None:
        super().__init__()
        size, rate = config.hidden_size, config.hidden_dropout
        self.itself = MultiHead(size, size, size, settings)
        self.think = feed_forward(size, settings.widening)
        self.steps = nn.ModuleList(Residual(size, settings.norm, rate) for _ in range(2))

    def forward(self, x: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, Tensor]:
        """x [B, S, H], mask [B, S] -> the same shape, and where each head looked [B, N, S, S]."""
        around, after = self.steps
        looks: list[Tensor] = []

        def look(x: Tensor) -> Tensor:
            context, heads = self.itself.attend(x, self.itself.keys(x), mask[:, None])
            looks.append(heads)
            return context

        return after(around(x, look, noise), self.think, noise), looks[0]
