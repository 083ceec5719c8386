"""Vectors as strips of numbers."""

import math
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from s2s_demo.words import called

CELLS = 48  # of a strip: every nth number of a longer vector


class Numbers(TypedDict):
    """A vector as a strip: every nth of its `size` numbers; `symbol` is its class in the formulas, where it has one."""

    name: str
    symbol: str
    values: list[float]
    size: int


def numbers(vector: NDArray[np.floating], name: str, symbol: str = "") -> Numbers:
    """A vector for the page, under a name that a visitor reads."""
    every = math.ceil(len(vector) / CELLS)
    return Numbers(name=name, symbol=symbol, values=[round(float(x), 4) for x in vector[::every]], size=len(vector))


def vector_called(name: str) -> str:
    """What a state or a vector is called: each part of its name has a word of its own."""
    return " ".join(called(f"inside.vectors.{part}", part) for part in name.split())
