"""What decoders with recurrent networks share: how their state begins and moves on."""

from typing import ClassVar

import torch
from torch import Tensor, nn

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.decoders.base import Decoder
from s2s_demo.model.recurrent import Recurrent, ResidualStack, State
from s2s_demo.model.tensors import DecoderState, Memory


class RecurrentDecoder(Decoder):
    """A decoder whose state is that of RNNs, GRUs or LSTMs."""

    networks: ClassVar[tuple[str, ...]] = ("state",)  # recurrent networks in the decoder, in their order in the state

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.first = nn.Linear(config.hidden_size, len(self.networks) * config.decoder_layers * config.hidden_size)

    @property
    def state_names(self) -> tuple[str, ...]:
        """What each of the L layers of a state is called: its network, and which of its layers."""
        layers = range(1, self.config.decoder_layers + 1)
        return tuple(f"{name} {layer}" if len(layers) > 1 else name for name in self.networks for layer in layers)

    def start(self, memory: Memory) -> DecoderState:
        """The state before the first word, K = 1: s_0 = tanh(W summary), Bahdanau 2015, app. A.2.2."""
        first = torch.tanh(self.first(memory.summary))  # [B, L * H]
        hidden = first.view(len(first), -1, self.config.hidden_size).transpose(0, 1)[:, :, None]
        cell = torch.zeros_like(hidden) if self.config.cell == "lstm" else None
        feed = memory.summary.new_zeros(len(first), 1, self.config.hidden_size)
        return DecoderState(hidden, cell, feed if self.config.input_feeding else None)

    def move(
        self, network: Recurrent | ResidualStack, x: Tensor, state: DecoderState, at: int = 0
    ) -> tuple[Tensor, State]:
        """One recurrent step for all hypotheses: x [B, K, I] -> output [B, K, H], new (hidden, cell).

        `at` is the first of the network's layers within the state.
        """
        flat = [
            None if part is None else part[at : at + network.layers].flatten(1, 2)  # [L, B * K, H]
            for part in (state.hidden, state.cell)
        ]
        assert flat[0] is not None
        output, (hidden, cell) = network.step(x.flatten(0, 1), (flat[0], flat[1]))
        shape = (network.layers, *x.shape[:2], network.hidden_size)
        return output.view(shape[1:]), (hidden.view(shape), None if cell is None else cell.view(shape))


def first_of(state: DecoderState, at: int, layers: int) -> State:
    """Layers at .. at + layers of a K = 1 state, as a recurrent network wants them: [L, B, H]."""
    cell = None if state.cell is None else state.cell[at : at + layers, :, 0]
    return state.hidden[at : at + layers, :, 0], cell
