"""Fetching the corpora from their public homes: only when a person asks, never by itself.

Files arrive complete or not at all: each is written beside its place, checked, then moved there.
"""

import gzip
import hashlib
import http.client
import io
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from s2s_demo.errors import DataError, check_choice
from s2s_demo.files import write_atomically
from s2s_demo.tasks.corpora import MULTI30K_LANGUAGES, TATOEBA_LANGUAGES, data_folder

MULTI30K_HOME = "https://github.com/multi30k/dataset/raw/master/data/task1/raw"
TATOEBA_HOME = "https://www.manythings.org/anki"
TIMEOUT = 30  # seconds without a byte
MAX_BYTES = 200_000_000  # of one file
CHUNK = 1 << 16

Report = Callable[[str, int, int], None]  # file, bytes so far, bytes in all (0 where the server does not say)


@dataclass(frozen=True)
class RemoteFile:
    """One file of a corpus: where it is, where it goes below the data folder, how to know it again.

    `member` names a text inside a zip archive, which is kept as gzip.  `sha256` is of what is downloaded;
    None means that no checksum is known, and that the file is only checked to be whole and readable.
    """

    url: str
    file: str
    sha256: str | None = None
    member: str | None = None


def multi30k(home: str = MULTI30K_HOME) -> list[RemoteFile]:
    """Image captions in four languages; their home publishes no checksums."""
    return [
        RemoteFile(f"{home}/{part}.{language}.gz", f"multi30k/{part}.{language}.gz")
        for part in ("train", "val", "test_2016_flickr")
        for language in MULTI30K_LANGUAGES
    ]


def tatoeba(home: str = TATOEBA_HOME) -> list[RemoteFile]:
    """Everyday sentences; packed anew from time to time, so there is no lasting checksum."""
    return [
        RemoteFile(f"{home}/{code}-eng.zip", f"tatoeba/eng-{code}.tsv.gz", member=f"{code}.txt")
        for code in TATOEBA_LANGUAGES.values()
    ]


CORPORA: dict[str, Callable[[], list[RemoteFile]]] = {"multi30k": multi30k, "tatoeba": tatoeba}


def download(
    corpus: str,
    *,
    files: Sequence[RemoteFile] | None = None,
    folder: Path | None = None,
    report: Report | None = None,
) -> list[Path]:
    """Fetch what is missing of a corpus ("multi30k" or "tatoeba"); the paths of all its files.

    A file that is there and readable is kept as it is.  Raises DataError when a file cannot be had or is
    not what it should be; whatever was there before stays.
    """
    check_choice("corpus to download", corpus, CORPORA)
    places = []
    for remote in CORPORA[corpus]() if files is None else files:
        place = (folder or data_folder()) / remote.file
        if not _readable(place):
            _write(place, _packed(_fetch(remote, report), remote))
        places.append(place)
    return places


def _fetch(remote: RemoteFile, report: Report | None) -> bytes:
    """The bytes behind a URL, whole and with the right checksum."""
    if not remote.url.startswith(("https://", "http://")):
        raise DataError("download.address", url=remote.url)
    request = urllib.request.Request(remote.url, headers={"User-Agent": "s2s-demo"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            content = _read(response, remote, report)
    except (OSError, http.client.HTTPException) as error:  # URLError, HTTPError and timeouts are OSErrors
        raise DataError("download.failed", url=remote.url, why=error, file=remote.file) from error
    found = hashlib.sha256(content).hexdigest()
    if remote.sha256 and found != remote.sha256:
        raise DataError("download.checksum", url=remote.url, found=found, expected=remote.sha256)
    return content


def _read(response: http.client.HTTPResponse, remote: RemoteFile, report: Report | None) -> bytes:
    size = int(response.headers.get("Content-Length") or 0)
    content = bytearray()
    while chunk := response.read(CHUNK):
        content += chunk
        if len(content) > MAX_BYTES:
            raise DataError("download.too-large", url=remote.url, most=MAX_BYTES)
        if report:
            report(remote.file, len(content), size)
    if size and len(content) != size:
        raise DataError("download.broken-off", url=remote.url, bytes=len(content), of=size)
    return bytes(content)


def _packed(content: bytes, remote: RemoteFile) -> bytes:
    """What is kept of a download: gzip as it came, or a zip archive's member as gzip."""
    try:
        if remote.member is None:
            gzip.decompress(content).decode()
            return content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(remote.member).file_size > MAX_BYTES:
                raise DataError("download.member-too-large", url=remote.url, member=remote.member, most=MAX_BYTES)
            text = archive.read(remote.member)
        text.decode()
        return gzip.compress(text, mtime=0)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise DataError("download.another-archive", url=remote.url, why=error) from error


def _readable(place: Path) -> bool:
    try:
        with gzip.open(place, "rt", encoding="utf-8") as stream:
            return bool(stream.read())
    except (OSError, EOFError, UnicodeDecodeError, zlib.error):
        return False


def _write(place: Path, content: bytes) -> None:
    """All or nothing: other readers see the old file or the new one, never half of it."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, content)
    except OSError as error:
        raise DataError("download.not-written", path=place, why=error) from error
