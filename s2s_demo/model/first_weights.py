"""What a model's weights are before it has learnt anything."""

from typing import TYPE_CHECKING

import torch
from torch import nn

if TYPE_CHECKING:
    from s2s_demo.model.seq2seq import Seq2Seq


@torch.no_grad()
def initialise(model: "Seq2Seq", generator: torch.Generator) -> None:
    """First weights, all from one generator.

    "xavier": Glorot & Bengio 2010; "he": He et al. 2015; "orthogonal": Xavier, with orthogonal
    recurrent matrices (Saxe et al. 2014).  Biases start at 0, an LSTM's forget gate at 1
    (Jozefowicz et al. 2015), embeddings with variance 1/E.
    """
    kind = model.config.initialisation
    for name, parameter in model.named_parameters():
        if "embedding" in name or name == "output.weight":
            nn.init.normal_(parameter, std=model.config.embedding_size**-0.5, generator=generator)
        elif "weight_hh" in name and kind == "orthogonal":
            for gate in parameter.split(parameter.shape[1]):
                nn.init.orthogonal_(gate, generator=generator)
        elif parameter.dim() > 1 and kind == "he":
            nn.init.kaiming_uniform_(parameter, nonlinearity="relu", generator=generator)
        elif parameter.dim() > 1:
            for gate in parameter.split(model.config.hidden_size) if "network.weight" in name else [parameter]:
                nn.init.xavier_uniform_(gate, generator=generator)
        elif "bias" in name:
            nn.init.zeros_(parameter)
            if model.config.cell == "lstm" and "bias_ih" in name:
                size = model.config.hidden_size
                nn.init.ones_(parameter[size : 2 * size])
    if model.config.signal:
        model.front_end.draw(generator)
