"""Ways to look at the source: one file and one line here each, in the order the page shows them."""

from s2s_demo.model.attention.additive import Additive
from s2s_demo.model.attention.base import Attention
from s2s_demo.model.attention.concat import Concat
from s2s_demo.model.attention.cosine import Cosine
from s2s_demo.model.attention.coverage import Coverage
from s2s_demo.model.attention.dot import Dot, ScaledDot
from s2s_demo.model.attention.general import General
from s2s_demo.model.attention.hard import Hard
from s2s_demo.model.attention.local import LocalMonotone, LocalPredictive
from s2s_demo.model.attention.monotonic import Monotonic
from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.model.attention.none import NoAttention

ATTENTIONS: dict[str, type[Attention]] = {
    "scaled_dot": ScaledDot,
    "additive": Additive,
    "dot": Dot,
    "general": General,
    "concat": Concat,
    "cosine": Cosine,
    "multi_head": MultiHead,
    "local_m": LocalMonotone,
    "local_p": LocalPredictive,
    "monotonic": Monotonic,
    "coverage": Coverage,
    "hard": Hard,
    "none": NoAttention,
}

__all__ = ["ATTENTIONS", "Attention"]
