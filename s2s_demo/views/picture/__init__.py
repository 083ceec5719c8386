"""A translation as one picture: its data (Python), and the scripts that lay it out and draw it.

The scripts are pure: data in, marks out.  The page and a lesson to take home draw the marks as SVG; Plotly makes files
of them.
"""

from s2s_demo.views.picture.data import PictureData, letters_of, picture_data, piece_label
from s2s_demo.views.picture.lesson import translation_html
from s2s_demo.views.picture.payload import FOLDER, PicturePayload, picture_payload, picture_template

SCRIPTS = tuple(FOLDER / f"{name}.js" for name in ("tree", "scene", "turned", "lanes", "map", "rows", "draw"))

PART = FOLDER / "picture.js"  # what links the marks, on a page that offers `window.S2S`
STYLE = FOLDER / "picture.css"

__all__ = [
    "PART",
    "SCRIPTS",
    "STYLE",
    "PictureData",
    "PicturePayload",
    "letters_of",
    "picture_data",
    "picture_payload",
    "picture_template",
    "piece_label",
    "translation_html",
]
