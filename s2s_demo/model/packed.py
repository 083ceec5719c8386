"""The same weights laid out for few rows: what a search multiplies with, two to four times as fast.

A product of five rows with a matrix spends most of its time on bringing the matrix into the order in which the
processor wants it, at every call again.  FBGEMM keeps it in that order, as fp16, and computes products and sums in
fp32, each row by itself: the same, bit for bit, whatever else is in the batch.  A matrix is packed only where fp16
holds its numbers exactly (`freeze` sees to that), so a packed model is the model, up to the last digits of a sum: beams
keep the same trees; of a hundred sampled sentences, one or two draw a point that lies so near the border between two
words that it falls to the other.  A model that computes in bf16 has its `nn.Linear` packed by oneDNN, which changes no
number and takes a quarter off greedy search in batches.

The operations are not public API of PyTorch; where they are missing, everything takes its plain path.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from s2s_demo.model.packs import LARGEST, Packs, affine, is_large, operation, product
from s2s_demo.model.recurrent import Recurrent, State, step_through
from s2s_demo.model.seq2seq import Seq2Seq

_STEPS = {"rnn": "quantized_rnn_tanh_cell_dynamic", "gru": "quantized_gru_cell_dynamic"} | {
    "lstm": "quantized_lstm_cell_dynamic"
}


@torch.no_grad()
def freeze(model: Seq2Seq) -> Seq2Seq:
    """The model itself, which learns no more: its large matrices are rounded to fp16, so that they can be packed.

    On every device, so that all compute with the same numbers.
    """
    for weight in model.parameters():
        if is_large(weight) and bool((weight.abs() <= LARGEST).all()):
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
        if type(module) in _TWINS and any(map(is_large, module.parameters())):
            twins[id(module)] = _TWINS[type(module)](module)
    return deepcopy(model, twins)


class PackedLinear(nn.Module):
    """Stands for an `nn.Linear`."""

    def __init__(self, plain: nn.Linear) -> None:
        super().__init__()
        self.plain, self._packs = plain, Packs(bf16=True)

    @property
    def weight(self) -> Tensor:
        return self.plain.weight

    @property
    def bias(self) -> Tensor | None:
        return self.plain.bias

    def forward(self, x: Tensor) -> Tensor:
        """x [..., I] -> [..., O]."""
        packs = self._packs.of([(self.weight, self.bias)])
        found: Tensor = product(x, packs[0]) if packs else self.plain(x)
        return found


class PackedRecurrent(nn.Module):
    """Stands for a `Recurrent`: its steps are packed, whole sequences are not."""

    def __init__(self, plain: Recurrent) -> None:
        super().__init__()
        self.plain, self._packs = plain, Packs()
        self.layers, self.hidden_size = plain.layers, plain.hidden_size

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        return self.plain(x, state)  # type: ignore[no-any-return]

    def step(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """As `Recurrent.step`."""
        weights = self.plain.network.all_weights
        packs = self._packs.of(affine(weights))
        if packs is None:
            return self.plain.step(x, state)
        packed = [(*packs[2 * i : 2 * i + 2], *biases) for i, (_, _, *biases) in enumerate(weights)]
        return step_through(operation(_STEPS[self.plain.cell]), packed, x, state)


class PackedSequences(nn.Module):
    """Stands for an `nn.LSTM` or `nn.GRU` that reads whole sequences from a state of zeros."""

    def __init__(self, plain: nn.RNNBase) -> None:
        super().__init__()
        self.plain, self._packs = plain, Packs()

    def forward(self, x: Tensor | PackedSequence, state: Any = None) -> tuple[Any, Any]:
        """x [B, S, I], or packed, -> outputs alike, and the state after the last position."""
        usual = state is None and self.plain.bias and not self.plain.proj_size
        packs = self._packs.of(affine(self.plain.all_weights)) if usual else None
        if packs is None:
            return self.plain(x, state)  # type: ignore[no-any-return]
        cells = [operation("make_quantized_cell_params_fp16")(*packs[i : i + 2]) for i in range(0, len(packs), 2)]
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
