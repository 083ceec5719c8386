"""Luong's order: move, then look."""

import torch
from torch import Tensor, nn

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.decoders.recurrent import RecurrentDecoder, first_of
from s2s_demo.model.recurrent import Recurrent
from s2s_demo.model.tensors import DecoderState, Look, Memory


class LuongDecoder(RecurrentDecoder):
    r"""Luong et al. 2015, section 3: the new state looks, and what it saw helps to choose the word.

    $s_t = \mathrm{RNN}(y_{t-1}, s_{t-1}), \; c_t = \mathrm{attend}(s_t), \;
    \tilde h_t = \tanh(W[s_t; c_t])$.  Looking does not change the state, so a whole gold target is
    one recurrent call and one attention, unless `input_feeding` hands $\tilde h_{t-1}$ to the next
    step (section 3.3).
    """

    feeds = True

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        fed = config.hidden_size if config.input_feeding else 0
        self.network = Recurrent(config.cell, config.embedding_size + fed, config.hidden_size, config.decoder_layers)
        self.combine = nn.Linear(2 * config.hidden_size, config.hidden_size)
        same = config.hidden_size == config.embedding_size
        self.narrow = nn.Identity() if same else nn.Linear(config.hidden_size, config.embedding_size, bias=False)

    def attended(self, output: Tensor, look: Look) -> Tensor:
        """output [B, Q, H] and what it saw -> attended vector [B, Q, H] (eq. 5)."""
        return torch.tanh(self.combine(torch.cat([output, look.context], dim=-1)))

    def step(
        self, embedded: Tensor, state: DecoderState, memory: Memory, noise: torch.Generator | None = None
    ) -> tuple[Tensor, DecoderState, Look]:
        x = embedded if state.feed is None else torch.cat([embedded, state.feed], dim=-1)
        output, (hidden, cell) = self.move(self.network, x, state)
        output = self.dropped(output, noise)
        look = self.attention(output, memory, state.past, noise)
        attended = self.attended(output, look)
        feed = None if state.feed is None else attended
        return self.narrow(attended), DecoderState(hidden, cell, feed, look.past), look

    def run(self, embedded: Tensor, memory: Memory, noise: torch.Generator | None = None) -> tuple[Tensor, Look]:
        if self.config.input_feeding:
            return super().run(embedded, memory, noise)
        outputs, _ = self.network(embedded, first_of(self.start(memory), 0, self.config.decoder_layers))
        outputs = self.dropped(outputs, noise)
        look = self.attention.along(outputs, memory, noise)
        return self.narrow(self.attended(outputs, look)), look
