"""Dual averaging as PyTorch wants an optimiser; `optimisers.py` says what it is."""

from collections.abc import Callable, Iterable

import torch
from torch.nn import Parameter

TINY = 1e-10  # added to a root that may be 0


class DualAveraging(torch.optim.Optimizer):
    """Weights from their first values, the sum of the gradients and that of their squares.

    Without a `smoothing` squares are summed up (AdagradDA); with one, t times their moving mean takes that place.
    """

    def __init__(
        self, parameters: Iterable[Parameter], lr: float = 0.1, l1: float = 0, l2: float = 0, smoothing: float = 1
    ) -> None:
        super().__init__(parameters, {"lr": lr, "l1": l1, "l2": l2, "smoothing": smoothing})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Take one step; a closure is not needed."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._move(weight, weight.grad, **{name: group[name] for name in ("lr", "l1", "l2", "smoothing")})

    def _move(
        self, weight: Parameter, gradient: torch.Tensor, lr: float, l1: float, l2: float, smoothing: float
    ) -> None:
        state = self.state[weight]
        if not state:
            state |= {"first": weight.clone(), "gradients": torch.zeros_like(weight)}
            state |= {"squares": torch.zeros_like(weight), "rates": 0.0, "step": 0}
        state["step"] += 1
        state["rates"] += lr
        state["gradients"].add_(gradient, alpha=lr)
        fresh = 1 - smoothing if smoothing < 1 else 1
        squares = state["squares"].mul_(smoothing).addcmul_(gradient, gradient, value=fresh)
        steps, rates = state["step"], state["rates"]
        if smoothing < 1:
            squares = squares * (steps / (1 - smoothing**steps))
        divisor = squares.sqrt().add_(TINY + l2 * rates)
        moved = state["first"] - state["gradients"] / divisor
        weight.copy_(torch.sign(moved) * (moved.abs() - l1 * rates / divisor).clamp_min(0) if l1 else moved)
