"""The decoder before attention: it never looks back."""

import torch
from torch import Tensor, nn

from s2s_demo.errors import SettingError
from s2s_demo.model.config import ModelConfig
from s2s_demo.model.decoders.recurrent import RecurrentDecoder, first_of
from s2s_demo.model.recurrent import Recurrent
from s2s_demo.model.tensors import DecoderState, Look, Memory


class FixedDecoder(RecurrentDecoder):
    r"""Sutskever et al. 2014: $s_0$ is the encoder's summary, and the decoder writes from memory.

    With `context = "every_step"` (Cho et al. 2014) the summary $c$ is also read at each step:
    $s_t = \mathrm{RNN}([y_{t-1}; c], s_{t-1})$.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        if self.attention.looks:
            raise SettingError(f"the fixed decoder never looks, so attention must be none, not {config.attention}")
        hidden, embedding = config.hidden_size, config.embedding_size
        self.reads = config.context == "every_step"
        self.network = Recurrent(config.cell, embedding + hidden * self.reads, hidden, config.decoder_layers)
        self.combine = nn.Linear(hidden, embedding)

    def read(self, embedded: Tensor, memory: Memory) -> tuple[Tensor, Look]:
        """embedded [B, Q, E] -> the network's input [B, Q, E or E + H], a look at nothing."""
        look = self.attention(embedded, memory)
        return torch.cat([embedded, look.context], dim=-1) if self.reads else embedded, look

    def step(
        self, embedded: Tensor, state: DecoderState, memory: Memory, noise: torch.Generator | None = None
    ) -> tuple[Tensor, DecoderState, Look]:
        x, look = self.read(embedded, memory)
        output, (hidden, cell) = self.move(self.network, x, state)
        feature = torch.tanh(self.combine(self.dropped(output, noise)))
        return feature, DecoderState(hidden, cell), look

    def run(self, embedded: Tensor, memory: Memory, noise: torch.Generator | None = None) -> tuple[Tensor, Look]:
        x, look = self.read(embedded, memory)
        outputs, _ = self.network(x, first_of(self.start(memory), 0, self.config.decoder_layers))
        return torch.tanh(self.combine(self.dropped(outputs, noise))), look
