"""GNMT's order: the lower network asks, the upper one uses the answer."""

from typing import ClassVar

import torch
from torch import Tensor, nn

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.decoders.recurrent import RecurrentDecoder, first_of
from s2s_demo.model.recurrent import Recurrent, ResidualStack
from s2s_demo.model.tensors import DecoderState, Look, Memory


class GNMTDecoder(RecurrentDecoder):
    r"""After Wu et al. 2016, section 3: attention between two recurrent networks.

    $h_t = \mathrm{RNN}_1(y_{t-1}), \; c_t = \mathrm{attend}(h_t), \;
    u_t = \mathrm{RNN}_2([h_t; c_t]), \; o_t = \tanh(W[u_t; c_t; y_{t-1}])$.  What was seen enters
    the state of the upper network, as in Bahdanau's order, yet the lower one does not depend on
    it: a whole gold target is two recurrent calls and one attention, as in Luong's.
    """

    networks = ("lower", "upper")
    stack: ClassVar[type[Recurrent] | type[ResidualStack]] = Recurrent

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        hidden, embedding = config.hidden_size, config.embedding_size
        self.lower = self.stack(config.cell, embedding, hidden, config.decoder_layers)
        self.upper = self.stack(config.cell, 2 * hidden, hidden, config.decoder_layers)
        self.combine = nn.Linear(2 * hidden + embedding, embedding)

    def combined(self, output: Tensor, context: Tensor, embedded: Tensor, noise: torch.Generator | None) -> Tensor:
        """What the word is chosen from: output, context [B, Q, H], embedded [B, Q, E] -> [B, Q, E]."""
        return torch.tanh(self.combine(torch.cat([self.dropped(output, noise), context, embedded], dim=-1)))

    def step(
        self, embedded: Tensor, state: DecoderState, memory: Memory, noise: torch.Generator | None = None
    ) -> tuple[Tensor, DecoderState, Look]:
        asked, (lower, lower_cell) = self.move(self.lower, embedded, state)
        asked = self.dropped(asked, noise)
        look = self.attention(asked, memory, state.past, noise)
        answered = torch.cat([asked, look.context], dim=-1)
        output, (upper, upper_cell) = self.move(self.upper, answered, state, at=self.lower.layers)
        hidden = torch.cat([lower, upper])
        cell = None if lower_cell is None or upper_cell is None else torch.cat([lower_cell, upper_cell])
        return self.combined(output, look.context, embedded, noise), DecoderState(hidden, cell, past=look.past), look

    def run(self, embedded: Tensor, memory: Memory, noise: torch.Generator | None = None) -> tuple[Tensor, Look]:
        layers, state = self.config.decoder_layers, self.start(memory)
        asked, _ = self.lower(embedded, first_of(state, 0, layers))
        asked = self.dropped(asked, noise)
        look = self.attention.along(asked, memory, noise)
        outputs, _ = self.upper(torch.cat([asked, look.context], dim=-1), first_of(state, layers, layers))
        return self.combined(outputs, look.context, embedded, noise), look
