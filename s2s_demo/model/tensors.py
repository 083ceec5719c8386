"""What travels between the parts of the model: plain records of tensors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import torch
from torch import Tensor


@dataclass(frozen=True)
class Memory:
    """What the encoder wrote down about B source sentences; made once, read at every step.

    annotations [B, S, M] one vector per source position; keys [B, S, A] the annotations as the
    attention compares them; mask [B, S] True on real tokens; summary [B, M] the sentence in one
    vector (the encoder's last states); source [B, S] the tokens themselves, for a pointer, where words were read.
    """

    annotations: Tensor
    keys: Tensor
    mask: Tensor
    summary: Tensor
    source: Tensor | None = None

    def rows(self, index: Tensor) -> "Memory":
        """The memory of some of the sentences only."""
        source = None if self.source is None else self.source[index]
        return Memory(self.annotations[index], self.keys[index], self.mask[index], self.summary[index], source)


_BATCH_FIRST, _LAYERS_FIRST = {"batch": 0}, {"batch": 1}  # the axis of B; that of K comes after it


@dataclass(frozen=True)
class DecoderState:
    """Where K hypotheses of each of B sentences stand; what a decoder does not keep is None.

    hidden [L, B, K, H] what its layers last computed; cell [L, B, K, H] with an LSTM; feed [B, K, M] what input
    feeding hands to the next step; past [B, K, D] what the attention remembers (`Look.past`); cache [L, B, K, t, D]
    what a Transformer's layers keep of the t words so far.
    """

    hidden: Tensor = field(metadata=_LAYERS_FIRST)
    cell: Tensor | None = field(default=None, metadata=_LAYERS_FIRST)
    feed: Tensor | None = field(default=None, metadata=_BATCH_FIRST)
    past: Tensor | None = field(default=None, metadata=_BATCH_FIRST)
    cache: Tensor | None = field(default=None, metadata=_LAYERS_FIRST)

    def select(self, parents: Tensor) -> "DecoderState":
        """The state of new hypotheses that continue those at `parents` [B, K']."""
        first = torch.arange(len(parents), device=parents.device)[:, None] * self.hidden.shape[2]
        index = (first + parents).flatten()

        def chosen(part: Tensor, batch: int) -> Tensor:  # whole rows, with B and K as one axis
            found: Tensor = part.flatten(batch, batch + 1).index_select(batch, index).unflatten(batch, parents.shape)
            return found

        return self._each(chosen)

    def rows(self, index: Tensor) -> "DecoderState":
        """The state of some of the sentences only."""
        return self._each(lambda part, batch: part[:, index] if batch else part[index])

    def _each(self, change: Callable[[Tensor, int], Tensor]) -> "DecoderState":
        parts = {each.name: (getattr(self, each.name), each.metadata["batch"]) for each in fields(self)}
        return DecoderState(**{name: change(*part) for name, part in parts.items() if part[0] is not None})


@dataclass(frozen=True)
class Look:
    """What Q queries saw of the memory.

    context [B, Q, M]; alignment [B, Q, S], whose rows sum to 1 (to less where a kind may look at
    nothing); energies [B, Q, S] before the softmax, -inf on padding.  heads [B, N, Q, S] where several looked, whose
    mean is the alignment.  past [B, Q, D] what the next step has to be told, where a kind remembers.
    log_prob [B, Q] of the places that were drawn, where a kind draws.  p_gen [B, Q] how probably each word is
    generated rather than copied from where it looks, where the model has a pointer.
    """

    context: Tensor
    alignment: Tensor
    energies: Tensor
    heads: Tensor | None = None
    past: Tensor | None = None
    log_prob: Tensor | None = None
    p_gen: Tensor | None = None

    @classmethod
    def joined(cls, looks: Sequence["Look"]) -> "Look":
        """The looks of one query after another as one."""

        def together(name: str, axis: int = 1) -> Any:
            parts = [getattr(look, name) for look in looks]
            return None if parts[0] is None else torch.cat(parts, dim=axis)

        heads = together("heads", axis=2)
        return cls(
            **{name: together(name) for name in ("context", "alignment", "energies", "past", "log_prob", "p_gen")},
            heads=heads,
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
