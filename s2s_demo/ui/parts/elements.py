"""Our own parts of the page, each a `gr.HTML` whose content `web/page.js` draws from JSON.

The templates are fixed; what a visitor typed travels as data and becomes text nodes, never markup.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from s2s_demo.ui.static import safe_json

if TYPE_CHECKING:
    import plotly.graph_objects as go

SAVE = """<details class="s2s-save"><summary>Save picture</summary>
    <div class="s2s-menu">
      <button type="button" data-format="png">PNG</button>
      <button type="button" data-format="svg">SVG</button>
      <button type="button" data-format="html">HTML</button>
    </div>
  </details>"""
_PLOT = f"""
<div class="s2s-plot">
  <div class="s2s-scroll"><div class="s2s-figure" role="img"></div></div>
  <p class="s2s-instead" hidden></p>
  {SAVE}
</div>
"""


def plotly_view(elem_id: str) -> gr.HTML:
    """A Plotly figure that keeps its zoom, follows light and dark, and tells which mark was selected.

    Its value comes from `figure_value`; `view.select(handler)` gets a `gr.EventData` with
    `customdata`, `x` and `y` of the mark.
    """
    return element("plot", elem_id, _PLOT)


def figure_value(figure: "go.Figure", *, label: str, file_name: str, revision: str) -> str:
    """The value of a plotly_view: the figure, what a screen reader says, the name of a saved file.

    While `revision` stays the same, so does the reader's zoom.
    """
    about = safe_json({"label": label, "file": file_name, "revision": revision})
    return f'{about[:-1]},"figure":{_unmarked(figure.to_json())}}}'


def instead_of_figure(sentence: str) -> str:
    """The value of a plotly_view that has nothing to draw: it says why."""
    return safe_json({"instead": sentence})


def answer_view(elem_id: str) -> gr.HTML:
    """The translation in large words, underlined by probability; `select` tells a word's sentence."""
    return element("answer", elem_id, '<div class="s2s-answer" aria-live="polite"></div>')


def table_view(elem_id: str) -> gr.HTML:
    """A table from `table_value`; where rows have ids, `select` tells the id of a row."""
    return element("table", elem_id, '<div class="s2s-table"></div>')


def table_value(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    note: str = "",
    ids: Sequence[int] = (),
    selected: int | None = None,
    best: int | None = None,
) -> str:
    """The value of a table_view: texts; where rows can be selected an id for each, the selected and the best one."""
    about = {"caption": caption, "note": note, "ids": ids, "selected": selected, "best": best}
    return safe_json({"columns": columns, "rows": rows, **about})


def text_view(elem_id: str, role: str = "status") -> gr.HTML:
    """Plain text from the server, announced to screen readers; empty text takes no room.

    Its value is a text, or better a `text_value` where the text holds words of a visitor.
    """
    return element("text", elem_id, f'<div class="s2s-text" role="{role}"></div>')


def title_view(elem_id: str) -> gr.HTML:
    """A card's heading that the server words; a `text_view` but for its role."""
    return element("text", elem_id, '<h2 class="s2s-text"></h2>')


def text_value(text: str) -> str:
    """A text as JSON without markup: Gradio warns of values that look like a script."""
    return safe_json(text) if text else ""


def download_view(elem_id: str) -> gr.HTML:
    """Hands a file to the browser: `{"file", "type", "content", "nonce"}`; nothing stays on the server."""
    return element("download", elem_id, "<div hidden></div>")


def element(kind: str, elem_id: str, template: str) -> gr.HTML:
    """A part of the page that a script draws: `kind` names the function in its `S2S.KINDS`."""
    return gr.HTML(
        value="",
        html_template=template,
        js_on_load=f"S2S.mount('{kind}', element, props, trigger, watch)",
        elem_id=elem_id,
        elem_classes=f"s2s s2s-{kind}-block",
        apply_default_css=False,
    )


def _unmarked(json_text: Any) -> str:
    return str(json_text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
