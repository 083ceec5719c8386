"""The same weights laid out for few rows: what a search multiplies with, two to four times as fast.

A product of five rows with a matrix spends most of its time on bringing the matrix into the order in which the
processor wants it, at every call again.  FBGEMM keeps it in that order, as fp16, and computes products and sums in
fp32, each row by itself: the same, bit for bit, whatever else is in the batch.  A matrix is packed only where fp16
holds its numbers exactly (`freeze` sees to that), so a packed model is the model, up to the last digits of a sum: beams
keep the same trees; of a hundred sampled sentences, one or two draw a point that lies so near the border between two
words that it falls to the other.

The operations are not public API of PyTorch; where they are missing, everything takes its plain path.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from s2s_demo.model.recurrent import Recurrent, State, step_through
from s2s_demo.model.seq2seq import Seq2Seq

SMALLEST = 100_000  # numbers; a smaller matrix stays in the processor's cache as it is, and packs make it slower
LARGEST = torch.finfo(torch.float16).max  # 65,504

_STEPS = {"rnn": "quantized_rnn_tanh_cell_dynamic", "gru": "quantized_gru_cell_dynamic"} | {
    "lstm": "quantized_lstm_cell_dynamic"
}
Affine = tuple[Tensor, Tensor | None]  # a matrix [O, I] and its bias [O]


@torch.no_grad()
def freeze(model: Seq2Seq) -> Seq2Seq:
    """The model itself, which learns no more: its large matrices are rounded to fp16, so that they can be packed.

    On every device, so that all compute with the same numbers.
    """
    for weight in model.parameters():
        if _is_large(weight) and bool((weight.abs() <= LARGEST).all()):
            weight.copy_(weight.half())
    return model.eval().requires_grad_(False)


def pack(model: Seq2Seq) -> Seq2Seq:
    """A twin of the model that answers few rows faster; it shares the model's parameters.

    Each `nn.Linear`, `Recurrent`, LSTM and GRU with a large matrix is replaced, whatever the architecture around it.
    Weights are packed at their first use, and again when they have changed since; those that still learn, lie on a
    GPU or do not fit fp16 are used as they are, and so is everything while gradients are on.
    """
    twins: dict[int, Any] = {id(parameter): parameter for parameter in model.parameters()}
    for module in model.modules():
        if type(module) in _TWINS and any(map(_is_large, module.parameters())):
            twins[id(module)] = _TWINS[type(module)](module)
    return deepcopy(model, twins)


@cache
def can_pack() -> bool:
    """Whether FBGEMM is there: on x86 processors with AVX2."""
    try:
        packed = _operation("linear_prepack_fp16")(torch.ones(1, 1), None)
        return bool(_operation("linear_dynamic_fp16")(torch.ones(1, 1), packed) == 1)
    except (RuntimeError, AttributeError):
        return False


@cache
def _operation(name: str) -> Callable[..., Any]:
    """One of FBGEMM's operations, below the layer that searches its arguments for what is traced: that takes longer."""
    operation: Callable[..., Any] = getattr(torch.ops.quantized, name).default._op
    return operation


class PackedLinear(nn.Module):
    """Stands for an `nn.Linear`."""

    def __init__(self, plain: nn.Linear) -> None:
        super().__init__()
        self.plain, self._packs = plain, _Packs()

    @property
    def weight(self) -> Tensor:
        return self.plain.weight

    @property
    def bias(self) -> Tensor | None:
        return self.plain.bias

    def forward(self, x: Tensor) -> Tensor:
        """x [..., I] -> [..., O]."""
        packs = self._packs.of([(self.weight, self.bias)])
        found: Tensor = _operation("linear_dynamic_fp16")(x, packs[0]) if packs else self.plain(x)
        return found


