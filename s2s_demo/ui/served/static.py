"""What the browser loads besides Gradio: our style sheets and scripts, and Plotly.js, all from this server.

Plotly.js comes out of the plotly wheel, so that it always fits the figures plotly.py writes.
"""

from functools import cache
from importlib.metadata import version
from pathlib import Path

import plotly
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from s2s_demo.serving.query import link_names
from s2s_demo.ui.parts.base import safe_json
from s2s_demo.views.picture import PART, SCRIPTS, STYLE
from s2s_demo.views.theme import DARK, DARK_INK, LIGHT
from s2s_demo.words import ORIGINAL, languages, table

UI = Path(__file__).resolve().parents[1]
PLOTLY_FOLDER = Path(plotly.__file__).parent / "package_data"
PLOTLY_URL = f"s2s-static/{version('plotly')}/plotly.min.js"  # relative: the page may live under a prefix


class _Forever(StaticFiles):
    """Files whose address names their version: a browser asks for them once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path != "plotly.min.js":
            return Response(status_code=404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def routes() -> list[Mount]:
    """For `launch(app_kwargs={"routes": ...})`."""
    folder = PLOTLY_URL.rpartition("/")[0]
    return [Mount(f"/{folder}", _Forever(directory=PLOTLY_FOLDER), name="plotly")]


@cache
def head(language: str = ORIGINAL) -> str:
    """What comes first in the served page: our style sheets, our words in a language, and our scripts.

    Gradio reads the language of its own few words, and of the page, from `navigator` and nowhere else.
    """
    tag = table(language)["tag"]
    settings = {
        "ink": DARK_INK,
        "palette": {"light": LIGHT.scale, "dark": DARK.scale},
        "plotly": PLOTLY_URL,
        "words": script_words(language),
        "linked": link_names(),
        "language": language,
        "languages": list(languages()),
    }
    style, script = ("\n".join(path.read_text(encoding="utf-8") for path in beside(kind)) for kind in ("css", "js"))
    return (
        f"<style>{style}</style><script>window.S2S_SETTINGS = {safe_json(settings)};\n"
        f'for (const [name, value] of [["language", "{tag}"], ["languages", ["{tag}"]]])'
        f" Object.defineProperty(navigator, name, {{ get: () => value }});\n{script}</script>"
    )


def beside(kind: str) -> list[Path]:
    """The files of a kind (`css`, `js`): of the parts (first the base), the picture, the page and the tabs."""
    parts, page = sorted((UI / "parts").glob(f"*.{kind}")), sorted((UI / "served").glob(f"*.{kind}"))
    parts.sort(key=lambda path: path.stem != "base")
    pure, linked = ([], [STYLE]) if kind == "css" else ([*SCRIPTS], [PART])
    tabs = (path for path in sorted(UI.glob(f"*/*.{kind}")) if path not in (*parts, *page))
    return [*pure, *parts, *linked, *page, *tabs]


def script_words(language: str) -> dict[str, str]:
    """What the scripts say, in a language: the entries `script.KEY` of its table, by key."""
    words = {**table(ORIGINAL), **table(language)}
    return {key.removeprefix("script."): said for key, said in words.items() if key.startswith("script.")}
