"""The classic encoder: a recurrent network reads the sentence, in one direction or both."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.encoders.base import Encoder
from s2s_demo.model.recurrent import CELLS, lstm_through
from s2s_demo.model.tensors import dropout
from s2s_demo.settings import setting


class RecurrentEncoder(Encoder):
    r"""RNN, GRU or LSTM of U units a direction; with both directions, Bahdanau et al. 2015, section 3.2.

    $m_i = W [\overrightarrow{h}_i; \overleftarrow{h}_i]$, and with `residual`
    $m_i = \mathrm{LayerNorm}(W[\dots] + x_i)$: the word's own embedding $x_i$ stays in what is
    looked at, which keeps alignments sharp.
    """

    @dataclass(frozen=True, kw_only=True)
    class Settings:
        """How much a direction holds."""

        size: int = setting(
            0, low=0, high=4096, what="units of a direction", help="numbers in its state; 0: as the hidden size"
        )

    def __init__(self, config: ModelConfig, settings: Settings | None = None) -> None:
        super().__init__(config)
        self.size = (settings.size if settings else 0) or config.hidden_size
        directions = 2 if config.bidirectional else 1
        self.network = CELLS[config.cell](
            config.embedding_size,
            self.size,
            config.encoder_layers,
            batch_first=True,
            bidirectional=config.bidirectional,
        )
        self.bridge = nn.Linear(directions * self.size, config.hidden_size)
        self.summarise = nn.Linear(directions * self.size, config.hidden_size)
        self.norm = nn.LayerNorm(config.hidden_size) if config.residual else nn.Identity()
        as_it_is = config.embedding_size == config.hidden_size or not config.residual
        self.skip = nn.Identity() if as_it_is else nn.Linear(config.embedding_size, config.hidden_size, bias=False)

    def states(self, embedded: Tensor) -> dict[str, Tensor]:
        outputs, _ = self.network(embedded)
        names = ("forward", "backward") if self.config.bidirectional else ("forward",)
        return dict(zip(names, outputs.split(self.size, dim=-1), strict=True))

    def forward(self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, Tensor]:
        learns = torch.is_grad_enabled() and embedded.device.type == "cpu" and self.config.cell == "lstm"
        outputs, last = self._read_padded(embedded, mask) if learns else self._read(embedded, mask)
        annotations = self.bridge(dropout(outputs, self.config.hidden_dropout, noise))
        if self.config.residual:
            annotations = self.norm(annotations + self.skip(embedded))
        return annotations, torch.tanh(self.summarise(last))

    def _read(self, embedded: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Outputs [B, S, directions * U], 0 on padding, and each direction's last state [B, directions * U]."""
        if bool(mask.all()):
            outputs, state = self.network(embedded)
        else:
            lengths = mask.sum(dim=1).cpu()
            packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
            outputs, state = self.network(packed)
            outputs, _ = pad_packed_sequence(outputs, batch_first=True, total_length=mask.shape[1])
        hidden = state[0] if isinstance(state, tuple) else state  # [L * directions, B, U]
        return outputs, torch.cat(list(hidden[-2 if self.config.bidirectional else -1 :]), dim=-1)

    def _read_padded(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """As `_read`, for LSTMs, without packing: on a CPU, gradients of packed ones take a third more time.

        Padding comes after what is real, so a direction never sees it before; backwards is forwards through the
        sentence turned around.
        """
        lengths, places = mask.sum(dim=1, keepdim=True), torch.arange(mask.shape[1])
        turned = torch.where(mask, lengths - 1 - places, places)[..., None]  # [B, S, 1]
        directions = 2 if self.config.bidirectional else 1
        weights = self.network.all_weights
        for layer in range(0, len(weights), directions):
            read, lasts = [], list[Tensor]()
            for backwards, of_direction in enumerate(weights[layer : layer + directions]):
                way = x.gather(1, turned.expand_as(x)) if backwards else x
                found = lstm_through(way, of_direction)  # [B, S, U]
                last = (lengths - 1)[..., None].expand(-1, -1, found.shape[2])
                lasts.append(found.gather(1, last)[:, 0])
                read.append(found.gather(1, turned.expand_as(found)) if backwards else found)
            x = torch.cat(read, dim=-1)
        return x * mask[..., None], torch.cat(lasts, dim=-1)
