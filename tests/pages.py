"""How the tests of the page ask its handlers: as Gradio does, without a browser."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from s2s_demo.serving.library import Library


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