class PackedRecurrent(nn.Module):
    """Stands for a `Recurrent`: its steps are packed, whole sequences are not."""

    def __init__(self, plain: Recurrent) -> None:
        super().__init__()
        self.plain, self._packs = plain, _Packs()
        self.layers, self.hidden_size = plain.layers, plain.hidden_size

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        return self.plain(x, state)  # type: ignore[no-any-return]

    def step(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """As `Recurrent.step`."""
        weights = self.plain.network.all_weights
        packs = self._packs.of(_affine(weights))
        if packs is None:
            return self.plain.step(x, state)
        packed = [(*packs[2 * i : 2 * i + 2], *biases) for i, (_, _, *biases) in enumerate(weights)]
        return step_through(_operation(_STEPS[self.plain.cell]), packed, x, state)


class PackedSequences(nn.Module):
    """Stands for an `nn.LSTM` or `nn.GRU` that reads whole sequences from a state of zeros."""

    def __init__(self, plain: nn.RNNBase) -> None:
        super().__init__()
        self.plain, self._packs = plain, _Packs()

    def forward(self, x: Tensor | PackedSequence, state: Any = None) -> tuple[Any, Any]:
        """x [B, S, I], or packed, -> outputs alike, and the state after the last position."""
        usual = state is None and self.plain.bias and not self.plain.proj_size
        packs = self._packs.of(_affine(self.plain.all_weights)) if usual else None
        if packs is None:
            return self.plain(x, state)  # type: ignore[no-any-return]
        cells = [_operation("make_quantized_cell_params_fp16")(*packs[i : i + 2]) for i in range(0, len(packs), 2)]
        if isinstance(x, Tensor):
            return self._read((x,), len(x), cells, (True,))
        outputs, after = self._read((x.data, x.batch_sizes), int(x.batch_sizes[0]), cells, ())
        unsorted = x.unsorted_indices
        if unsorted is not None:
            after = tuple(part[:, unsorted] for part in after) if isinstance(after, tuple) else after[:, unsorted]
        return PackedSequence(outputs, x.batch_sizes, x.sorted_indices, unsorted), after

    def _read(self, x: tuple[Tensor, ...], size: int, cells: list[Any], how: tuple[bool, ...]) -> tuple[Tensor, Any]:
        zeros = x[0].new_zeros(len(cells), size, self.plain.hidden_size)
        settings = (cells, True, self.plain.num_layers, 0.0, False, self.plain.bidirectional, *how)
        if isinstance(self.plain, nn.GRU):
            outputs, hidden = torch.quantized_gru(*x, zeros, *settings)
            return outputs, hidden
        outputs, hidden, cell = torch.quantized_lstm(
            *x, (zeros, zeros), *settings, dtype=torch.float16, use_dynamic=True
        )
        return outputs, (hidden, cell)


_TWINS: dict[type[nn.Module], Callable[[Any], nn.Module]] = {
    nn.Linear: PackedLinear,
    Recurrent: PackedRecurrent,
    nn.LSTM: PackedSequences,
    nn.GRU: PackedSequences,
}


class _Packs:
    """Packs of some matrices, for as long as the numbers are those that were packed.

    A change in place counts a tensor's version up; `.data = ...` moves it, and what is kept here holds the old place.
    Only fused optimisers do neither, so what may learn is never packed; what has learnt goes through `freeze`, which
    writes it anew.
    """

    def __init__(self) -> None:
        self._kept: tuple[list[tuple[int, int | None]], list[Tensor], list[Any] | None] = ([], [], None)

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Packs":
        return _Packs()  # a copied tensor's version starts at 0 again

    def of(self, layers: Sequence[Affine]) -> list[Any] | None:
        """A pack for each matrix with its bias; None where they cannot be packed, or not now."""
        if torch.is_grad_enabled():
            return None
        numbers = [tensor for layer in layers for tensor in layer if tensor is not None]
        marks = [(tensor.data_ptr(), _version(tensor)) for tensor in numbers]
        if marks != self._kept[0]:
            still = all(version is not None for _, version in marks)
            fits = still and can_pack() and all(_fits(weight) for weight, _ in layers)
            packs = [_operation("linear_prepack_fp16")(*layer) for layer in layers] if fits else None
            self._kept = marks, [tensor.detach() for tensor in numbers], packs
        return self._kept[2]


def _affine(weights: Sequence[Sequence[Tensor]]) -> list[Affine]:
    """all_weights of a recurrent network as matrices with their biases."""
    return [
        pair
        for from_input, from_state, *biases in weights
        for pair in zip((from_input, from_state), biases, strict=True)
    ]


def _version(tensor: Tensor) -> int | None:
    """How often a tensor has been changed in place; None where nobody counts: while it learns, or in inference mode."""
    return None if tensor.requires_grad or tensor.is_inference() else tensor._version


def _is_large(weight: Tensor) -> bool:
    return weight.dim() == 2 and weight.numel() >= SMALLEST


def _fits(weight: Tensor) -> bool:
    plain = weight.device.type == "cpu" and weight.dtype is torch.float32
    return plain and _is_large(weight) and bool((weight.half().float() == weight).all())
