"""How the tests of the page ask its handlers: as Gradio does, without a browser."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr

from s2s_demo.serving.library import Library
from s2s_demo.ui import build


def page(library: Library) -> gr.Blocks:
    """The page, made inside an event loop: elsewhere Blocks make one of their own and never close it."""

    async def make() -> gr.Blocks:
        return build(library)

    with ThreadPoolExecutor(1) as pool:  # this thread may have Playwright's loop
        return pool.submit(asyncio.run, make()).result()


def ask(handler: Callable[[Library], Any], library: Library, *values: Any, visitor: str = "", **address: str) -> Any:
    """What a handler answers to a visitor, at whose page's address there is `?name=value`."""
    return handler(library)(SimpleNamespace(session_hash=visitor, query_params=address), *values)


def event(**data: Any) -> Any:
    """What a part of the page says when something in it is selected."""
    return SimpleNamespace(_data=data)


def is_skipped(value: object) -> bool:
    return isinstance(value, dict) and value.get("__type__") == "update" and len(value) == 1


def files(folder: Path, *contents: bytes | str) -> list[str]:
    """The paths of files with these contents, as an upload gives them."""
    paths = [folder / f"{i}.txt" for i in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [str(path) for path in paths]
