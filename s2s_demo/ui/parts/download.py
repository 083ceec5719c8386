"""Files to take home: the browser saves them, the server keeps nothing."""

import base64
import time
from dataclasses import dataclass
from typing import TypedDict

import gradio as gr

from s2s_demo.ui.parts.base import element, safe_json

CSV, JSON = "text/csv;charset=utf-8", "application/json"


class DownloadPayload(TypedDict):
    """A file: its content as text, or else as bytes in base 64."""

    file: str
    type: str
    content: str
    base64: str
    nonce: int


@dataclass(frozen=True)
class File:
    """Name, media type and content of a file."""

    name: str
    type: str
    content: str | bytes


def download_view(elem_id: str) -> gr.HTML:
    """Hands the file of a `file_value` to the browser."""
    return element("download", elem_id, "<div hidden></div>")


def file_value(file: File) -> str:
    """The value of a download_view; the time makes each a new value, so that asking twice saves twice."""
    text, binary = (
        (file.content, "") if isinstance(file.content, str) else ("", base64.b64encode(file.content).decode())
    )
    return safe_json(DownloadPayload(file=file.name, type=file.type, content=text, base64=binary, nonce=time.time_ns()))
