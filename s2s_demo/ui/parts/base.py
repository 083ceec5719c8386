"""What every part is made of: a `gr.HTML` with a fixed template, whose content a script draws from JSON.

A part is a `.py`, a `.js` and, where it has a look of its own, a `.css` of one name, side by side, found by
`served/static.py`.  What Python sends is the part's payload, a TypedDict beside it; the scripts are held to the same
definition (`tests/test_payloads.py`).  What a visitor typed travels as data and becomes text nodes, never markup.
"""

import json

import gradio as gr


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


def safe_json(data: object) -> str:
    """JSON that holds no markup, wherever it is put: < > & are written as escapes."""
    return unmarked(json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def unmarked(json_text: str) -> str:
    """The same JSON with < > & as escapes."""
    return json_text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
