"""Downloads from a server on this machine that the test fills itself; no test touches the network."""

import gzip
import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from s2s_demo.errors import DataError, SettingError
from s2s_demo.tasks import download as module
from s2s_demo.tasks.corpora import Multi30k, Tatoeba
from s2s_demo.tasks.download import RemoteFile, download, multi30k, tatoeba
from s2s_demo.text import Pair


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Short(Quiet):
    """Promises more than it sends."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")


def serve(handler: object) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:  # type: ignore[arg-type]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    folder.mkdir()
    return folder


@pytest.fixture
def home(public: Path) -> Iterator[str]:
    yield from serve(partial(Quiet, directory=str(public)))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("S2S_DEMO_DATA", str(folder))
    return folder


def fill(public: Path) -> None:
    for part in ("train", "val", "test_2016_flickr"):
        for language in ("en", "de", "fr", "cs"):
            (public / f"{part}.{language}.gz").write_bytes(gzip.compress(f"{part} {language}\n".encode()))
    for code, other in (("fra", "Bonjour"), ("deu", "Hallo"), ("cmn", "你好")):
        with zipfile.ZipFile(public / f"{code}-eng.zip", "w") as archive:
            archive.writestr("_about.txt", "about")
            archive.writestr(f"{code}.txt", "".join(f"Hello {i}\t{other} {i}\tus\n" for i in range(300)))


def test_a_downloaded_multi30k_can_be_read(public: Path, home: str, data: Path) -> None:
    fill(public)
    places = download("multi30k", files=multi30k(home))
    assert len(places) == 12
    assert Multi30k("en", "de").train(0, 1) == [Pair("train en", "train de")]


def test_a_downloaded_tatoeba_can_be_read(public: Path, home: str, data: Path) -> None:
    fill(public)
    download("tatoeba", files=tatoeba(home))
    pairs = Tatoeba("en", "fr").train(0, 1)
    assert Pair("Hello 7", "Bonjour 7") in pairs


def test_what_is_there_is_not_fetched_again(public: Path, home: str, data: Path) -> None:
    fill(public)
    first = download("multi30k", files=multi30k(home))
    for path in public.iterdir():
        path.unlink()
    assert download("multi30k", files=multi30k(home)) == first


def test_a_damaged_file_is_fetched_again(public: Path, home: str, data: Path) -> None:
    fill(public)
    place = download("multi30k", files=multi30k(home))[0]
    whole = place.read_bytes()
    for damage in (b"", b"not gzip", whole[:-9], whole[:12] + b"\xff" * 8 + whole[20:]):
        place.write_bytes(damage)
        download("multi30k", files=multi30k(home))
        assert place.read_bytes() == whole


def test_the_same_archive_gives_the_same_file(public: Path, home: str, data: Path, tmp_path: Path) -> None:
    fill(public)
    one = download("tatoeba", files=tatoeba(home), folder=tmp_path / "one")
    two = download("tatoeba", files=tatoeba(home), folder=tmp_path / "two")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def remote(home: str, content: bytes, sha256: str | None = None) -> RemoteFile:
    return RemoteFile(f"{home}/file.gz", "corpus/file.gz", sha256 or hashlib.sha256(content).hexdigest())


def test_the_right_checksum_is_accepted(public: Path, home: str, data: Path) -> None:
    content = gzip.compress(b"text")
    (public / "file.gz").write_bytes(content)
    assert download("multi30k", files=[remote(home, content)])[0].read_bytes() == content


def test_a_wrong_checksum_leaves_what_was_there(public: Path, home: str, data: Path) -> None:
    (public / "file.gz").write_bytes(gzip.compress(b"something else"))
    place = data / "corpus" / "file.gz"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"old and damaged")
    with pytest.raises(DataError, match=r"has the checksum \w{64} instead of \w{64}; it was not kept"):
        download("multi30k", files=[remote(home, b"expected")])
    assert place.read_bytes() == b"old and damaged"
    assert [path.name for path in place.parent.iterdir()] == ["file.gz"]


def test_progress_counts_up_to_the_size(public: Path, home: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = gzip.compress(b"text")
    (public / "file.gz").write_bytes(content)
    monkeypatch.setattr(module, "CHUNK", 10)
    seen: list[tuple[str, int, int]] = []
    download("multi30k", files=[remote(home, content)], report=lambda *record: seen.append(record))
    assert seen[-1] == ("corpus/file.gz", len(content), len(content))
    assert [done for _, done, _ in seen] == sorted({done for _, done, _ in seen})
    assert len(seen) > 1


def test_a_missing_page_says_where_to_put_the_file_by_hand(home: str, data: Path) -> None:
    with pytest.raises(DataError, match=r"could not be fetched .*404.*corpus/file\.gz below the data folder by hand"):
        download("multi30k", files=[remote(home, b"")])


def test_no_network_is_a_clear_error(data: Path) -> None:
    with pytest.raises(DataError, match=r"could not be fetched .*check the network"):
        download("multi30k", files=[remote("http://127.0.0.1:9", b"")])


def test_a_broken_off_download_is_not_kept(data: Path) -> None:
    for home in serve(Short):
        with pytest.raises(DataError, match="broke off after 4 of 1,000 bytes"):
            download("multi30k", files=[remote(home, b"")])
    assert not (data / "corpus" / "file.gz").exists()


def test_a_file_without_end_is_stopped(public: Path, home: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (public / "file.gz").write_bytes(b"x" * 100)
    monkeypatch.setattr(module, "MAX_BYTES", 50)
    with pytest.raises(DataError, match="larger than 50 bytes"):
        download("multi30k", files=[remote(home, b"")])


def test_an_archive_without_its_text_is_refused(public: Path, home: str, data: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("other.txt", "text")
    (public / "fra-eng.zip").write_bytes(stream.getvalue())
    with pytest.raises(DataError, match="not the expected archive"):
        download("tatoeba", files=tatoeba(home)[:1])


def test_a_page_instead_of_a_file_is_refused(public: Path, home: str, data: Path) -> None:
    (public / "train.en.gz").write_bytes(b"<html>please log in</html>")
    with pytest.raises(DataError, match="not the expected archive"):
        download("multi30k", files=multi30k(home)[:1])


def test_only_web_addresses_are_opened(data: Path) -> None:
    with pytest.raises(DataError, match="not a web address"):
        download("multi30k", files=[RemoteFile("file:///etc/hostname", "corpus/file.gz")])


def test_a_folder_that_cannot_be_written_is_a_clear_error(public: Path, home: str, tmp_path: Path) -> None:
    fill(public)
    (tmp_path / "occupied").write_text("a file, not a folder")
    with pytest.raises(DataError, match=r"cannot be written .*S2S_DEMO_DATA"):
        download("multi30k", files=multi30k(home), folder=tmp_path / "occupied")


def test_an_unknown_corpus_is_refused() -> None:
    with pytest.raises(SettingError, match="unknown corpus to download 'wmt'; choose from multi30k, tatoeba"):
        download("wmt")


def test_the_public_homes_are_secure_and_every_file_has_its_own_place() -> None:
    files = multi30k() + tatoeba()
    assert all(file.url.startswith("https://") for file in files)
    assert len({file.file for file in files}) == len(files) == 15
