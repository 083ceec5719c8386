"""How every picture looks: one palette for light, one for dark, one way to finish a figure.

Figures are always drawn in the colours of `LIGHT`.  Whoever shows them in the dark replaces each
colour string by its twin in `DARK_INK` (a line of JavaScript in the page), so a picture changes its
ink without a round trip.  `plain` makes any text harmless for Plotly.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from typing import Any

import plotly.graph_objects as go

from s2s_demo.text import visible

FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", '
    '"Microsoft YaHei", "Noto Sans CJK SC", Arial, sans-serif'
)
FONT_SIZE = 12  # px


@dataclass(frozen=True)
class Palette:
    """The few colours of a picture; `scale` runs from no attention to all of it, safe for the colour-blind."""

    surface: str  # the card below the picture, and hover boxes
    ink: str  # text that matters
    soft: str  # text of secondary words
    muted: str  # axis text, notes
    grid: str  # hairlines
    accent: str  # the answer
    second: str  # what the visitor selected
    branch: str  # lines of what was considered
    node: str  # outlines of its nodes
    band: str  # a shaded gap
    scale: tuple[str, ...]


LIGHT = Palette(
    surface="#ffffff",
    ink="#1e293b",
    soft="#475569",
    muted="#64748b",
    grid="#e5e7eb",
    accent="#c2410c",
    second="#1d4ed8",
    branch="#c9d3e0",
    node="#8b9bb1",
    band="#fce4d6",
    scale=("#fbf9f6", "#fde3cb", "#fbb982", "#ec7c37", "#b8420f", "#7a2306", "#4a1302"),
)
DARK = Palette(
    surface="#1a1d23",
    ink="#e8e6e1",
    soft="#c3c8d0",
    muted="#98a2b0",
    grid="#343a44",
    accent="#fb8b4b",
    second="#7aa5ff",
    branch="#465062",
    node="#77849a",
    band="#4a2f22",
    scale=("#23262d", "#46291d", "#7d3a17", "#bd5417", "#f07f3c", "#fdb184", "#ffe4cf"),
)


def _colours(palette: Palette) -> list[str]:
    named = vars(palette)
    return [*(named[name] for name in named if name != "scale"), *palette.scale]


DARK_INK: dict[str, str] = dict(zip(_colours(LIGHT), _colours(DARK), strict=True))


def colour_scale() -> list[list[float | str]]:
    """The attention scale as Plotly wants it, evenly spaced from 0 to 1."""
    last = len(LIGHT.scale) - 1
    return [[place / last, colour] for place, colour in enumerate(LIGHT.scale)]


_ESCAPES = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>$%#{}"})
FIRST_RIGHT_TO_LEFT = "\u0590"  # all characters before it run from left to right


def plain(text: str) -> str:
    """Any text as Plotly must be told it, so that exactly its characters appear.

    Plotly reads pseudo-HTML (`<b>`, links), entities, `$maths$` and `%{placeholders}` in labels;
    here all of them lose their meaning.  Escaping `#` keeps a word from being taken for a colour.
    Right-to-left writing is isolated, so that it cannot turn round the text beside it.
    """
    foreign = max(text, default="") >= FIRST_RIGHT_TO_LEFT
    escaped = " ".join(visible(text).split()).translate(_ESCAPES)
    right_to_left = foreign and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    return f"\u2068{escaped}\u2069" if right_to_left else escaped


def shorten(text: str, width: float, size: float = FONT_SIZE) -> str:
    """The text, or its beginning and an ellipsis, in at most `width` pixels."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """About how many pixels a text takes at a font size in pixels; rather too many than too few."""
    return sum(map(_em, text)) * size


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character in "ijlItf.,:;'!|()[] ‹›":
        return 0.38
    return 0.97 if character in "mMW@%…" else 0.82 if character == "w" else 0.72 if character.isupper() else 0.61


def share(value: float) -> str:
    """A probability as printed beside others: .66, 1.00, .004, <.001."""
    if 0 < value < 0.0005:
        return "<.001"
    return f"{value:.{2 if value >= 0.0995 or value == 0 else 3}f}".removeprefix("0")


def share_of(log_prob: float) -> str:
    """The probability of a log-probability in nats, as printed."""
    return share(exp(log_prob))


def signed(value: float) -> str:
    """A log-probability in nats as printed: -0.41, and 0.00 without a sign."""
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def axis(**settings: Any) -> dict[str, Any]:
    """A quiet axis: no lines, no grid, fixed, small muted text, unless `settings` say otherwise."""
    quiet = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    return {**quiet, "tickfont": {"color": LIGHT.muted, "size": 11}, **settings}


def finish(traces: list[dict[str, Any]], layout: dict[str, Any], height: int, margin: dict[str, int]) -> go.Figure:
    """A figure of plain dicts in the house style, `height` and `margin` in px.

    `layout.width`, where a view sets it, is the least width at which the picture is readable: the
    page stretches it to its card, or lets it scroll inside.  Plotly's validation is skipped (it
    takes ten times longer than all the rest); the tests run it on every view instead.
    """
    house = {
        "template": "none",
        "height": height,
        "margin": {**margin, "pad": 0},
        "font": {"family": FONT, "size": FONT_SIZE, "color": LIGHT.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": LIGHT.surface,
            "bordercolor": LIGHT.node,
            "font": {"family": FONT, "size": FONT_SIZE, "color": LIGHT.ink},
            "align": "left",
            "namelength": -1,
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": LIGHT.muted, "activecolor": LIGHT.accent},
        "uirevision": "keep",
    }
    return go.Figure(data=traces, layout={**house, **layout}, _validate=False)
