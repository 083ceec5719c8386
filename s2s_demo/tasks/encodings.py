"""Bytes of a file as text: UTF-8, or UTF-16 with its mark; all else is refused by name, with a way out."""

import re
from pathlib import Path

from s2s_demo.errors import DataError

_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_UNPACK = "unpack it and give the text file inside"
_EXCEL = "open it and save the sheet as CSV UTF-8"
_COPY = "put the sentences into a text file, saved as UTF-8"
_FIRST_BYTES = {
    b"PK\x03\x04": ("a zip archive (Excel's .xlsx is one too)", _UNPACK),
    b"\x1f\x8b": ("a gzip archive", _UNPACK),
    b"BZh": ("a bzip2 archive", _UNPACK),
    b"\xfd7zXZ": ("an xz archive", _UNPACK),
    b"\x28\xb5\x2f\xfd": ("a Zstandard archive", _UNPACK),
    b"7z\xbc\xaf": ("a 7z archive", _UNPACK),
    b"Rar!": ("a RAR archive", _UNPACK),
    b"\xd0\xcf\x11\xe0": ("an old Office file (.xls or .doc)", _EXCEL),
    b"PAR1": ("a Parquet file", "write its table as CSV UTF-8"),
    b"SQLite format 3": ("an SQLite database", "write its table as CSV UTF-8"),
    b"%PDF": ("a PDF", _COPY),
    b"{\\rtf": ("a rich text document", _COPY),
    b"\x89PNG": ("a picture (PNG)", _COPY),
    b"\xff\xd8\xff": ("a picture (JPEG)", _COPY),
    b"GIF8": ("a picture (GIF)", _COPY),
    b"RIFF": ("a picture or sound (RIFF)", _COPY),
    b"II*\0": ("a picture (TIFF)", _COPY),
    b"MM\0*": ("a picture (TIFF)", _COPY),
}
_INSIDE_ZIP = {
    b"xl/": ("an Excel workbook", _EXCEL),
    b"opendocument.spreadsheet": ("a LibreOffice workbook", _EXCEL),
    b"word/": ("a Word document", _COPY),
    b"opendocument.text": ("a LibreOffice document", _COPY),
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
        raise DataError(f"{path} is a folder; give the path of a UTF-8 text file")
    if not path.is_file():
        raise DataError(f"there is no file {path}; give the path of a UTF-8 text file")
    try:
        content = path.read_bytes() if most_bytes is None else _at_most(path, most_bytes)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
    return text_of(path.name, content)


def text_of(name: str, content: bytes) -> str:
    """As `read_text`, of a file's content."""
    encoding = next((codec for mark, codec in _MARKS.items() if content.startswith(mark)), None)
    if encoding is None:
        _refuse_other_formats(name, content)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise DataError(_not_decoded(name, content, error)) from error
    if "\0" in text:
        raise DataError(f"{name} is not a text file (it holds zero bytes); {_COPY}")
    return text


def _at_most(path: Path, most_bytes: int) -> bytes:
    size = path.stat().st_size
    if size > most_bytes:
        raise DataError(
            f"{path.name} has {size / 1e6:.1f} MB; at most {most_bytes / 1e6:.0f} MB are allowed: please cut it down"
        )
    return path.read_bytes()


def _refuse_other_formats(name: str, content: bytes) -> None:
    found = next((said for start, said in _FIRST_BYTES.items() if content.startswith(start)), None)
    if content.startswith(b"PK\x03\x04"):
        found = next((said for part, said in _INSIDE_ZIP.items() if part in content), found)
    elif _MARKUP.match(content):
        found = ("markup (HTML or XML)", _COPY)
    if found:
        raise DataError(f"{name} is not text but {found[0]}; {found[1]}")
    zeros = content[::2].count(0), content[1::2].count(0)
    if max(zeros) > 0.1 * len(content) and min(zeros) < 0.1 * max(zeros):
        order = "little" if zeros[1] > zeros[0] else "big"
        raise DataError(f"{name} looks like UTF-16 ({order}-endian) without its mark; save it again as UTF-8")


def _not_decoded(name: str, content: bytes, error: UnicodeDecodeError) -> str:
    """Where it is not UTF-8, and the encoding that fits."""
    if error.encoding.startswith("utf-16") or error.encoding.startswith("utf-32"):
        return f"{name} begins like {error.encoding.upper()} text but breaks off ({error.reason}); save it as UTF-8"
    line = content[: error.start].count(b"\n") + 1
    where = f"line {line}, byte 0x{content[error.start]:02x}"
    forgiving = content.decode(errors="replace")
    bad, beyond = forgiving.count("\ufffd"), sum(character > "\x7f" for character in forgiving)
    if bad < 0.1 * beyond:
        return f"{name} is UTF-8 text with a damaged place ({where}): mend that line"
    likely = likely_encoding(content)
    looks = f"; it looks like {likely}" if likely else ""
    return f"{name} is not UTF-8 text ({where}){looks}: save it again with the encoding UTF-8"


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
