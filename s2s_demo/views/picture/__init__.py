"""A translation as one picture: its data (Python), and the scripts that lay it out and draw it.

The scripts are pure: data in, marks out.  The page draws the marks with Plotly, a lesson to take home with SVG.
"""

from pathlib import Path

from s2s_demo.views.picture.data import PictureData, picture_data

FOLDER = Path(__file__).parent
SCRIPTS = tuple(FOLDER / f"{name}.js" for name in ("tree", "scene", "turned", "map", "rows", "draw"))

__all__ = ["FOLDER", "SCRIPTS", "PictureData", "picture_data"]
