"""One walk of a decoder along given words with everything that was computed on the way, and with looks changed.

A model is shared by many visitors and never touched: a `Twin` has its weights, and an attention of its own that
writes down what it saw.  A twin is made for one walk or one search, and thrown away.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

import torch
from torch import Tensor, nn

from s2s_demo.explain.case import Case
from s2s_demo.model import DecoderState, Look, Memory, Seq2Seq
from s2s_demo.model.attention import Attention
from s2s_demo.model.decoders.transformer import Stacked

Change = Callable[[int, Look, Memory], Look]
"""(the step, the model's own look, the memory) -> the look that is used in its place."""


@dataclass(frozen=True)
class Seen:
    """What one query saw: query [B, Q, H], the model's own look, and the look that was used."""

    query: Tensor
    own: Look
    used: Look


class Watched(Attention):
    """A model's attention whose looks are written down in `seen`, and may be changed.

    With a `change` each call is one step of one search, in order.
    """

    def __init__(self, own: Attention, change: Change | None) -> None:
        nn.Module.__init__(self)
        self.own, self.change, self.looks = own, change, own.looks
        self.seen: list[Seen] = []

    def keys(self, annotations: Tensor) -> Tensor:
        return self.own.keys(annotations)

    def forward(
        self, query: Tensor, memory: Memory, past: Tensor | None = None, noise: torch.Generator | None = None
    ) -> Look:
        own: Look = self.own(query, memory, past, noise)
        used = self.change(len(self.seen) + 1, own, memory) if self.change else own
        self.seen.append(Seen(query, own, used))
        return used

    def along(self, query: Tensor, memory: Memory, noise: torch.Generator | None = None) -> Look:
        assert self.change is None, "a change is made step by step"
        look = self.own.along(query, memory, noise)
        self.seen.append(Seen(query, look, look))
        return look


class Twin(Seq2Seq):
    """A model with the same weights, whose looks are watched and which may not read some source positions.

    Where several layers look, as in a Transformer, it is the last that is watched.

    `dropped` [B, S] is True there: the position's embedding is zero, and nothing can look at it.
    """

    def __init__(self, model: Seq2Seq, change: Change | None = None, dropped: Tensor | None = None) -> None:
        nn.Module.__init__(self)
        decoder, attention = copy(model.decoder), model.decoder.attention
        watched = Watched(attention.layers[-1] if isinstance(attention, Stacked) else attention, change)
        asked = Stacked([*attention.layers[:-1], watched]) if isinstance(attention, Stacked) else watched
        decoder._modules = {**decoder._modules, "attention": asked}
        self.__dict__.update(vars(model))  # the same weights, not copies of them
        self._modules = {**model._modules, "decoder": decoder}
        self.dropped, self.seen = dropped, watched.seen

    def encode(self, source: Tensor, mask: Tensor, noise: torch.Generator | None = None) -> Memory:
        embedded = self.enter(source, mask)
        if self.dropped is None:
            return self.read(embedded, mask, source=source)
        memory = self.read(embedded.masked_fill(self.dropped[..., None], 0), mask, source=source)
        return replace(memory, mask=mask & ~self.dropped)


@dataclass(frozen=True)
class Walked:
    """One step of a walk of one sentence: what went in, what was seen, and what came out.

    embedded and features [E], logits and log_probs [V]; the states are those before and after the step.  `heads`
    [N, S]: the looks of all heads of all layers, the first layer's first, where there are several.  `p_gen`: how
    probably the word is generated rather than copied, with a pointer.
    """

    embedded: Tensor
    before: DecoderState
    seen: Seen
    after: DecoderState
    heads: Tensor | None
    features: Tensor
    logits: Tensor
    p_gen: float | None

    @cached_property
    def log_probs(self) -> Tensor:
        return torch.log_softmax(self.logits.float(), dim=-1)


class Walk:
    """A decoder that writes what a case has written, one step after the other, as far as somebody has asked."""

    @torch.no_grad()
    def __init__(self, case: Case, change: Change | None = None, dropped: Tensor | None = None) -> None:
        self.case, self.dropped = case, dropped
        self._twin, self._steps, self._going_on = Twin(case.packed, change, dropped), list[Walked](), Lock()
        self.memory = self._twin.encode(*case.batch)
        self._read = self._twin.embed(self._twin.target_embedding, case.target_in)
        self._start = self._twin.start(self.memory)

    def to(self, number: int) -> list[Walked]:
        """The first steps."""
        with self._going_on:  # several of a visitor's questions may come at once
            while len(self._steps) < number:
                self._steps.append(self._next())
        return self._steps[:number]

    @torch.no_grad()
    def _next(self) -> Walked:
        at = len(self._steps)
        read, before = self._read[:, at : at + 1], self._steps[-1].after if at else self._start
        features, after, look = self._twin.decoder.step(read, before, self.memory)
        look = self._twin.pointed(features, read, look)
        logits = self._twin.logits(features, look, self.memory.source)
        p_gen = None if look.p_gen is None else float(look.p_gen[0, 0])
        heads = None if look.heads is None else look.heads[0, :, 0]
        return Walked(read[0, 0], before, self._twin.seen[at], after, heads, features[0, 0], logits[0, 0], p_gen)

    @cached_property
    def entered(self) -> tuple[Tensor, dict[str, Tensor]]:
        """What the encoder read [S, E], and its states by name [S, H]."""
        with torch.no_grad():
            embedded = self._twin.enter(*self.case.batch)
            if self.dropped is not None:
                embedded = embedded.masked_fill(self.dropped[..., None], 0)
            return embedded[0], {name: states[0] for name, states in self._twin.encoder.states(embedded).items()}


def prices(steps: Sequence[Walked], ids: Sequence[int]) -> list[float]:
    """log p of each token that a walk was made to write."""
    return [float(step.log_probs[token]) for step, token in zip(steps, ids, strict=True)]
