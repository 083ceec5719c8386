"""Which piece may follow which, so that pieces which are bytes always spell characters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.text.tokenizer import EOS, byte_of

# The states between and within the bytes of a character (The Unicode Standard, table 3-7): for each, how many bytes
# are still missing, and which bytes may come next (first, last, the state after).
BETWEEN, LAST, TWO, THREE, AFTER_E0, AFTER_ED, AFTER_F0, AFTER_F4 = range(8)
_MISSING = (0, 1, 2, 3, 2, 2, 3, 3)
_NEXT: tuple[tuple[tuple[int, int, int], ...], ...] = (
    (
        (0x00, 0x7F, BETWEEN),
        (0xC2, 0xDF, LAST),
        (0xE0, 0xE0, AFTER_E0),
        (0xE1, 0xEC, TWO),
        (0xED, 0xED, AFTER_ED),
        (0xEE, 0xEF, TWO),
        (0xF0, 0xF0, AFTER_F0),
        (0xF1, 0xF3, THREE),
        (0xF4, 0xF4, AFTER_F4),
    ),
    ((0x80, 0xBF, BETWEEN),),
    ((0x80, 0xBF, LAST),),
    ((0x80, 0xBF, TWO),),
    ((0xA0, 0xBF, LAST),),
    ((0x80, 0x9F, LAST),),
    ((0x90, 0xBF, TWO),),
    ((0x80, 0x8F, TWO),),
)
ROOMS = 4  # pieces that may still come: more than that make no difference, for a character has at most four bytes


@dataclass(frozen=True)
class Utf8:
    """The rule for one vocabulary of V pieces, some of which are bytes.

    following [8, V] is the state after a piece; forbidden [4, 8, V], on the model's device, says which pieces cannot be
    written in a state, for 1 to 4 pieces that may still come (`<eos>` is one of them), so that a character that is
    begun can be ended; `among` is where the bytes stand.
    """

    following: NDArray[np.int64]
    forbidden: Tensor
    among: slice

    @classmethod
    def of(cls, pieces: Sequence[str]) -> "Utf8 | None":
        """The rule for these pieces; None where none of them is a byte, for then there is nothing to forbid."""
        bytes_at = {i: value for i, piece in enumerate(pieces) if (value := byte_of(piece)) is not None}
        if not bytes_at:
            return None
        following = torch.zeros(len(_NEXT), len(pieces), dtype=torch.long)
        possible = torch.zeros(len(_NEXT), len(pieces), dtype=torch.bool)
        possible[BETWEEN] = True
        for i, value in bytes_at.items():
            possible[BETWEEN, i] = False
            for state, ways in enumerate(_NEXT):
                for first, last, after in ways:
                    if first <= value <= last:
                        possible[state, i], following[state, i] = True, after
        missing = torch.tensor(_MISSING)[following]  # [8, V]
        rooms = torch.arange(1, ROOMS + 1)[:, None, None]
        return cls(following.numpy(), ~(possible & (missing < rooms)), slice(min(bytes_at), max(bytes_at) + 1))

    @cached_property
    def _no_beginnings(self) -> Tensor:
        """Which of the bytes cannot begin a character, far from the end."""
        return self.forbidden[-1, BETWEEN, self.among]

    def to(self, device: torch.device) -> "Utf8":
        return replace(self, forbidden=self.forbidden.to(device))

    def forbid(self, log_probs: Tensor, states: NDArray[np.int64], left: NDArray[np.int64]) -> None:
        """Set log_probs [B, K, V] to -inf, in place, for what cannot be written in states [B, K].

        `left` [B] is how many pieces may come after this one.
        """
        if not states.any() and left.min() >= ROOMS:  # between two characters only bytes can be wrong
            log_probs[..., self.among].masked_fill_(self._no_beginnings, float("-inf"))
            return
        rooms = np.broadcast_to((left - 1).clip(0, ROOMS - 1)[:, None], states.shape)
        at = torch.from_numpy(np.stack([rooms, states])).to(log_probs.device)
        log_probs.masked_fill_(self.forbidden[at[0], at[1]], float("-inf"))

    def after(self, states: NDArray[np.int64], tokens: NDArray[np.int64]) -> NDArray[np.int64]:
        """The states [B, K] after tokens [B, K]; `<eos>` ends between two characters."""
        return np.where(tokens == EOS, BETWEEN, self.following[states, tokens])
