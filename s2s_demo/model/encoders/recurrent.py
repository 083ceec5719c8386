"""The classic encoder: a recurrent network reads the sentence, in one direction or both."""

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.encoders.base import Encoder
from s2s_demo.model.recurrent import CELLS
from s2s_demo.model.tensors import dropout


class RecurrentEncoder(Encoder):
    r"""RNN, GRU or LSTM; with both directions, Bahdanau et al. 2015, section 3.2.

    $m_i = W [\overrightarrow{h}_i; \overleftarrow{h}_i]$, and with `residual`
    $m_i = \mathrm{LayerNorm}(W[\dots] + x_i)$: the word's own embedding $x_i$ stays in what is
    looked at, which keeps alignments sharp.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        directions = 2 if config.bidirectional else 1
        self.network = CELLS[config.cell](
            config.embedding_size,
            config.hidden_size,
            config.encoder_layers,
            batch_first=True,
            bidirectional=config.bidirectional,
        )
        self.bridge = nn.Linear(directions * config.hidden_size, config.hidden_size)
        self.summarise = nn.Linear(directions * config.hidden_size, config.hidden_size)
        self.norm = nn.LayerNorm(config.hidden_size) if config.residual else nn.Identity()
        as_it_is = config.embedding_size == config.hidden_size or not config.residual
        self.skip = nn.Identity() if as_it_is else nn.Linear(config.embedding_size, config.hidden_size, bias=False)

    def states(self, embedded: Tensor) -> dict[str, Tensor]:
        outputs, _ = self.network(embedded)
        names = ("forward", "backward") if self.config.bidirectional else ("forward",)
        return dict(zip(names, outputs.split(self.config.hidden_size, dim=-1), strict=True))

    def forward(self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, Tensor]:
        if bool(mask.all()):
            outputs, state = self.network(embedded)
        else:
            lengths = mask.sum(dim=1).cpu()
            packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
            outputs, state = self.network(packed)
            outputs, _ = pad_packed_sequence(outputs, batch_first=True, total_length=mask.shape[1])
        hidden = state[0] if isinstance(state, tuple) else state  # [L * directions, B, H]
        last = torch.cat(list(hidden[-2 if self.config.bidirectional else -1 :]), dim=-1)
        annotations = self.bridge(dropout(outputs, self.config.hidden_dropout, noise))
        if self.config.residual:
            annotations = self.norm(annotations + self.skip(embedded))
        return annotations, torch.tanh(self.summarise(last))
