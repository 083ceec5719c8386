"""Dual averaging against a recursion of ten lines in NumPy."""

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from s2s_demo.training.optimisers import AdagradDA, RMSpropDA

TARGET = torch.tensor([2.0, -1.0, 0.05, 0.3], dtype=torch.float64)


def gradient_at(weights: torch.Tensor) -> torch.Tensor:
    return (weights - TARGET) * torch.tensor([1.0, 4.0, 1.0, 0.01])


def ours(kind: AdagradDA, rates: list[float]) -> Iterator[NDArray[np.float64]]:
    weights = torch.nn.Parameter(torch.tensor([0.5, 0.5, -0.5, 0.1], dtype=torch.float64))
    optimiser = kind.of([weights])
    for rate in rates:
        for group in optimiser.param_groups:
            group["lr"] = rate
        weights.grad = gradient_at(weights.detach())
        optimiser.step()
        yield weights.detach().numpy().copy()


def recursion(kind: AdagradDA, rates: list[float]) -> Iterator[NDArray[np.float64]]:
    first = np.array([0.5, 0.5, -0.5, 0.1])
    weights, sums, squares, total = first.copy(), np.zeros(4), [], 0.0
    for rate in rates:
        gradient = gradient_at(torch.tensor(weights)).numpy()
        sums, total = sums + rate * gradient, total + rate
        squares.append(gradient**2)
        fading = getattr(kind, "smoothing", 1.0) ** np.arange(len(squares))[::-1]
        divisor = np.sqrt(len(squares) * np.average(squares, axis=0, weights=fading)) + kind.l2 * total
        moved = first - sums / divisor
        weights = np.sign(moved) * np.maximum(np.abs(moved) - kind.l1 * total / divisor, 0)
        yield weights


@pytest.mark.parametrize(
    "kind",
    [
        AdagradDA(),
        AdagradDA(l2=0.3),
        AdagradDA(l1=0.2, l2=0.1),
        RMSpropDA(),
        RMSpropDA(smoothing=0.5, l1=0.1),
    ],
)
@pytest.mark.parametrize("rates", [[0.3] * 20, [0.5 / (1 + t) for t in range(20)]])
def test_it_is_the_recursion(kind: AdagradDA, rates: list[float]) -> None:
    for found, expected in zip(ours(kind, rates), recursion(kind, rates), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-6)  # a root of 0 has 1e-10 added


def test_with_a_constant_rate_it_is_the_closed_form() -> None:
    """w_t = w_0 - lr * G_t / (l2 * t * lr + sqrt(H_t)), G and H the sums of gradients and of their squares."""
    rate, found = 0.3, [np.array([0.5, 0.5, -0.5, 0.1]), *ours(AdagradDA(l2=0.2), [0.3] * 10)]
    gradients = np.array([gradient_at(torch.tensor(weights)).numpy() for weights in found[:-1]])
    divisor = 0.2 * 10 * rate + np.sqrt((gradients**2).sum(axis=0))
    np.testing.assert_allclose(found[-1], found[0] - rate * gradients.sum(axis=0) / divisor, atol=1e-8)


@pytest.mark.parametrize("kind", [AdagradDA, RMSpropDA])
def test_sparseness_gives_exact_zeros_where_a_weight_matters_little(kind: type[AdagradDA]) -> None:
    *_, sparse = ours(kind(l1=0.1), [0.5] * 200)
    *_, dense = ours(kind(), [0.5] * 200)
    assert (sparse == 0).tolist() == [False, False, True, True]
    assert (dense != 0).all()


@pytest.mark.parametrize("kind", [AdagradDA(), RMSpropDA()])
def test_it_gets_there(kind: AdagradDA) -> None:
    *_, found = ours(kind, [1.0] * 400)
    np.testing.assert_allclose(found[:2], TARGET[:2], atol=0.05)
