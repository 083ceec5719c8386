"""Ways to read the source: one file and one line here each."""

from s2s_demo.model.encoders.base import Encoder
from s2s_demo.model.encoders.recurrent import RecurrentEncoder

ENCODERS: dict[str, type[Encoder]] = {"recurrent": RecurrentEncoder}

__all__ = ["ENCODERS", "Encoder"]
