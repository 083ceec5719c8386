"""Where it looked: the alignment of one hypothesis as a heatmap."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from s2s_demo.errors import InputError
from s2s_demo.views.theme import FONT_SIZE, LIGHT, axis, colour_scale, finish, plain, share, shorten, text_width

LONGEST_LABEL = 104  # px; longer words end in an ellipsis on the axis, and stay whole in the hover
NARROWEST_CELL, FEWEST_COLUMNS, RIGHT = 17, 6, 56  # px, columns, px
NARROWEST_LETTER = 13  # px; single letters stand upright and need less
PHONE = 220  # px left for the cells on a small phone
SLANT = 50  # degrees


def alignment_heatmap(
    source: Sequence[str], target: Sequence[str], alignment: NDArray[np.floating[Any]], *, title: str = ""
) -> go.Figure:
    """Each row is a word it wrote, each column a word it read; strong cells are where it looked.

    `alignment` is [T, S], in 0..1.  Words may repeat and may hold any characters.  `layout.width`
    is the least readable width in px, the height follows from T.
    """
    if alignment.shape != (len(target), len(source)):
        shape = " by ".join(map(str, alignment.shape))
        raise InputError("alignment.another-shape", target=len(target), source=len(source), shape=shape)
    across, down = [_label(word) for word in source], [_label(word) for word in target]
    columns = max(len(source), FEWEST_COLUMNS)
    widest = max(map(text_width, across), default=0)
    letters = all(len(word) < 2 for word in source[:-1])  # the last is `<eos>`, which may stand over the edge
    upright = letters or widest <= PHONE / columns
    top = 22 if upright else round(14 + 0.77 * widest + 8)
    left = round(max(map(text_width, down), default=0)) + 12
    row = _row_height(len(target))
    layout = {
        "xaxis": _words(across, columns, aside=letters) | {"side": "top", "tickangle": 0 if upright else -SLANT},
        "yaxis": _words(down, max(len(target), 1)) | {"range": [len(target) - 0.5, -0.5], "ticklabelstandoff": 4},
        "width": left + columns * (NARROWEST_LETTER if letters else NARROWEST_CELL) + RIGHT,
        "title": {"text": plain(title), "font": {"size": 13}, "x": 0, "xanchor": "left"} if title else {},
    }
    margin = {"l": left, "r": RIGHT, "t": top + (24 if title else 0), "b": 6}
    trace = _cells(source, target, alignment) | {"colorbar": _colour_bar(len(source) / columns, row * len(target))}
    return finish([trace], layout, margin["t"] + row * len(target) + margin["b"], margin)


def _label(word: str) -> str:
    return shorten(word, LONGEST_LABEL)


def _row_height(rows: int) -> int:
    """Tall enough to aim at; few rows are taller, many are lower."""
    return int(min(36, max(20, 320 / max(rows, 1)))) if rows < 40 else 18


def _words(labels: Sequence[str], room: int, *, aside: bool = False) -> dict[str, Any]:
    """Positions are numbers and words their labels: as positions, two equal words would be one.

    With `aside` the last label, wider than its column, begins there instead of lying over the one before it.
    """
    shown = [plain(label) for label in labels]
    return axis(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=[*shown[:-1], "\u00a0" * 6 + shown[-1]] if aside and len(shown) > 1 else shown,
        tickfont={"color": LIGHT.ink, "size": FONT_SIZE},
        range=[-0.5, room - 0.5],
        automargin=False,
    )


def _cells(source: Sequence[str], target: Sequence[str], alignment: NDArray[np.floating[Any]]) -> dict[str, Any]:
    read, written = [plain(word) for word in source], [plain(word) for word in target]
    return {
        "type": "heatmap",
        "z": alignment.astype(np.float32),
        "x": list(range(len(source))),
        "y": list(range(len(target))),
        "zmin": 0,
        "zmax": 1,
        "colorscale": colour_scale(),
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "text",
        "text": [
            [f"« {word} » → « {mine} »  α = {share(value)}" for word, value in zip(read, row, strict=True)]
            for mine, row in zip(written, alignment.tolist(), strict=True)
        ],
    }


def _colour_bar(right: float, height: int) -> dict[str, Any]:
    """Slim, beside the last column (at `right` of the width), at its top."""
    return {
        "title": {"text": "α", "side": "top", "font": {"color": LIGHT.muted, "size": FONT_SIZE}},
        "thickness": 7,
        "thicknessmode": "pixels",
        "len": min(150, height),
        "lenmode": "pixels",
        "x": right,
        "xpad": 10,
        "ypad": 0,
        "y": 1,
        "yanchor": "top",
        "tickvals": [0, 0.5, 1],
        "ticktext": ["0", ".5", "1"],
        "tickfont": {"color": LIGHT.muted, "size": 10},
        "outlinewidth": 0,
    }
