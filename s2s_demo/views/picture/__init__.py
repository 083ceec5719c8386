"""A translation as one picture: its data (Python), and the scripts that lay it out and draw it.

The scripts are pure: data in, marks out.  The page and a lesson to take home draw the marks as SVG; Plotly makes files
of them.
"""

from s2s_demo.views.picture.data import PictureData, letters_of, picture_data, piece_label
from s2s_demo.views.picture.lesson import translation_html
from s2s_demo.views.picture.payload import FOLDER, PicturePayload, picture_payload, picture_template, source_payload
from s2s_demo.views.picture.seen import SeenPayload

SCRIPTS = tuple(FOLDER / f"{name}.js" for name in ("tree", "scene", "turned", "lanes", "map", "rows", "draw"))

# What links the marks, on a page that offers `window.S2S`; and a source that is no text, linked with them.
PARTS = FOLDER / "picture.js", FOLDER / "seen.js"
STYLES = FOLDER / "picture.css", FOLDER / "seen.css"

__all__ = [
    "PARTS",
    "SCRIPTS",
    "STYLES",
    "PictureData",
    "PicturePayload",
    "SeenPayload",
    "letters_of",
    "picture_data",
    "picture_payload",
    "picture_template",
    "source_payload",
    "piece_label",
    "translation_html",
]
