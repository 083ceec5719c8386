"""What every decoder promises: a first state, one step, and a whole target at once."""

from typing import ClassVar

import torch
from torch import Tensor, nn

from s2s_demo.errors import SettingError
from s2s_demo.model.attention import ATTENTIONS, Attention
from s2s_demo.model.config import ModelConfig
from s2s_demo.model.tensors import DecoderState, Look, Memory, dropout
from s2s_demo.settings import made_member


class Decoder(nn.Module):
    """Writes the target word by word, looking at the memory.

    `step` moves K hypotheses of each sentence by one token; `run` goes through a whole gold target
    and must give the same numbers.  Both return `features` [B, K or T, E]: the output layer's
    input.
    """

    feeds: ClassVar[bool] = False  # whether input feeding is possible

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        if config.input_feeding and not self.feeds:
            raise SettingError(
                "input feeding belongs to the luong decoder; the others hand on what they saw by themselves"
            )
        self.config = config
        self.attention = self.made_attention()

    def made_attention(self) -> Attention:
        """The attention that the settings choose; queries, memory and what is compared are of one size."""
        size, member = self.config.hidden_size, ATTENTIONS[self.config.attention]
        return made_member(member, size, size, size, settings=self.config.attention_settings)

    @property
    def state_names(self) -> tuple[str, ...]:
        """What each of the L layers of a state is called."""
        raise NotImplementedError

    def start(self, memory: Memory) -> DecoderState:
        """The state before the first word, K = 1."""
        raise NotImplementedError

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

    def maps(self, embedded: Tensor, memory: Memory) -> Tensor | None:
        """Where the words of a target [B, T, E] look at those before them [L, B, N, T, T]; None: they do not."""
        return None

    def dropped(self, x: Tensor, noise: torch.Generator | None) -> Tensor:
        """Hidden dropout on x [B, K or T, D]."""
        return dropout(x, self.config.hidden_dropout, noise)
