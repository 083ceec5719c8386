"""Pictures and tables to take home: a page that needs no network, and comma-separated values."""

import json
from html import escape

import pandas as pd
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from s2s_demo.views.theme import CONFIG, FONT, in_dark

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 2rem auto; max-width: 72rem; padding: 0 1rem; font-family: {font}; color: #1e293b; background: #fff }}
h1 {{ font-size: 1.1rem }}
#figure {{ overflow-x: auto }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e8e6e1; background: #1a1d23 }} }}
</style>
<script>{library}</script>
</head>
<body>
<h1>{title}</h1>
<div id="figure"></div>
<script>
const dark = matchMedia("(prefers-color-scheme: dark)");
const box = document.getElementById("figure");
const light = {light}, night = {night};
const draw = () => {{
  const figure = structuredClone(dark.matches ? night : light);
  figure.layout.width = Math.max(box.clientWidth, figure.layout.width ?? 0);
  Plotly.react(box, figure.data, figure.layout, {config});
}};
dark.addEventListener("change", draw);
addEventListener("resize", draw);
draw();
</script>
</body>
</html>
"""


def to_html(figure: go.Figure, title: str) -> str:
    """The figure as one HTML document with Plotly.js inside: it opens anywhere, offline, light or dark."""
    light = json.loads(figure.to_json())
    return _PAGE.format(
        title=escape(title),
        font=FONT,
        library=get_plotlyjs(),
        light=_script(light),
        night=_script(in_dark(light)),
        config=_script(CONFIG),
    )


def to_csv(table: pd.DataFrame) -> str:
    """The table as CSV; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    text: str = table.map(_harmless).rename(columns=_harmless).to_csv(index=False, lineterminator="\n")
    return text


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def _script(data: object) -> str:
    """JSON that may stand inside a <script>: nothing in it can end the script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
