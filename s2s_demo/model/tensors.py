"""What travels between the parts of the model: plain records of tensors."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Memory:
    """What the encoder wrote down about B source sentences; made once, read at every step.

    annotations [B, S, M] one vector per source position; keys [B, S, A] the annotations as the
    attention compares them; mask [B, S] True on real tokens; summary [B, M] the sentence in one
    vector (the encoder's last states).
    """

    annotations: Tensor
    keys: Tensor
    mask: Tensor
    summary: Tensor

    def rows(self, index: Tensor) -> "Memory":
        """The memory of some of the sentences only."""
        return Memory(self.annotations[index], self.keys[index], self.mask[index], self.summary[index])


@dataclass(frozen=True)
class DecoderState:
    """Where K hypotheses of each of B sentences stand.

    hidden [L, B, K, H]; cell [L, B, K, H] with an LSTM, else None; feed [B, K, M] what input
    feeding hands to the next step, else None.
    """

    hidden: Tensor
    cell: Tensor | None = None
    feed: Tensor | None = None

    def select(self, parents: Tensor) -> "DecoderState":
        """The state of new hypotheses that continue those at `parents` [B, K']."""
        sentences, width = parents.shape
        first = torch.arange(0, sentences * self.hidden.shape[2], self.hidden.shape[2], device=parents.device)
        index = (first[:, None] + parents).view(-1)

        def chosen(part: Tensor) -> Tensor:  # [L, B, K, H] or [B, K, M]; whole rows, with B and K as one axis
            before, size = part.shape[:-3], part.shape[-1]
            rows = part.flatten(-3, -2).index_select(-2, index)
            return rows.view(*before, sentences, width, size)

        cell, feed = self.cell, self.feed
        return DecoderState(
            chosen(self.hidden), None if cell is None else chosen(cell), None if feed is None else chosen(feed)
        )

    def rows(self, index: Tensor) -> "DecoderState":
        """The state of some of the sentences only."""
        return DecoderState(
            self.hidden[:, index],
            None if self.cell is None else self.cell[:, index],
            None if self.feed is None else self.feed[index],
        )


@dataclass(frozen=True)
class Look:
    """What Q queries saw of the memory.

    context [B, Q, M]; alignment [B, Q, S], whose rows sum to 1 (or are all 0 where nothing looks);
    energies [B, Q, S] before the softmax, -inf on padding.
    """

    context: Tensor
    alignment: Tensor
    energies: Tensor

    @classmethod
    def joined(cls, looks: Sequence["Look"]) -> "Look":
        """The looks of one query after another as one."""
        return cls(
            torch.cat([look.context for look in looks], dim=1),
            torch.cat([look.alignment for look in looks], dim=1),
            torch.cat([look.energies for look in looks], dim=1),
        )


@dataclass(frozen=True)
class Step:
    """One step of the decoder: logits [B, K, V], the state after it, and what was seen."""

    logits: Tensor
    state: DecoderState
    look: Look


def dropout(x: Tensor, rate: float, noise: torch.Generator | None) -> Tensor:
    """Locked dropout (Gal & Ghahramani 2016): one mask for all positions of x [B, T, D].

    `noise` is the source of randomness in training and None in evaluation: whether a model drops
    anything is decided by the caller, and two runs in one process never share a random stream.
    """
    mask = dropout_mask(x, rate, noise)
    return x if mask is None else x * mask


def dropout_mask(x: Tensor, rate: float, noise: torch.Generator | None) -> Tensor | None:
    """What locked dropout multiplies x [B, T, D] by, [B, 1, D]; None where nothing is dropped."""
    if noise is None or rate == 0:
        return None
    keep = torch.rand(len(x), 1, x.shape[-1], generator=noise, device=x.device) >= rate
    return (keep / (1 - rate)).to(x.dtype)
