"""Pictures made smaller or larger, by the means of what falls into each new pixel."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]


def resized(pixels: Pixels, height: int, width: int) -> Pixels:
    """pixels [H, W] as [height, width]."""
    found: Pixels = means(len(pixels), height) @ pixels @ means(pixels.shape[1], width).T
    return found


@lru_cache(maxsize=256)
def means(given: int, wanted: int) -> Pixels:
    """How much of each of `given` pixels in a row counts for each of `wanted` ones [wanted, given]; rows sum to 1."""
    edges = np.linspace(0, given, wanted + 1)[:, None]
    left_of = (edges - np.arange(given)).clip(0, 1)  # how much of a pixel lies left of an edge
    found: Pixels = (np.diff(left_of, axis=0) * (wanted / given)).astype(np.float32)
    return found
