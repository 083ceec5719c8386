"""GNMT's encoder: one layer reads both ways, and a residual stack reads on."""

from dataclasses import replace

import torch
from torch import Tensor

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.encoders.recurrent import RecurrentEncoder
from s2s_demo.model.recurrent import ResidualStack
from s2s_demo.model.tensors import dropout


class ResidualEncoder(RecurrentEncoder):
    r"""Wu et al. 2016, figure 1: the lowest layer reads in both directions, those above forwards, and each adds.

    $x^{l+1} = x^l + \mathrm{RNN}^l(x^l)$.  With one layer it is the recurrent encoder.  For stacks of three layers and
    more, which hardly learn without.
    """

    def __init__(self, config: ModelConfig, settings: RecurrentEncoder.Settings) -> None:
        super().__init__(replace(config, encoder_layers=1), settings)
        above = config.encoder_layers - 1
        self.above = ResidualStack(config.cell, config.hidden_size, config.hidden_size, above) if above else None

    def forward(self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, Tensor]:
        annotations, summary = super().forward(embedded, mask, noise)
        if self.above is None:
            return annotations, summary
        zeros = annotations.new_zeros(self.above.layers, len(mask), self.config.hidden_size)
        added, _ = self.above(annotations, (zeros, zeros if self.config.cell == "lstm" else None))
        annotations = annotations + dropout(added, self.config.hidden_dropout, noise)
        last = annotations[torch.arange(len(mask)), mask.sum(dim=1) - 1]
        return annotations, torch.tanh(summary + last)
