"""Bytes of a file as text: UTF-8, or UTF-16 with its mark; all else is refused by name, with a way out."""

import re
from pathlib import Path

from s2s_demo.errors import DataError
from s2s_demo.words import Said

_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_FIRST_BYTES = {  # the format, and what to do with it
    b"PK\x03\x04": ("zip", "unpack"),
    b"\x1f\x8b": ("gzip", "unpack"),
    b"BZh": ("bzip2", "unpack"),
    b"\xfd7zXZ": ("xz", "unpack"),
    b"\x28\xb5\x2f\xfd": ("zstandard", "unpack"),
    b"7z\xbc\xaf": ("7z", "unpack"),
    b"Rar!": ("rar", "unpack"),
    b"\xd0\xcf\x11\xe0": ("old-office", "save-csv"),
    b"PAR1": ("parquet", "write-csv"),
    b"SQLite format 3": ("sqlite", "write-csv"),
    b"%PDF": ("pdf", "copy"),
    b"{\\rtf": ("rich-text", "copy"),
    b"\x89PNG": ("png", "copy"),
    b"\xff\xd8\xff": ("jpeg", "copy"),
    b"GIF8": ("gif", "copy"),
    b"RIFF": ("riff", "copy"),
    b"II*\0": ("tiff", "copy"),
    b"MM\0*": ("tiff", "copy"),
}
_INSIDE_ZIP = {
    b"xl/": ("excel", "save-csv"),
    b"opendocument.spreadsheet": ("calc", "save-csv"),
    b"word/": ("word", "copy"),
    b"opendocument.text": ("writer", "copy"),
}
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html)", re.IGNORECASE)

_HIRAGANA = "のにはをがでとたしてるいかなまれすんだこもりらせくき、。"
_COMMON = {  # encoding: its name, and the commonest of its characters beyond ASCII
    "cp1252": ("Windows-1252 (Latin-1)", "éèàùâêîôûçäöüßñáíóúëïœæøåãõÉÈÀÇÄÖÜÑÁÅØ«»¿¡’‘“”–…€°"),
    "cp1250": ("Windows-1250", "ěščřžýáíéůúťďňłąęśżźćńóőűöüäăşţČŠŽŘŁŚŻÁÉ„”“–…"),
    "cp1251": ("Windows-1251 (Cyrillic)", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёіїє"),
    "gb18030": ("GB18030", "的一是不了我你他她们这那有在人个上来到说大好什么吗很要会去，。？！"),
    "big5": ("Big5", "的一是不了我你他她們這那有在人個上來到說大好什麼嗎很要會去，。？！"),
    "shift_jis": ("Shift-JIS", _HIRAGANA),
    "euc_jp": ("EUC-JP", _HIRAGANA),
    "euc_kr": ("EUC-KR", "이다는을에가고의하한지기도로사어나요그해있아서자"),
}
FITS = 0.15  # share of the characters beyond ASCII that must be common ones


def read_text(path: Path, most_bytes: int | None = None) -> str:
    """The text of a UTF-8 or marked UTF-16 file; DataError names what it is instead and how to mend it."""
    if path.is_dir():
        raise DataError("file.folder", path=path)
    if not path.is_file():
        raise DataError("file.missing", path=path)
    try:
        content = path.read_bytes() if most_bytes is None else _at_most(path, most_bytes)
    except OSError as error:
        raise DataError("file.unreadable", path=path, why=error.strerror) from error
    return text_of(path.name, content)


def text_of(name: str, content: bytes) -> str:
    """As `read_text`, of a file's content."""
    encoding = next((codec for mark, codec in _MARKS.items() if content.startswith(mark)), None)
    if encoding is None:
        _refuse_other_formats(name, content)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise _not_decoded(name, content, error) from error
    if "\0" in text:
        raise DataError("file.zero-bytes", name=name, advice=Said("errors.file.advice.copy"))
    return text


def _at_most(path: Path, most_bytes: int) -> bytes:
    size = path.stat().st_size
    if size > most_bytes:
        raise DataError("file.too-large", name=path.name, megabytes=size / 1e6, most=most_bytes / 1e6)
    return path.read_bytes()


def _refuse_other_formats(name: str, content: bytes) -> None:
    found = next((said for start, said in _FIRST_BYTES.items() if content.startswith(start)), None)
    if content.startswith(b"PK\x03\x04"):
        found = next((said for part, said in _INSIDE_ZIP.items() if part in content), found)
    elif _MARKUP.match(content):
        found = ("markup", "copy")
    if found:
        is_this, advice = Said(f"errors.file.formats.{found[0]}"), Said(f"errors.file.advice.{found[1]}")
        raise DataError("file.no-text", name=name, format=is_this, advice=advice)
    zeros = content[::2].count(0), content[1::2].count(0)
    if max(zeros) > 0.1 * len(content) and min(zeros) < 0.1 * max(zeros):
        order = "little" if zeros[1] > zeros[0] else "big"
        raise DataError("file.utf-16-unmarked", name=name, order=order)


def _not_decoded(name: str, content: bytes, error: UnicodeDecodeError) -> DataError:
    """Where it is not UTF-8, and the encoding that fits."""
    if error.encoding.startswith("utf-16") or error.encoding.startswith("utf-32"):
        return DataError("file.broken-off", name=name, encoding=error.encoding.upper(), why=error.reason)
    line = content[: error.start].count(b"\n") + 1
    where = {"line": line, "byte": content[error.start]}
    forgiving = content.decode(errors="replace")
    bad, beyond = forgiving.count("\ufffd"), sum(character > "\x7f" for character in forgiving)
    if bad < 0.1 * beyond:
        return DataError("file.damaged-place", name=name, **where)
    likely = likely_encoding(content)
    looks = Said("errors.file.looks-like", {"encoding": likely}) if likely else ""
    return DataError("file.no-utf-8", name=name, looks=looks, **where)


def likely_encoding(content: bytes) -> str:
    """The name of the encoding in which these bytes hold most common characters, or ""."""
    shares = {codec: _share(content, codec, common) for codec, (_, common) in _COMMON.items()}
    best = max(shares, key=shares.__getitem__)
    if shares[best] < FITS:  # rarer characters, as in a list of words: at least all of them are Chinese ones
        best = next((codec for codec in ("gb18030", "shift_jis", "big5") if _is_chinese(content, codec)), "")
    return _COMMON[best][0] if best else ""


def _share(content: bytes, codec: str, common: str) -> float:
    """Which part of the characters beyond ASCII are common ones where they belong.

    Western letters stand alone or in twos among ASCII letters, Cyrillic ones make words with at most one capital,
    and no ASCII letter touches Chinese, Japanese or Korean.
    """
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    pattern = {
        "cp1251": f"(?<!\\w)[А-ЯІЇЄ]?[{common}]+(?!\\w)",
        **dict.fromkeys(("cp1252", "cp1250"), f"(?<![^\\x00-\\x7f])[{common}]{{1,2}}(?![^\\x00-\\x7f])"),
    }.get(codec, f"(?<![A-Za-z])[{common}]+(?![A-Za-z])")
    return sum(map(len, re.findall(pattern, text))) / max(1, sum(character > "\x7f" for character in text))


def _is_chinese(content: bytes, codec: str) -> bool:
    try:
        beyond = [
            character for character in content.decode("gb2312" if codec == "gb18030" else codec) if character > "\x7f"
        ]
    except UnicodeDecodeError:
        return False
    return sum("\u4e00" <= character <= "\u9fff" for character in beyond) > 0.8 * len(beyond)
