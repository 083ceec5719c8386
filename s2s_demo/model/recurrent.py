"""A stack of RNN, GRU or LSTM layers with two ways through: a whole sequence, or one step."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import torch
from torch import Tensor, nn

from s2s_demo.errors import check_choice

CELLS: dict[str, Callable[..., nn.RNNBase]] = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
_STEPS: dict[str, Callable[..., Any]] = {"rnn": torch.rnn_tanh_cell, "gru": torch.gru_cell, "lstm": torch.lstm_cell}

State = tuple[Tensor, Tensor | None]

torch.backends.cudnn.allow_tf32 = False  # else cuDNN multiplies fp32 in ten bits, and a GPU says other than a CPU


class Recurrent(nn.Module):
    """L recurrent layers of H units; both ways through use the same weights.

    `forward` is one fused call over T positions; `step` is one cell after the other, which for a
    single position is several times faster than a sequence of length one.
    """

    def __init__(self, cell: str, input_size: int, hidden_size: int, layers: int) -> None:
        super().__init__()
        check_choice("cell", cell, CELLS)
        self.cell, self.layers, self.hidden_size = cell, layers, hidden_size
        self.network = CELLS[cell](input_size, hidden_size, layers, batch_first=True)
        self._step = _STEPS[cell]

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """x [N, T, I], hidden and cell [L, N, H] -> outputs [N, T, H] and the state after the last."""
        hidden, cell = state
        hidden = hidden.contiguous()
        if cell is None:
            outputs, hidden = self.network(x, hidden)
            return outputs, (hidden, None)
        outputs, (hidden, cell) = self.network(x, (hidden, cell.contiguous()))
        return outputs, (hidden, cell)

    def step(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """x [N, I], hidden and cell [L, N, H] -> output [N, H] and the state after it."""
        return step_through(self._step, self.network.all_weights, x, state)


class ResidualStack(nn.Module):
    r"""Wu et al. 2016, eq. 5: from the second layer on, $x^{l+1} = x^l + \mathrm{RNN}^l(x^l)$, so that gradients pass.

    To whoever uses it, as a `Recurrent` of as many layers.
    """

    def __init__(self, cell: str, input_size: int, hidden_size: int, layers: int) -> None:
        super().__init__()
        self.layers, self.hidden_size = layers, hidden_size
        sizes = [input_size] + [hidden_size] * (layers - 1)
        parts = nn.ModuleList(Recurrent(cell, size, hidden_size, 1) for size in sizes)
        self.parts = cast(Sequence[Recurrent], parts)

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """As `Recurrent.forward`."""
        return self._through([part.forward for part in self.parts], x, state)

    def step(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """As `Recurrent.step`."""
        return self._through([part.step for part in self.parts], x, state)

    def _through(self, ways: Sequence[Callable[..., Any]], x: Tensor, state: State) -> tuple[Tensor, State]:
        hiddens, cells = [], []
        for layer, way in enumerate(ways):
            cell = None if state[1] is None else state[1][layer : layer + 1]
            output, (hidden, cell) = way(x, (state[0][layer : layer + 1], cell))
            x = x + output if layer else output
            hiddens.append(hidden)
            cells.append(cell)
        return x, (torch.cat(hiddens), None if state[1] is None else torch.cat(cells))


def lstm_through(x: Tensor, weights: Sequence[Tensor]) -> Tensor:
    """One layer of an LSTM in one direction, from a state of zeros: x [B, S, I] -> outputs [B, S, H]."""
    zeros = x.new_zeros(1, len(x), weights[1].shape[1])
    outputs: Tensor = torch.lstm(x, (zeros, zeros), list(weights), True, 1, 0.0, True, False, True)[0]
    return outputs


def step_through(
    cell: Callable[..., Any], weights: Sequence[Sequence[Any]], x: Tensor, state: State
) -> tuple[Tensor, State]:
    """One step of `cell` for each layer, bottom up, with the weights of each; shapes as of `Recurrent.step`."""
    hiddens, cells = [], []
    for layer, hidden in enumerate(state[0]):
        if state[1] is None:
            x = cell(x, hidden, *weights[layer])
        else:
            x, after = cell(x, (hidden, state[1][layer]), *weights[layer])
            cells.append(after)
        hiddens.append(x)
    return x, (_layers(hiddens), _layers(cells) if cells else None)


def _layers(states: list[Tensor]) -> Tensor:
    """States [N, H] of L layers as [L, N, H]; a single one is not copied."""
    return torch.stack(states) if len(states) > 1 else states[0][None]
