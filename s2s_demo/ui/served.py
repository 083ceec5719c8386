"""The page as a browser gets it: in the visitor's language, with all that must be there before Gradio's own scripts.

One tree of components serves all languages.  The words it was built with are known (`words.recording`), so the
page that Gradio writes is said anew in the language that the address asks for.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from s2s_demo import words
from s2s_demo.ui.static import safe_json

CONFIG = re.compile(r"(window\.gradio_config = )(.*?)(;</script>)", re.DOTALL)
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
READ_OUT = "|".join(rf'(?<={name}=")' for name in ("aria-label", "title", "placeholder"))
SEGMENT = re.compile(rf'(?<=>)[^<>]+(?=<)|(?:{READ_OUT})[^"<>]+(?=")')  # what a visitor meets of HTML
NAMES = {"elem_id", "elem_classes"}  # are no words, even where they read like one
Said = Mapping[str, Callable[[], str]]
KEPT = 8  # pages of different hosts and languages


def language_of(parameters: Mapping[str, Any]) -> str:
    """The language that an address asks for (`?lang=zh`), or the original."""
    asked = parameters.get("lang", words.ORIGINAL)
    given = asked[0] if isinstance(asked, list) else asked
    return given if given in words.languages() else words.ORIGINAL


class ServedPage:
    """ASGI middleware around Gradio: passes everything on, and says the page itself in its visitor's language.

    `said`: the words of the tree by their text; `head` gives the HTML that comes first in a language.
    """

    def __init__(self, app: ASGIApp, said: Said, head: Callable[[str], str]) -> None:
        self.app, self.said, self.head = app, said, head
        self._page = lru_cache(maxsize=KEPT)(self._said)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_page(scope):
            await self.app(scope, receive, send)
            return
        language = language_of(parse_qs(scope["query_string"].decode(errors="replace")))
        started: Message | None = None
        content = bytearray()

        async def hold(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = message
                return
            content.extend(message.get("body", b""))
            if message.get("more_body") or started is None:
                return
            page = self._page(bytes(content), language) if started["status"] == 200 else bytes(content)
            headers = [(name, value) for name, value in started["headers"] if name.lower() != b"content-length"]
            started["headers"] = [*headers, (b"content-length", str(len(page)).encode())]
            await send(started)
            await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, hold)

    def _said(self, html: bytes, language: str) -> bytes:
        page = html.decode()
        spoken = translations(self.said, language)

        def config(found: re.Match[str]) -> str:
            return found[1] + safe_json(said_anew(json.loads(found[2]), spoken)) + found[3]

        page = CONFIG.sub(config, page, count=1) if spoken else page
        tag = words.table(language)["tag"]
        page = page.replace('lang="en"', f'lang="{tag}"', 1)
        page = page.replace("<head>", f"<head>{self.head(language)}", 1)
        return page.encode()


def translations(said: Said, language: str) -> dict[str, str]:
    """Each text of the tree in a language; none for the original."""
    if language == words.ORIGINAL:
        return {}
    with words.speaking(language):
        return {text: again() for text, again in said.items()}


def said_anew(value: Any, spoken: Mapping[str, str]) -> Any:
    """Plain data with every text said in another language.

    Within HTML that is what stands between tags and in attributes that are read out, within JSON every text of it.
    """
    if isinstance(value, list):
        return [said_anew(item, spoken) for item in value]
    if isinstance(value, dict):
        return {name: item if name in NAMES else said_anew(item, spoken) for name, item in value.items()}
    if not isinstance(value, str) or value in spoken:
        return spoken.get(value, value) if isinstance(value, str) else value
    if value[:1] in ("{", "[", '"'):
        with suppress(ValueError):
            return safe_json(said_anew(json.loads(value), spoken))
    return SEGMENT.sub(lambda found: _segment(found[0], spoken), value) if "<" in value else value


def _segment(text: str, spoken: Mapping[str, str]) -> str:
    inner = unescape(text.strip())
    return text.replace(text.strip(), escape(spoken[inner])) if inner in spoken else text


def _is_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
    return path in ("", "/")
