"""A file is old or new, whoever writes it and whatever happens."""

import os
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from s2s_demo.files import write_atomically
from s2s_demo.tasks.download import _write

WRITERS = (write_atomically, _write)
Write = Callable[[Path, bytes], None]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_atomically(tmp_path / "file", b"old")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("write", WRITERS)
def test_many_threads_that_write_one_file_leave_one_whole_version_of_it(write: Write, tmp_path: Path) -> None:
    versions = [bytes([65 + number]) * 300_000 for number in range(8)]
    ready = threading.Barrier(len(versions))

    def work(content: bytes) -> None:
        ready.wait()
        for _ in range(10):
            write(tmp_path / "file", content)
            assert (tmp_path / "file").read_bytes() in versions

    with ThreadPoolExecutor(len(versions)) as pool:
        list(pool.map(work, versions))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_can_be_read_by_whom_other_new_files_can(write: Write, tmp_path: Path) -> None:
    (tmp_path / "ordinary").write_bytes(b"x")
    write(tmp_path / "file", b"x")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ordinary", "file")]
    assert modes[0] == modes[1]


@pytest.mark.parametrize("name", ["x" * 255, "\u6587\u4ef6" * 40, ".hidden"])
def test_a_name_that_is_allowed_can_be_written(name: str, tmp_path: Path) -> None:
    write_atomically(tmp_path / name, b"content")
    assert (tmp_path / name).read_bytes() == b"content"
