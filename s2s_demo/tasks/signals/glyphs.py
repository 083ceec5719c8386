"""Our own letters and figures, as strokes of a pen.

A stroke is a row of points "xy" on a grid of 7 by 13, y downwards in base 13: letters stand on line 9, reach up to 0
and down to 12.  A curve goes through its points; a point written twice is a corner.  "/" lifts the pen, "|" begins
another way to write the same.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]  # [N, 2] points: x, y

GLYPHS = {
    "0": "30 11 04 07 29 48 65 62 40 30|30 10 05 19 49 65 50 30",
    "1": "30 30 39 39|12 12 30 30 39 39",
    "2": "12 30 51 53 27 09 09 59 59|02 30 52 45 19 08 18 39 59",
    "3": "01 30 52 24 24 56 39 08|00 00 50 50 24 24 46 57 39 08",
    "4": "40 40 06 06 66 66/42 42 49 49|10 10 05 05 55 55/50 50 59 59",
    "5": "50 50 10 10 04 04 34 56 39 08|10 10 14 14 44 57 39 08/10 10 60 60",
    "6": "50 13 06 29 58 56 34 06|40 12 07 29 57 45 25 07",
    "7": "00 00 60 60 29 29|00 00 50 50 29 29/14 14 54 54",
    "8": "51 30 11 13 34 57 39 17 34 53 51|30 12 34 57 39 07 34 52 30",
    "9": "53 34 13 11 30 51 53 49|53 34 13 11 30 51 53 53 59 59",
    "a": "53 33 14 07 29 48 56 53 53 59 59",
    "b": "00 00 09 09/05 33 56 39 08",
    "c": "54 33 14 07 29 58",
    "d": "50 50 59 59/54 33 05 08 29 57",
    "e": "16 16 56 56 43 23 06 18 39 58",
    "f": "51 30 22 29 29/04 04 44 44",
    "g": "53 33 14 06 28 47 54 53 53 5a 3c 1b",
    "h": "00 00 09 09/06 34 55 59 59",
    "i": "13 13 19 19/11 11",
    "j": "33 33 3a 1c 0b/31 31",
    "k": "00 00 09 09/43 43 06 06 49 49",
    "l": "10 10 19 19|10 10 17 29 38",
    "m": "03 03 09 09/05 23 35 39 39/35 53 65 69 69",
    "n": "03 03 09 09/05 33 55 59 59",
    "o": "33 14 07 29 48 56 44 33",
    "p": "03 03 0c 0c/05 33 56 39 08",
    "q": "54 33 05 08 29 57/53 53 5c 5c",
    "r": "03 03 09 09/05 23 43 54",
    "s": "54 33 14 36 48 29 08",
    "t": "20 20 27 39 58/04 04 44 44",
    "u": "03 03 07 29 47 53/53 53 59 59",
    "v": "03 03 29 29 53 53",
    "w": "03 03 19 19 34 34 49 49 63 63",
    "x": "03 03 59 59/53 53 09 09",
    "y": "03 03 28 28/53 53 1c 1c",
    "z": "03 03 53 53 09 09 59 59",
}
DENSITY = 0.4  # distance of two points of a drawn stroke, on the grid


def ways(character: str) -> int:
    """In how many ways it can be written."""
    return GLYPHS[character].count("|") + 1


@cache
def glyph(character: str, way: int) -> Stroke:
    """The points of all strokes of a character [N, 2], close together."""
    points = np.concatenate(strokes(character, way))
    points.setflags(write=False)
    return points


def strokes(character: str, way: int) -> list[Stroke]:
    """The same, stroke by stroke."""
    written = GLYPHS[character].split("|")[way].split("/")
    return [_drawn([(int(p[0]), int(p[1], 13)) for p in stroke.split()]) for stroke in written]


def _drawn(points: list[tuple[int, int]]) -> Stroke:
    """A curve through points (Catmull and Rom 1974)."""
    given = np.array([points[0], *points, points[-1]], float)
    parts = [given[1:2]]
    for a, b, c, d in zip(given, given[1:], given[2:], given[3:], strict=False):
        steps = int(np.ceil(np.hypot(*(c - b)) / DENSITY))
        t = (np.arange(1, steps + 1) / max(1, steps))[:, None]
        parts.append(b + (c - a) / 2 * t + (a - 2.5 * b + 2 * c - d / 2) * t**2 + (1.5 * (b - c) + (d - a) / 2) * t**3)
    return np.concatenate(parts)
