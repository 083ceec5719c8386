"""What every decoder promises: a first state, one step, and a whole target at once."""

from typing import ClassVar

import torch
from torch import Tensor, nn

from s2s_demo.errors import SettingError
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.config import ModelConfig
from s2s_demo.model.recurrent import Recurrent, State
from s2s_demo.model.tensors import DecoderState, Look, Memory, dropout
from s2s_demo.settings import made_member


class Decoder(nn.Module):
    """Writes the target word by word, looking at the memory.

    `step` moves K hypotheses of each sentence by one token; `run` goes through a whole gold target
    and must give the same numbers.  Both return `features` [B, K or T, E]: the output layer's
    input.
    """

    feeds: ClassVar[bool] = False  # whether input feeding is possible
    networks: ClassVar[tuple[str, ...]] = ("state",)  # recurrent networks in the decoder, in their order in the state

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        if config.input_feeding and not self.feeds:
            raise SettingError(
                "input feeding belongs to the luong decoder; the others hand on what they saw by themselves"
            )
        self.config = config
        hidden = config.hidden_size
        attention = ATTENTIONS[config.attention]
        self.attention = made_member(attention, hidden, hidden, hidden, settings=config.attention_settings)
        self.first = nn.Linear(hidden, len(self.networks) * config.decoder_layers * hidden)

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

    def step(
        self, embedded: Tensor, state: DecoderState, memory: Memory, noise: torch.Generator | None = None
    ) -> tuple[Tensor, DecoderState, Look]:
        """embedded [B, K, E] -> features [B, K, E], the next state, what the K queries saw."""
        raise NotImplementedError

    def run(self, embedded: Tensor, memory: Memory, noise: torch.Generator | None = None) -> tuple[Tensor, Look]:
        """embedded [B, T, E] -> features [B, T, E], what the T queries saw; here, `step` in a loop."""
        state = self.start(memory)
        features, looks = [], []
        for t in range(embedded.shape[1]):
            feature, state, look = self.step(embedded[:, t : t + 1], state, memory, noise)
            features.append(feature)
            looks.append(look)
        return torch.cat(features, dim=1), Look.joined(looks)

    def move(self, network: Recurrent, x: Tensor, state: DecoderState, at: int = 0) -> tuple[Tensor, State]:
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

    def dropped(self, x: Tensor, noise: torch.Generator | None) -> Tensor:
        """Hidden dropout on x [B, K or T, D]."""
        return dropout(x, self.config.hidden_dropout, noise)


def first_of(state: DecoderState, at: int, layers: int) -> State:
    """Layers at .. at + layers of a K = 1 state, as a recurrent network wants them: [L, B, H]."""
    cell = None if state.cell is None else state.cell[at : at + layers, :, 0]
    return state.hidden[at : at + layers, :, 0], cell
