"""An uploaded file is read once and is then on no disk any more, whatever is wrong with it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from s2s_demo.errors import DataError
from s2s_demo.serving import uploads as module
from s2s_demo.serving.uploads import Uploads
from s2s_demo.serving.visitors import FILES, Visitors


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "pairs.tsv"
    found.write_bytes(b"one\tun\n")
    return found


@pytest.mark.parametrize("most", [7, 100])
def test_what_is_read_is_deleted(most: int, path: Path) -> None:
    assert Uploads().take(path, most) == b"one\tun\n"
    assert not path.exists()


@pytest.mark.parametrize("most", [0, 6])
def test_what_is_too_large_is_refused_and_deleted_and_not_remembered(most: int, path: Path) -> None:
    uploads = Uploads()
    for said in ("is too large: at most 0 MB are read", "is not here any more; please upload it again"):
        with pytest.raises(DataError, match=said):
            uploads.take(path, most)
        assert not path.exists()


def test_a_class_that_uploads_the_same_file_reads_it_although_it_has_one_path(path: Path) -> None:
    uploads, ready = Uploads(), threading.Barrier(30)

    def take(_: int) -> bytes:
        ready.wait()
        return uploads.take(path, 100)

    with ThreadPoolExecutor(30) as pool:
        assert set(pool.map(take, range(30))) == {b"one\tun\n"}


def test_what_was_read_is_forgotten_after_a_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uploads, now = Uploads(), [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    uploads.take(path, 100)
    now[0] = module.KEPT_SECONDS - 1
    assert uploads.take(path, 100)
    now[0] = module.KEPT_SECONDS + 1
    with pytest.raises(DataError, match="upload it again"):
        uploads.take(path, 100)
    assert uploads._read == {}


def test_no_more_is_remembered_than_there_is_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT_BYTES", 10)
    uploads = Uploads()
    for number in range(5):
        (tmp_path / f"{number}").write_bytes(b"12345")
        uploads.take(tmp_path / f"{number}", 100)
    uploads.forget()
    assert [path.name for path in uploads._read] == ["3", "4"]


def test_a_visitor_may_ask_for_a_file_again_until_they_leave(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT_SECONDS", 0.0)
    visitors = Visitors()
    ana, ben = visitors.of("ana"), visitors.of("ben")
    assert [ana.content(path, 100) for _ in range(3)] == [b"one\tun\n"] * 3
    with pytest.raises(DataError, match="upload it again"):
        ben.content(path, 100)
    path.write_bytes(b"two\tdeux\n")
    assert ana.content(path, 100) == b"two\tdeux\n"
    assert not path.exists()
    visitors.close("ana")
    for one in (ana, visitors.of("ana")):
        with pytest.raises(DataError, match="upload it again"):
            one.content(path, 100)


def test_a_visitor_keeps_the_latest_files_only(tmp_path: Path) -> None:
    ana = Visitors().of("ana")
    for number in range(FILES + 5):
        (tmp_path / f"{number}").write_bytes(b"x")
        ana.content(tmp_path / f"{number}", 100)
    assert [path.name for path in ana._files] == [f"{number}" for number in range(5, FILES + 5)]
