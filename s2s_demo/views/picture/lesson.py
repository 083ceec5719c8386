"""A translation as one HTML file that shows its picture anywhere, linked and step by step, without a server."""

import json
from functools import cache
from html import escape

from s2s_demo.translation import Translation, strategy_called
from s2s_demo.views.picture.payload import FOLDER, PicturePayload, picture_payload, picture_template, source_payload
from s2s_demo.views.picture.seen import SeenPayload
from s2s_demo.views.theme import DARK, DARK_INK, FONT, LIGHT
from s2s_demo.words import say, spoken, table

SCRIPTS = ("tree", "scene", "turned", "map", "rows", "draw", "lesson", "picture", "seen")


def translation_html(translation: Translation) -> str:
    """A translation as such a file."""
    about = f"{translation.model} · {strategy_called(translation.strategy)}"
    return lesson_html(picture_payload(translation), about, source_payload(translation))


def lesson_html(payload: PicturePayload, about: str, seen: SeenPayload | None = None) -> str:
    """The whole file, in the language spoken; `about` says which model wrote it, and how; `seen` is no text."""
    words = {key.removeprefix("script."): text for key, text in table(spoken()).items() if key.startswith("script.")}
    colours = {"light": LIGHT.scale, "dark": DARK.scale}
    settings = {"ink": DARK_INK, "words": words, "palette": colours}
    script = "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    return _PAGE.format(
        language=spoken(),
        title=escape(payload["label"]),
        source=escape(" ".join(payload["texts"])),
        about=escape(about),
        style=_style(),
        picture=picture_template(),
        play=escape(say("picture.play")),
        step=escape(say("picture.step")),
        settings=_json(settings),
        script=script.replace("</script", "<\\/script"),
        payload=_json(payload),
        seen=_json(seen),
    )


@cache
def _style() -> str:
    def inks(palette: object) -> str:
        names = {"card": "surface", "ink": "ink", "soft": "soft", "muted": "muted", "edge": "grid"}
        names |= {"accent": "accent", "second": "second"}
        return "".join(f"--{name}:{getattr(palette, colour)};" for name, colour in names.items())

    own = "".join((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in ("lesson", "picture", "seen"))
    dark = f"@media (prefers-color-scheme: dark){{:root{{{inks(DARK)}--page:#121418;color-scheme:dark}}}}"
    return f":root{{{inks(LIGHT)}--page:#f6f5f1;font-family:{FONT}}}{dark}{own}"


def _json(data: object) -> str:
    """JSON that holds no markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><header class="lesson"><p>{source}</p><h1>{title}</h1><p class="help">{about}</p>
<div class="lesson-steps"><button id="play" type="button" aria-label="{play}">▶</button>
<input id="step" type="range" min="0" max="0" value="0" aria-label="{step}"></div></header>
<section id="seen" hidden><div class="s2s-seen"></div></section>
<main id="picture">{picture}</main>
<script>window.S2S_LESSON = {settings};
{script}
window.S2S.start({payload}, {seen});</script></body></html>
"""
