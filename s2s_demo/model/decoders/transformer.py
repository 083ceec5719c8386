"""The Transformer's decoder: what was written looks at itself, then at the source."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

import torch
from torch import Tensor, nn

from s2s_demo.model.attention import ATTENTIONS, Attention
from s2s_demo.model.attention.base import logarithms
from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.model.config import ModelConfig
from s2s_demo.model.decoders.base import Decoder
from s2s_demo.model.sublayers import Residual, TransformerSettings, feed_forward, resized, sinusoids
from s2s_demo.model.tensors import DecoderState, Look, Memory

Own = Callable[[int, Tensor], Tensor]  # what a layer takes from the words before, for x [B, Q, H]
Across = Callable[[int, Tensor, Memory], Look]  # what a layer sees of the source
Noise = torch.Generator | None


class TransformerDecoder(Decoder):
    r"""Vaswani et al. 2017, section 3.1: layers of self-attention, attention to the source, and a network.

    $a_t = x_t + \mathrm{MultiHead}(x_t, x_{\le t}), \; b_t = a_t + \mathrm{attend}(a_t), \;
    x_t' = b_t + W_2 \max(0, W_1 b_t)$.  In training all words are written at once; a search keeps the keys and
    values of the words before.  Every layer looks at the source in its own way (of the kind chosen; multi_head is
    the paper's); the map shown is the mean.
    """

    Settings = TransformerSettings
    attention: "Stacked"

    def __init__(self, config: ModelConfig, settings: TransformerSettings) -> None:
        super().__init__(config)
        size = config.hidden_size
        self.enter = resized(config.embedding_size, size)
        layers = nn.ModuleList(DecoderLayer(config, settings) for _ in range(config.decoder_layers))
        self.layers = cast(Sequence[DecoderLayer], layers)
        self.norm = nn.LayerNorm(size) if settings.norm == "pre" else nn.Identity()
        self.narrow = resized(size, config.embedding_size)

    def made_attention(self) -> "Stacked":
        made = super().made_attention
        return Stacked([made() for _ in range(self.config.decoder_layers)])

    @property
    def state_names(self) -> tuple[str, ...]:
        return tuple(f"layer {layer}" for layer in range(1, self.config.decoder_layers + 1))

    def start(self, memory: Memory) -> DecoderState:
        """No word is kept yet."""
        layers, size, sentences = self.config.decoder_layers, self.config.hidden_size, len(memory.mask)
        zeros = memory.annotations.new_zeros
        return DecoderState(zeros(layers, sentences, 1, size), cache=zeros(layers, sentences, 1, 0, 2 * size))

    def step(
        self, embedded: Tensor, state: DecoderState, memory: Memory, noise: torch.Generator | None = None
    ) -> tuple[Tensor, DecoderState, Look]:
        assert state.cache is not None
        cache, caches = state.cache, []
        words = cache.shape[3] + 1
        every = torch.ones(1, 1, words, dtype=torch.bool, device=embedded.device)

        def own(at: int, x: Tensor) -> Tensor:  # each hypothesis has its own words: B and K are one axis
            heads = self.layers[at].itself
            caches.append(torch.cat([cache[at], heads.keys(x)[:, :, None].to(cache.dtype)], dim=2))
            context, _ = heads.attend(x.flatten(0, 1)[:, None], caches[at].flatten(0, 1).to(x.dtype), every)
            return context.view(x.shape)

        pasts = None if state.past is None else self.attention.apart(state.past)

        def across(at: int, x: Tensor, memory: Memory) -> Look:
            return self.attention.layers[at](x, memory, pasts and pasts[at], noise)  # type: ignore[no-any-return]

        feature, hidden, look = self._through(embedded, words - 1, memory, own, across, noise)
        return feature, DecoderState(hidden, past=look.past, cache=torch.stack(caches)), look

    def run(self, embedded: Tensor, memory: Memory, noise: torch.Generator | None = None) -> tuple[Tensor, Look]:
        feature, look, _ = self._run(embedded, memory, noise)
        return feature, look

    def maps(self, embedded: Tensor, memory: Memory) -> Tensor:
        return torch.stack(self._run(embedded, memory, None)[2])

    def _run(self, embedded: Tensor, memory: Memory, noise: Noise) -> tuple[Tensor, Look, list[Tensor]]:
        """Features, the look at the source, and where each layer's heads looked among the words [B, N, T, T]."""
        length, looks = embedded.shape[1], []
        before = torch.ones(length, length, dtype=torch.bool, device=embedded.device).tril()[None]

        def own(at: int, x: Tensor) -> Tensor:
            heads = self.layers[at].itself
            context, seen = heads.attend(x, heads.keys(x), before)
            looks.append(seen)
            return context

        def across(at: int, x: Tensor, memory: Memory) -> Look:
            return self.attention.layers[at].along(x, memory, noise)

        feature, _, look = self._through(embedded, torch.arange(length), memory, own, across, noise)
        return feature, look, looks

    def _through(
        self, embedded: Tensor, places: int | Tensor, memory: Memory, own: Own, across: Across, noise: Noise
    ) -> tuple[Tensor, Tensor, Look]:
        """embedded [B, Q, E] of words at `places` -> features [B, Q, E], outputs of all layers [L, B, Q, H], look."""
        x = self.enter(embedded)
        waves = sinusoids(int(torch.as_tensor(places).max()) + 1, x.shape[-1], x.device)
        x, outputs, looks = x + waves[places].to(x.dtype), [], []
        keys = self.attention.apart(memory.keys)

        def look(at: int, x: Tensor) -> Tensor:
            looks.append(across(at, x, replace(memory, keys=keys[at])))
            return looks[at].context

        for at, layer in enumerate(self.layers):
            among, around, after = layer.steps
            x = among(x, partial(own, at), noise)
            x = around(x, partial(look, at), noise)
            x = after(x, layer.think, noise)
            outputs.append(x)
        return self.narrow(self.norm(x)), torch.stack(outputs), together(looks, memory)


class DecoderLayer(nn.Module):
    """The weights of one layer, except those that look at the source."""

    def __init__(self, config: ModelConfig, settings: TransformerSettings) -> None:
        super().__init__()
        size, rate = config.hidden_size, config.hidden_dropout
        self.itself = MultiHead(size, size, size, settings)
        self.think = feed_forward(size, settings.widening)
        look = settings.norm if ATTENTIONS[config.attention].looks else None  # the same vector for all is only added
        norms = (settings.norm, look, settings.norm)
        self.steps = cast(Sequence[Residual], nn.ModuleList(Residual(size, norm, rate) for norm in norms))


class Stacked(Attention):
    """The attentions of all layers: keys, and what is remembered, lie side by side.

    It is no attention that could be asked as a whole: each layer asks its own.
    """

    def __init__(self, attentions: Sequence[Attention]) -> None:
        nn.Module.__init__(self)
        self.layers = cast(Sequence[Attention], nn.ModuleList(attentions))
        self.looks, self.windowed = attentions[0].looks, attentions[0].windowed
        self.layers_looking = len(attentions)

    def keys(self, annotations: Tensor) -> Tensor:
        """annotations [B, S, M] -> those of all layers [B, S, L * A]."""
        return torch.cat([layer.keys(annotations) for layer in self.layers], dim=-1)

    def under(self, alignment: Tensor, own: Look, memory: Memory) -> Look:
        """Of the last layer."""
        return self.layers[-1].under(alignment, own, memory)

    def apart(self, parts: Tensor) -> Sequence[Tensor]:
        """What lies side by side [..., L * D], for each layer [..., D]."""
        return parts.chunk(len(self.layers), dim=-1)


def together(looks: Sequence[Look], memory: Memory) -> Look:
    """What the layers saw as one look: the context of the last, all heads, and their mean as the alignment."""
    if len(looks) == 1:
        return looks[0]
    heads = torch.cat([look.alignment[:, None] if look.heads is None else look.heads for look in looks], dim=1)
    alignment = heads.mean(dim=1)
    pasts = [look.past for look in looks if look.past is not None]
    draws = [look.log_prob for look in looks if look.log_prob is not None]
    return Look(
        looks[-1].context,
        alignment,
        logarithms(alignment, memory.mask),
        heads,
        torch.cat(pasts, dim=-1) if pasts else None,
        torch.stack(draws).sum(dim=0) if draws else None,
    )
