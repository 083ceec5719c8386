"""Ways to look at the source: one file and one line here each, in the order the page shows them."""

from s2s_demo.model.attention.additive import Additive
from s2s_demo.model.attention.base import Attention
from s2s_demo.model.attention.concat import Concat
from s2s_demo.model.attention.cosine import Cosine
from s2s_demo.model.attention.dot import Dot, ScaledDot
from s2s_demo.model.attention.general import General
from s2s_demo.model.attention.none import NoAttention

ATTENTIONS: dict[str, type[Attention]] = {
    "scaled_dot": ScaledDot,
    "additive": Additive,
    "dot": Dot,
    "general": General,
    "concat": Concat,
    "cosine": Cosine,
    "none": NoAttention,
}

__all__ = ["ATTENTIONS", "Attention"]
