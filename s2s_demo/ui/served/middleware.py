"""The page as a browser gets it: in the visitor's language, with all that must be there before Gradio's own scripts.

One tree of components serves all languages.  The words it was built with are known (`words.recording`), so the
page that Gradio writes is said anew in the language that the address asks for.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from s2s_demo import words
from s2s_demo.ui.parts.base import safe_json
from s2s_demo.ui.served.files import FILES, ServedFiles

CONFIG = re.compile(r"(window\.gradio_config = )(.*?)(;</script>)", re.DOTALL)
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
READ_OUT = "|".join(rf'(?<={name}=")' for name in ("aria-label", "title", "placeholder"))
SEGMENT = re.compile(rf'(?<=>)[^<>]+(?=<)|(?:{READ_OUT})[^"<>]+(?=")')  # what a visitor meets of HTML
NAMES = {"elem_id", "elem_classes"}  # are no words, even where they read like one
Said = Mapping[str, Callable[[], str]]
BEGINNING = "<gradio-app"
PAGE = "", "/"
OK, UNCHANGED = 200, 304
PACKING = 9  # of 11: a thirtieth of a second, once for a page and language
KEPT = 8  # pages of different hosts and languages


def language_of(parameters: Mapping[str, Any]) -> str:
    """The language that an address asks for (`?lang=zh`), or the original."""
    asked = parameters.get("lang", words.ORIGINAL)
    given = asked[0] if isinstance(asked, list) else asked
    return given if given in words.languages() else words.ORIGINAL


class ServedPage:
    """ASGI middleware around Gradio: says the page in its visitor's language, and lets browsers keep what stays.

    `said`: the words of the tree by their text; `head` gives the HTML that comes first in a language, `first` that
    which is seen first, for a query string in a language.  The page is sent packed, and not again to a browser that
    has it; Gradio's own files are left to `files.py`.
    """

    def __init__(
        self,
        app: ASGIApp,
        said: Said,
        head: Callable[[str], str],
        first: Callable[[str, str], str] = lambda address, language: "",
    ) -> None:
        self.app, self.said, self.head, self.first = app, said, head, first
        self._page, self._files = lru_cache(maxsize=KEPT)(self._said), ServedFiles(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = _path(scope)
        if path.startswith(FILES):
            await self._files(scope, path, receive, send)
        elif path in PAGE and scope["method"] == "HEAD":
            await Response()(scope, receive, send)  # Gradio asks so whether it is up, and gives up after three seconds
        elif path in PAGE:
            await self.app(scope, receive, self._served(scope, send))
        else:
            await self.app(scope, receive, send)

    def _served(self, scope: Scope, send: Send) -> Send:
        """Sends the page, once all of it has come, as this visitor's browser wants it."""
        address = scope["query_string"].decode(errors="replace")
        language = language_of(parse_qs(address))
        asked = Headers(scope=scope)
        started: Message = {}
        content = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
                return
            content.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            status, body, headers = started["status"], bytes(content), MutableHeaders(raw=list(started["headers"]))
            if status == OK:
                plain, packed, tag = self._page(body, language, self.first(address, language))
                headers.update({"etag": tag, "cache-control": "no-cache", "vary": "Accept-Encoding"})
                status, body = (UNCHANGED, b"") if asked.get("if-none-match") == tag else (OK, plain)
                if body and "br" in asked.get("accept-encoding", ""):
                    headers["content-encoding"], body = "br", packed
            headers["content-length"] = str(len(body))
            await send({**started, "status": status, "headers": headers.raw})
            await send({"type": "http.response.body", "body": body})

        return hold

    def _said(self, html: bytes, language: str, first: str) -> tuple[bytes, bytes, str]:
        """The page in a language, the same packed, and the tag that tells this page from others."""
        page = html.decode()
        spoken = translations(self.said, language)

        def config(found: re.Match[str]) -> str:
            return found[1] + safe_json(said_anew(json.loads(found[2]), spoken)) + found[3]

        page = CONFIG.sub(config, page, count=1) if spoken else page
        tag = words.table(language)["tag"]
        page = page.replace('lang="en"', f'lang="{tag}"', 1)
        page = page.replace("<head>", f"<head>{self.head(language)}", 1)
        page = page.replace(BEGINNING, first + BEGINNING, 1)
        said = page.encode()
        return said, brotli.compress(said, quality=PACKING), f'"{sha256(said).hexdigest()[:32]}"'


def translations(said: Said, language: str) -> dict[str, str]:
    """Each text of the tree in a language; none for the original."""
    if language == words.ORIGINAL:
        return {}
    with words.speaking(language):
        return {text: again() for text, again in said.items()}


def said_anew(value: Any, spoken: Mapping[str, str]) -> Any:
    """Plain data with every text said in another language.

    Within HTML that is what stands between tags and in attributes that are read out, within JSON every text of it.  Of
    a component with choices only the labels are said: its values are what is sent back.
    """
    if isinstance(value, list):
        return [said_anew(item, spoken) for item in value]
    if isinstance(value, dict) and isinstance(choices := value.get("choices"), list):
        others = {name: each for name, each in value.items() if name not in ("choices", "value")}
        labelled = [[said_anew(label, spoken), chosen] for label, chosen in choices]
        return {**value, **said_anew(others, spoken), "choices": labelled}
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


def _path(scope: Scope) -> str:
    """The path that is asked for, below where the page is mounted; "-" where nothing is to be read."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return "-"
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))
