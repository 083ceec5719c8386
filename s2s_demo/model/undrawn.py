"""Modules whose first weights nobody draws: their numbers come from a file, or do not matter."""

from collections.abc import Callable
from typing import Any

from torch.overrides import TorchFunctionMode


class NothingDrawn(TorchFunctionMode):
    """While it is active, `nn.init` leaves tensors as they are: with what the memory held.

    It spares drawing millions of numbers; and to draw one on the device "meta", where no numbers are, PyTorch would
    import its compiler, which takes a second and a half.
    """

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        named = kwargs or {}
        return named["tensor"] if getattr(func, "__module__", "") == "torch.nn.init" else func(*args, **named)
