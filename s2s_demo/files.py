"""Writing files so that nobody ever reads half of one."""

import os
import uuid
from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file in one move, so that a crash leaves the old one or the new one, and so does another writer.

    The draft's name is drawn anew for each call, because threads write too; it is opened as any other
    file is, because the files of `tempfile` can be read by their owner alone.
    """
    draft = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with open(draft, "xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
