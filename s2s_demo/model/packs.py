"""Matrices in FBGEMM's own order, packed as fp16 and kept for as long as their numbers stay: see `packed.py`."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import torch
from torch import Tensor

SMALLEST = 100_000  # numbers; a smaller matrix stays in the processor's cache as it is, and packs make it slower
LARGEST = torch.finfo(torch.float16).max  # 65,504

Affine = tuple[Tensor, Tensor | None]  # a matrix [O, I] and its bias [O]


@cache
def can_pack() -> bool:
    """Whether FBGEMM is there: on x86 processors with AVX2."""
    try:
        packed = operation("linear_prepack_fp16")(torch.ones(1, 1), None)
        return bool(operation("linear_dynamic_fp16")(torch.ones(1, 1), packed) == 1)
    except (RuntimeError, AttributeError):
        return False


@cache
def operation(name: str) -> Callable[..., Any]:
    """One of FBGEMM's operations, below the layer that searches its arguments for what is traced: that takes longer."""
    operation: Callable[..., Any] = getattr(torch.ops.quantized, name).default._op
    return operation


class Packs:
    """Packs of some matrices, for as long as the numbers are those that were packed.

    A change in place counts a tensor's version up; `.data = ...` moves it, and what is kept here holds the old place.
    Only fused optimisers do neither, so what may learn is never packed; what has learnt goes through `freeze`, which
    writes it anew.
    """

    def __init__(self) -> None:
        self._kept: tuple[list[tuple[int, int | None]], list[Tensor], list[Any] | None] = ([], [], None)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Packs":
        return Packs()  # a copied tensor's version starts at 0 again

    def of(self, layers: Sequence[Affine]) -> list[Any] | None:
        """A pack for each matrix with its bias; None where they cannot be packed, or not now."""
        if torch.is_grad_enabled():
            return None
        numbers = [tensor for layer in layers for tensor in layer if tensor is not None]
        marks = [(tensor.data_ptr(), _version(tensor)) for tensor in numbers]
        if marks != self._kept[0]:
            still = all(version is not None for _, version in marks)
            fits = still and can_pack() and all(_fits(weight) for weight, _ in layers)
            packs = [operation("linear_prepack_fp16")(*layer) for layer in layers] if fits else None
            self._kept = marks, [tensor.detach() for tensor in numbers], packs
        return self._kept[2]


def affine(weights: Sequence[Sequence[Tensor]]) -> list[Affine]:
    """all_weights of a recurrent network as matrices with their biases."""
    return [
        pair
        for from_input, from_state, *biases in weights
        for pair in zip((from_input, from_state), biases, strict=True)
    ]


def _version(tensor: Tensor) -> int | None:
    """How often a tensor has been changed in place; None where nobody counts: while it learns, or in inference mode."""
    return None if tensor.requires_grad or tensor.is_inference() else tensor._version


def is_large(weight: Tensor) -> bool:
    """Whether packing a matrix is worth it."""
    return weight.dim() == 2 and weight.numel() >= SMALLEST


def _fits(weight: Tensor) -> bool:
    plain = weight.device.type == "cpu" and weight.dtype is torch.float32
    return plain and is_large(weight) and bool((weight.half().float() == weight).all())
