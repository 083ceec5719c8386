"""Lines in, lines out, whatever encodings a machine has: nothing of it ends in a traceback."""

import codecs
import io
import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

PLAIN = "s2s-plain"  # the name of our way to write what a terminal cannot show


def write_anywhere() -> None:
    """Let standard output and standard error write plain characters for those that their encoding lacks."""
    codecs.register_error(PLAIN, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that cannot be written: their plain forms (é as e, U+202F as a space), else "?"."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    plain = unicodedata.normalize("NFKD", error.object[error.start : error.end])
    return "".join(c if c.isascii() else "" if unicodedata.combining(c) else "?" for c in plain), error.end


def as_json(data: object, indent: int | None = None) -> str:
    """JSON for standard output: with escapes where its encoding could not hold all characters."""
    unicode = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "").startswith("utf")
    return json.dumps(data, ensure_ascii=not unicode, indent=indent)


@contextmanager
def numbered_lines(file: str) -> Iterator[Iterator[tuple[int, str]]]:
    """The lines of a UTF-8 file ("-": standard input) with their numbers from 1, as they come.

    A byte that is no UTF-8 becomes a lone surrogate (PEP 383), which `bad_byte` finds.
    """
    settings: Any = {"encoding": "utf-8-sig", "errors": "surrogateescape"}  # a line ends where `text.lines_of` says
    stream: IO[str]
    if file != "-":
        stream = open(Path(file), **settings)  # noqa: SIM115  (closed below, as standard input is)
    elif isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(**settings)
        stream = sys.stdin
    else:
        stream = sys.stdin
    with stream:
        yield enumerate((line.rstrip("\n") for line in stream), start=1)


def bad_byte(line: str) -> str:
    """What is wrong with a line that is no text in UTF-8, in words; "" if it is."""
    for place, character in enumerate(line, start=1):
        if "\udc80" <= character <= "\udcff":
            byte = f"0x{ord(character) - 0xDC00:02x}"
            return f"character {place} is the byte {byte}, which is not UTF-8: save the text with the encoding UTF-8"
        if character == "\0":
            return f"character {place} is a zero byte, as in UTF-16: save the text with the encoding UTF-8"
    return ""
