"""Sentence pairs as padded tensors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.errors import InputError
from s2s_demo.text.tokenizer import BOS, EOS, PAD

SLACK = 1.25  # times as long as the shortest of its batch a source of a signal may be
Row = Sequence[int] | NDArray[np.float32]  # one source without its end: token numbers, or features [S, F]


@dataclass(frozen=True)
class Pair:
    """A sentence and its translation, as plain text.

    A source that is no text is a document (`signals`); whoever made it may say where each word of the target can be
    read: `places` are (place of the source, word of the target), counted from 0.
    """

    source: str
    target: str
    places: frozenset[tuple[int, int]] = field(default=frozenset(), kw_only=True)

    def texts(self, signal: str = "") -> tuple[str, ...]:
        """What of it is text: both sides, or where the source is a signal the target alone."""
        return (self.target,) if signal else (self.source, self.target)


@dataclass(frozen=True)
class Batch:
    """Token numbers of B sentence pairs; masks are True on real tokens.

    source [B, S] ends in `<eos>`; features [B, S, F] of a signal end in a row of zeros; target_in [B, T] starts with
    `<bos>`; target_out [B, T] ends in `<eos>`: what the decoder should say after having read target_in up to the same
    position.
    """

    source: Tensor
    source_mask: Tensor
    target_in: Tensor
    target_out: Tensor
    target_mask: Tensor

    @classmethod
    def of(cls, pairs: Sequence[tuple[Row, Sequence[int]]]) -> "Batch":
        """Pad encoded pairs (without special tokens) into one batch."""
        source, source_mask = pad_sources([s for s, _ in pairs])
        target_in, target_mask = pad([[BOS, *t] for _, t in pairs])
        target_out, _ = pad([[*t, EOS] for _, t in pairs])
        return cls(source, source_mask, target_in, target_out, target_mask)

    def sources(self) -> list[Row]:
        """The sources again, without padding and ends."""
        lengths = (self.source_mask.sum(dim=1) - 1).tolist()
        rows = [source[: int(length)] for source, length in zip(self.source, lengths, strict=True)]
        return [row.cpu().numpy() if row.dim() > 1 else row.tolist() for row in rows]

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


def pad_sources(sources: Sequence[Row]) -> tuple[Tensor, Tensor]:
    """Sources without their ends as tokens [B, S], or as features [B, S, F], and the mask [B, S]; each gets its end."""
    features = [source for source in sources if isinstance(source, np.ndarray)]
    if not features:
        return pad([[*source, EOS] for source in sources])
    lengths = torch.tensor([len(source) + 1 for source in features])
    padded = torch.zeros(len(features), int(lengths.max()), features[0].shape[1])
    for row, source in zip(padded, features, strict=True):
        row[: len(source)] = torch.from_numpy(source)
    return padded, torch.arange(padded.shape[1]) < lengths[:, None]


def _alike(shortest: Row, source: Row) -> bool:
    """Whether a source fits into a batch that begins with a shorter one."""
    slack = SLACK if isinstance(source, np.ndarray) else 1
    return len(source) <= slack * len(shortest)


def bucket(pairs: Sequence[tuple[Row, Sequence[int]]], tokens: int, generator: torch.Generator) -> Iterator[list[int]]:
    """Group the indices of encoded pairs into batches of about `tokens` target tokens.

    All sources of a batch have exactly the same length (those of a signal, which has many lengths, nearly so) and its
    targets nearly so, which wastes next to nothing on padding; the batches come in random order.
    """
    noise = torch.rand(len(pairs), generator=generator).tolist()
    order = sorted(range(len(pairs)), key=lambda i: (len(pairs[i][0]), len(pairs[i][1]) + 2 * noise[i], noise[i]))
    batches: list[list[int]] = []
    width = 0
    for i in order:
        width = max(width, len(pairs[i][1]) + 1)
        alike = batches and _alike(pairs[batches[-1][0]][0], pairs[i][0])
        if not alike or width * (len(batches[-1]) + 1) > tokens:
            batches.append([])
            width = len(pairs[i][1]) + 1
        batches[-1].append(i)
    for j in torch.randperm(len(batches), generator=generator).tolist():
        yield batches[j]
