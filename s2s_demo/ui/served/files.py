"""Gradio's own files as a browser gets them: packed as small as they can be, once, and for keeps."""

from collections import OrderedDict
from typing import Any

import brotli
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FILES = "/assets/"  # Gradio's scripts and styles; their names tell their content
TEXTS = {".js", ".css", ".svg", ".json"}
FOR_KEEPS = "public, max-age=31536000, immutable"
PACKING = 10  # of 11: a tenth smaller than Gradio packs them, at each request anew
KEPT = 256  # files, of which a page asks for eighty
OK = 200


class ServedFiles:
    """What answers requests for Gradio's files, which `app` would read and pack each time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._packed: OrderedDict[str, tuple[Message, bytes]] = OrderedDict()

    async def __call__(self, scope: Scope, path: str, receive: Receive, send: Send) -> None:
        """Answer a request for the file at a path, as it is known below where the page is mounted."""
        asked = Headers(scope=scope)
        plain = "br" not in asked.get("accept-encoding", "") or {"range", "if-none-match"} & {*asked}
        if plain or scope["method"] != "GET" or not path.endswith(tuple(TEXTS)):
            await self.app(scope, receive, _for_keeps(send))
            return
        if path not in self._packed:
            start, body = await self._read(scope, receive)
            if start["status"] != OK:
                await send(start)
                await send({"type": "http.response.body", "body": body})
                return
            self._packed[path] = start, await to_thread.run_sync(_packed, body)
            if len(self._packed) > KEPT:
                self._packed.popitem(last=False)
        start, body = self._packed[path]
        headers = MutableHeaders(raw=list(start["headers"]))
        headers.update({"content-encoding": "br", "content-length": str(len(body)), "vary": "Accept-Encoding"})
        await _for_keeps(send)({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    async def _read(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        """The file as it is: the response's start, and all of its body."""
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: dict[str, Any] = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            start.update(message if message["type"] == "http.response.start" else {})
            body.extend(message.get("body", b""))

        await self.app({**scope, "headers": headers}, receive, hold)
        return start, bytes(body)


def _packed(body: bytes) -> bytes:
    packed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=PACKING)
    return packed


def _for_keeps(send: Send) -> Send:
    async def kept(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == OK:
            MutableHeaders(scope=message)["cache-control"] = FOR_KEEPS
        await send(message)

    return kept
