"""Ways to read the source: one file and one line here each."""

from s2s_demo.model.encoders.base import Encoder
from s2s_demo.model.encoders.convolutional import ConvolutionalEncoder
from s2s_demo.model.encoders.recurrent import RecurrentEncoder
from s2s_demo.model.encoders.residual import ResidualEncoder
from s2s_demo.model.encoders.transformer import TransformerEncoder

ENCODERS: dict[str, type[Encoder]] = {
    "recurrent": RecurrentEncoder,
    "recurrent_residual": ResidualEncoder,
    "convolutional": ConvolutionalEncoder,
    "transformer": TransformerEncoder,
}

__all__ = ["ENCODERS", "Encoder"]
