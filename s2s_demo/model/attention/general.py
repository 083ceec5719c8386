"""General attention: a learned similarity."""

from torch import Tensor, nn

from s2s_demo.model.attention.base import Attention


class General(Attention):
    r"""Luong et al. 2015, eq. 8: $e_i = q^\top W m_i$.

    One matrix learns which direction of an annotation answers which direction of a query.
    """

    def __init__(self, query_size: int, memory_size: int, attention_size: int) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.memory = nn.Linear(memory_size, query_size, bias=False)

    def keys(self, annotations: Tensor) -> Tensor:
        keys: Tensor = self.memory(annotations)
        return keys

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        return query @ keys.transpose(1, 2)
