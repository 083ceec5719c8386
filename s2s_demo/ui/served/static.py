"""What the browser loads besides Gradio: our style sheets and scripts, and Plotly.js, all from this server.

Plotly.js is its cartesian bundle, which draws all that `views` makes and is a third of the whole; it is kept packed.
"""

import re
from functools import cache
from pathlib import Path

import brotli
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from s2s_demo import views
from s2s_demo.serving.query import link_names
from s2s_demo.ui.parts.base import safe_json
from s2s_demo.views.picture import PARTS, SCRIPTS, STYLES
from s2s_demo.views.theme import DARK, DARK_INK, LIGHT
from s2s_demo.words import ORIGINAL, languages, table

UI = Path(__file__).resolve().parents[1]
PLOTLY = Path(views.__file__).parent / "plotly" / "plotly-cartesian.min.js.br"  # of npm's plotly.js-cartesian-dist-min
PLOTLY_VERSION = "4.1.1"
PLOTLY_URL = f"s2s-static/{PLOTLY_VERSION}/plotly"  # relative: the page may live under a prefix
COMMENTS = {"css": re.compile(r"/\*.*?\*/\n?", re.DOTALL), "js": re.compile(r"^ *//.*\n", re.MULTILINE)}  # whole lines
_PLOTLY_HEADERS = {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "public, max-age=31536000, immutable",  # its address names its version: asked for once
    "Vary": "Accept-Encoding",
}


async def _plotly(request: Request) -> Response:
    packed = PLOTLY.read_bytes()
    if "br" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers={**_PLOTLY_HEADERS, "Content-Encoding": "br"})
    return Response(brotli.decompress(packed), headers=_PLOTLY_HEADERS)


def routes() -> list[Route]:
    """For `launch(app_kwargs={"routes": ...})`."""
    return [Route(f"/{PLOTLY_URL}", _plotly, name="plotly")]


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
    style, script = (
        comment.sub("", "\n".join(path.read_text(encoding="utf-8") for path in beside(kind)))
        for kind, comment in COMMENTS.items()
    )
    return (
        f"<style>{style}</style><script>window.S2S_SETTINGS = {safe_json(settings)};\n"
        f'for (const [name, value] of [["language", "{tag}"], ["languages", ["{tag}"]]])'
        f" Object.defineProperty(navigator, name, {{ get: () => value }});\n{script}</script>"
    )


def beside(kind: str) -> list[Path]:
    """The files of a kind (`css`, `js`): of the parts (first the base), the picture, the page and the tabs."""
    parts, page = sorted((UI / "parts").glob(f"*.{kind}")), sorted((UI / "served").glob(f"*.{kind}"))
    parts.sort(key=lambda path: path.stem != "base")
    pure, linked = ([], STYLES) if kind == "css" else (SCRIPTS, PARTS)
    tabs = (path for path in sorted(UI.glob(f"*/*.{kind}")) if path not in (*parts, *page))
    return [*pure, *parts, *linked, *page, *tabs]


def script_words(language: str) -> dict[str, str]:
    """What the scripts say, in a language: the entries `script.KEY` of its table, by key."""
    words = {**table(ORIGINAL), **table(language)}
    return {key.removeprefix("script."): said for key, said in words.items() if key.startswith("script.")}
