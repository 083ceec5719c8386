"""Bahdanau's order: look, then move."""

import torch
from torch import Tensor, nn

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.decoders.recurrent import RecurrentDecoder
from s2s_demo.model.recurrent import Recurrent
from s2s_demo.model.tensors import DecoderState, Look, Memory


class BahdanauDecoder(RecurrentDecoder):
    r"""Bahdanau et al. 2015, appendix A.2.2: the old state looks, and what it saw moves the state.

    $c_t = \mathrm{attend}(s_{t-1}), \; s_t = \mathrm{RNN}([y_{t-1}; c_t], s_{t-1}), \;
    o_t = \tanh(W[s_t; c_t; y_{t-1}])$ (the paper has a maxout layer here).  Each look needs the
    state before it, so even a gold target takes a loop.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        hidden, embedding = config.hidden_size, config.embedding_size
        self.network = Recurrent(config.cell, embedding + hidden, hidden, config.decoder_layers)
        self.combine = nn.Linear(2 * hidden + embedding, embedding)

    def step(
        self, embedded: Tensor, state: DecoderState, memory: Memory, noise: torch.Generator | None = None
    ) -> tuple[Tensor, DecoderState, Look]:
        look = self.attention(state.hidden[-1], memory, state.past, noise)
        output, (hidden, cell) = self.move(self.network, torch.cat([embedded, look.context], dim=-1), state)
        output = self.dropped(output, noise)
        feature = torch.tanh(self.combine(torch.cat([output, look.context, embedded], dim=-1)))
        return feature, DecoderState(hidden, cell, past=look.past), look
