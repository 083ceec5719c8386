"""Uploaded files: read once, and gone from the disk from then on, whatever is wrong with them."""

import threading
import time
from pathlib import Path

from s2s_demo.errors import DataError

KEPT_SECONDS, KEPT_BYTES = 60.0, 100_000_000


class Uploads:
    """Reads files of all visitors.

    The page makes the path of an upload from its content, so a class that brings one and the same file
    shares one path: what was read is remembered for a moment, for those who come second.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[float, bytes]] = {}  # when it was read, oldest first

    def take(self, path: Path, most_bytes: int) -> bytes:
        """The content of an uploaded file, which is deleted; DataError if it is too large or not there."""
        with self._lock:
            self._forget()
            content = self._content(path, most_bytes)
            if len(content) > most_bytes:
                raise DataError("upload.too-large", name=path.name, most=most_bytes / 1e6)
            return content

    def forget(self) -> None:
        """Drop what is remembered for longer than a moment."""
        with self._lock:
            self._forget()

    def _content(self, path: Path, most_bytes: int) -> bytes:
        try:
            with open(path, "rb") as stream:
                content = stream.read(most_bytes + 1)
        except FileNotFoundError:
            if path in self._read:
                return self._read[path][1]
            raise DataError("upload.gone", name=path.name) from None
        finally:
            path.unlink(missing_ok=True)
        self._read.pop(path, None)
        if len(content) <= most_bytes:
            self._read[path] = time.monotonic(), content
        return content

    def _forget(self) -> None:
        old = time.monotonic() - KEPT_SECONDS
        while self._read:
            first = next(iter(self._read))
            if self._read[first][0] > old and sum(len(content) for _, content in self._read.values()) <= KEPT_BYTES:
                return
            del self._read[first]
