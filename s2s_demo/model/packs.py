"""Matrices in the order that a multiplication wants, kept for as long as their numbers stay: see `packed.py`.

FBGEMM keeps fp32 matrices as fp16, oneDNN keeps bf16 matrices as they are.
"""

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
def can_pack_bf16() -> bool:
    """Whether oneDNN keeps matrices of bf16 in its own order."""
    try:
        one = torch.ones(1, 1, dtype=torch.bfloat16)
        return bool(product(one, _pack(one, None)) == 1)
    except (RuntimeError, AttributeError):
        return False


@cache
def operation(name: str, library: str = "quantized") -> Callable[..., Any]:
    """One of FBGEMM's operations, below the layer that searches its arguments for what is traced: that takes longer."""
    operation: Callable[..., Any] = getattr(getattr(torch.ops, library), name).default._op
    return operation


def product(x: Tensor, pack: Any) -> Tensor:
    """x [..., I] times a packed matrix, and its bias -> [..., O]."""
    found: Tensor
    if x.dtype is torch.bfloat16:
        found = operation("_linear_pointwise", "mkldnn")(x, *pack, "none", [], "")
    else:
        found = operation("linear_dynamic_fp16")(x, pack)
    return found


def _pack(weight: Tensor, bias: Tensor | None) -> Any:
    if weight.dtype is torch.bfloat16:
        return operation("_reorder_linear_weight", "mkldnn")(weight, None), bias
    return operation("linear_prepack_fp16")(weight, bias)


class Packs:
    """Packs of some matrices, for as long as the numbers are those that were packed.

    A change in place counts a tensor's version up; `.data = ...` moves it, and what is kept here holds the old place.
    Only fused optimisers do neither, so what may learn is never packed; what has learnt goes through `freeze`, which
    writes it anew.
    """

    def __init__(self, *, bf16: bool = False) -> None:
        self._bf16 = bf16  # whether matrices of bf16 are packed, too
        self._kept: tuple[list[tuple[int, int | None]], list[Tensor], list[Any] | None] = ([], [], None)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Packs":
        return Packs(bf16=self._bf16)  # a copied tensor's version starts at 0 again

    def of(self, layers: Sequence[Affine]) -> list[Any] | None:
        """A pack for each matrix with its bias; None where they cannot be packed, or not now."""
        if torch.is_grad_enabled():
            return None
        numbers = [tensor for layer in layers for tensor in layer if tensor is not None]
        marks = [(tensor.data_ptr(), _version(tensor)) for tensor in numbers]
        if marks != self._kept[0]:
            still = all(version is not None for _, version in marks)
            fits = still and all(self._fits(weight) for weight, _ in layers)
            packs = [_pack(*layer) for layer in layers] if fits else None
            self._kept = marks, [tensor.detach() for tensor in numbers], packs
        return self._kept[2]

    def _fits(self, weight: Tensor) -> bool:
        if weight.device.type != "cpu" or not is_large(weight):
            return False
        if weight.dtype is torch.bfloat16:
            return self._bf16 and can_pack_bf16()
        return weight.dtype is torch.float32 and can_pack() and bool((weight.half().float() == weight).all())


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
