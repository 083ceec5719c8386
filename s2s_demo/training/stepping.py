"""Steps of PyTorch's optimisers without its compiler: each loads all of it, only to say that it is not to be compiled.

That takes a second, in which nobody else gets a word in, and 70 MB, at the first training of a program.
"""

import inspect

import torch
from torch.optim import Optimizer


def take_step(optimiser: Optimizer) -> None:
    """What `optimiser.step()` does, below the layer that speaks to the compiler."""
    with torch.no_grad():
        inspect.unwrap(type(optimiser).step)(optimiser)


def _leave_alone() -> None:
    """Mark the other methods as if the compiler had been told already; without the mark they work, and load it."""
    for method in filter(inspect.isfunction, vars(Optimizer).values()):
        if (plain := inspect.unwrap(method)) is not method:
            plain.__dynamo_disable = plain  # as `torch._disable_dynamo` writes it down


_leave_alone()
