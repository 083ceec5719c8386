"""Dot-product attention: similarity is the inner product."""

from torch import Tensor, nn

from s2s_demo.errors import SettingError
from s2s_demo.model.attention.base import Attention


class Dot(Attention):
    r"""Luong et al. 2015, eq. 8: $e_i = q^\top m_i$.

    Nothing to learn: decoder states and annotations must live in one space, and so be of one size.
    """

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__(query_size, memory_size, attention_size)
        if query_size != memory_size:
            raise SettingError(
                f"dot attention compares states of one size, but the decoder has {query_size} and the "
                f"memory {memory_size}; make them equal, or choose general or scaled_dot"
            )

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        return query @ keys.transpose(1, 2)


class ScaledDot(Attention):
    r"""Vaswani et al. 2017, eq. 1, with one head: $e_i = (W_q q)^\top (W_m m_i) / \sqrt{A}$.

    Two learned projections; the division keeps the softmax from saturating when A is large.
    """

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.query = nn.Linear(query_size, attention_size, bias=False)
        self.memory = nn.Linear(memory_size, attention_size, bias=False)
        self.scale = attention_size**-0.5

    def keys(self, annotations: Tensor) -> Tensor:
        keys: Tensor = self.memory(annotations)
        return keys

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        energies: Tensor = (self.query(query) * self.scale) @ keys.transpose(1, 2)
        return energies
