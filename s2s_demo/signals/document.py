"""A data URI <-> the bytes of one kind of file (RFC 2397), with a limit on how many."""

import base64
import binascii
import zlib

from s2s_demo.errors import InputError

MOST_BYTES = 2_000_000  # of one file; a visitor may send anything


def as_document(media: str, content: bytes) -> str:
    """A file as text."""
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


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
    if len(body) > MOST_BYTES * 4 / 3 + 4:
        raise InputError("signal.large-file", megabytes=len(body) * 0.75e-6, most=MOST_BYTES / 1e6)
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError("signal.damaged", media=media, why=error) from error
