"""Ways to write the target: one file and one line here each, in the order the page shows them."""

from s2s_demo.model.decoders.bahdanau import BahdanauDecoder
from s2s_demo.model.decoders.base import Decoder
from s2s_demo.model.decoders.fixed import FixedDecoder
from s2s_demo.model.decoders.gnmt import GNMTDecoder
from s2s_demo.model.decoders.luong import LuongDecoder
from s2s_demo.model.decoders.residual import ResidualDecoder
from s2s_demo.model.decoders.transformer import TransformerDecoder

DECODERS: dict[str, type[Decoder]] = {
    "gnmt": GNMTDecoder,
    "gnmt_residual": ResidualDecoder,
    "luong": LuongDecoder,
    "bahdanau": BahdanauDecoder,
    "transformer": TransformerDecoder,
    "fixed": FixedDecoder,
}

__all__ = ["DECODERS", "Decoder"]
