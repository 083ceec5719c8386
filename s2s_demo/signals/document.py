"""A data URI <-> the bytes of one kind of file (RFC 2397), with a limit on how many."""

import base64
import binascii
import zlib
from pathlib import Path

from s2s_demo.errors import InputError

MOST_BYTES = 2_000_000  # of one file; a visitor may send anything
MEDIA = {".png": "image/png", ".wav": "audio/wav"}  # by how a file's name ends


def as_document(media: str, content: bytes) -> str:
    """A file as text."""
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


def read_source(path: str | Path) -> str:
    """A PNG or WAV file as a document, which a model of signals reads where others read a sentence.

    Raises InputError for a file of another kind, one that cannot be opened, and one that is too large (which is not
    read then); whether it holds what its name says is found when a model reads it.
    """
    path = Path(path)
    media = MEDIA.get(path.suffix.lower())
    if media is None:
        raise InputError("signal.other-file", name=path.name, endings=", ".join(MEDIA))
    try:
        _check_size(path.stat().st_size)
        return as_document(media, path.read_bytes())
    except OSError as error:
        raise InputError("signal.no-file", path=path, why=error.strerror) from error


def _check_size(size: float) -> None:
    if size > MOST_BYTES:
        raise InputError("signal.large-file", megabytes=size * 1e-6, most=MOST_BYTES / 1e6)


def brief(text: str) -> str:
    """A text as it is; a document by its kind and a few signs that tell it from others."""
    if not is_document(text):
        return text
    kind = text.removeprefix("data:").partition(";")[0].rpartition("/")[2]
    return f"{kind} {zlib.crc32(text.encode()) & 0xFFFF:04x}"


def is_document(text: str) -> bool:
    """Whether a text says that it is a file."""
    return text.startswith("data:")


def content_of(document: str, media: str) -> bytes:
    """The bytes of a document of this media type; InputError where it is something else, or too large."""
    head, comma, body = document.partition(",")
    if not comma or not is_document(head):
        raise InputError("signal.no-document", media=media, start=document[:40])
    if head != f"data:{media};base64":
        raise InputError("signal.other-media", media=media, given=head.removeprefix("data:").partition(";")[0][:40])
    _check_size(0.75 * len(body) - 3)  # 3 bytes in 4 characters
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError("signal.damaged", media=media, why=error) from error
