"""Sentence pairs as padded tensors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from s2s_demo.errors import InputError
from s2s_demo.text.tokenizer import BOS, EOS, PAD


@dataclass(frozen=True)
class Pair:
    """A sentence and its translation, as plain text."""

    source: str
    target: str


@dataclass(frozen=True)
class Batch:
    """Token numbers of B sentence pairs; masks are True on real tokens.

    source [B, S] ends in `<eos>`; target_in [B, T] starts with `<bos>`; target_out [B, T] ends in
    `<eos>`: what the decoder should say after having read target_in up to the same position.
    """

    source: Tensor
    source_mask: Tensor
    target_in: Tensor
    target_out: Tensor
    target_mask: Tensor

    @classmethod
    def of(cls, pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> "Batch":
        """Pad encoded pairs (without special tokens) into one batch."""
        source, source_mask = pad([[*s, EOS] for s, _ in pairs])
        target_in, target_mask = pad([[BOS, *t] for _, t in pairs])
        target_out, _ = pad([[*t, EOS] for _, t in pairs])
        return cls(source, source_mask, target_in, target_out, target_mask)

    def to(self, device: torch.device) -> "Batch":
        return replace(self, **{name: value.to(device) for name, value in vars(self).items()})


def pad(sequences: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Sequences of different lengths as one matrix [B, S] and its mask [B, S], True on real tokens."""
    if not sequences or not all(sequences):
        raise InputError("batch.empty")
    lengths = torch.tensor([len(sequence) for sequence in sequences])
    padded = torch.full((len(sequences), int(lengths.max())), PAD)
    for row, sequence in zip(padded, sequences, strict=True):
        row[: len(sequence)] = torch.tensor(sequence)
    return padded, torch.arange(padded.shape[1]) < lengths[:, None]


def bucket(
    pairs: Sequence[tuple[Sequence[int], Sequence[int]]], tokens: int, generator: torch.Generator
) -> Iterator[list[int]]:
    """Group the indices of encoded pairs into batches of about `tokens` target tokens.

    All sources of a batch have exactly the same length and its targets nearly so, which wastes
    next to nothing on padding; the batches come in random order.
    """
    noise = torch.rand(len(pairs), generator=generator).tolist()
    order = sorted(range(len(pairs)), key=lambda i: (len(pairs[i][0]), len(pairs[i][1]) + 2 * noise[i], noise[i]))
    batches: list[list[int]] = []
    width = 0
    for i in order:
        width = max(width, len(pairs[i][1]) + 1)
        same = batches and len(pairs[batches[-1][0]][0]) == len(pairs[i][0])
        if not same or width * (len(batches[-1]) + 1) > tokens:
            batches.append([])
            width = len(pairs[i][1]) + 1
        batches[-1].append(i)
    for j in torch.randperm(len(batches), generator=generator).tolist():
        yield batches[j]
