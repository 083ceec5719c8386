"""Memory that is free goes back to the system, so that a server stays as small as what it keeps.

A search asks for large pieces and lets go of them; what is kept of it, small, lies between them.  The C library then
finds no large piece again that is whole, and takes a new one: a megabyte and a half an answer, nine tenths of it free.
"""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Return all free memory to the system; takes a few milliseconds, and does nothing where there is no glibc."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        trim: Callable[[int], int] = ctypes.CDLL("libc.so.6").malloc_trim
    except (OSError, AttributeError):  # macOS, Windows, other C libraries
        return None
    return trim
