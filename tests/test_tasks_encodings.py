"""Bytes that are not UTF-8 text are told what they are, and files of lines agree on what a line is."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from s2s_demo.errors import DataError
from s2s_demo.tasks.encodings import likely_encoding, read_text
from s2s_demo.tasks.files import read_lines, read_parallel
from s2s_demo.text import Pair

FRENCH = "Where is the key?\tOù est la clé ?\nSummer\tl’été\n"
GERMAN = "Good morning\tSchöne Grüße\nA bear\tein Bär\n"
CZECH = "A yellow horse\tpříliš žluťoučký kůň\n"
RUSSIAN = "Hello, world.\tПривет, мир.\nHe is a teacher.\tОн учитель.\n"
CHINESE = "Hello.\t你好。\nWe go to the park today.\t我们今天去公园。\n"
CHINESE_WORDS = "apple tree\t苹果树\ntable\t桌子\nred\t红色\n"
TRADITIONAL = "Hello.\t你好。\nWe go to the park today.\t我們今天去公園。\n"
JAPANESE = "I like cats.\t私は猫が好きです。\nI went to Tokyo.\t東京に行きました。\n"
KOREAN = "I like cats.\t저는 고양이를 좋아합니다.\nHe went to school.\t그는 학교에 갔다.\n"


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return content.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (FRENCH, "cp1252", "Windows-1252 (Latin-1)"),
        (GERMAN, "latin-1", "Windows-1252 (Latin-1)"),
        ("A LETTER\tUNE CLÉ, UN ÉTÉ\n", "latin-1", "Windows-1252 (Latin-1)"),
        (CZECH, "cp1250", "Windows-1250"),
        (RUSSIAN, "cp1251", "Windows-1251 (Cyrillic)"),
        (CHINESE, "gb18030", "GB18030"),
        (CHINESE_WORDS, "gbk", "GB18030"),
        (TRADITIONAL, "big5", "Big5"),
        (JAPANESE, "shift_jis", "Shift-JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (KOREAN, "euc_kr", "EUC-KR"),
        ("", "ascii", ""),
    ],
)
def test_an_encoding_is_known_by_its_common_characters(tmp_path: Path, text: str, encoding: str, name: str) -> None:
    content = ("plain words\tother words\n" * 20 + text).encode(encoding)
    assert likely_encoding(content) == name
    if name:
        (tmp_path / "pairs.tsv").write_bytes(content)
        with pytest.raises(DataError) as caught:
            read_text(tmp_path / "pairs.tsv")
        assert str(caught.value).startswith("pairs.tsv is not UTF-8 text (line 21, byte 0x")
        assert f"looks like {name}: save it again with the encoding UTF-8" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            zipped("[Content_Types].xml", "xl/workbook.xml"),
            "an Excel workbook; open it and save the sheet as CSV UTF-8",
        ),
        (zipped("word/document.xml"), "a Word document"),
        (zipped("pairs.tsv"), "a zip archive"),
        (b"PK\x03\x04\0\0\0", "a zip archive"),
        (gzip.compress(b"a\tb\n", mtime=0), "a gzip archive; unpack it and give the text file inside"),
        (b"%PDF-1.7\n...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", r"a picture \(PNG\)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", r"a picture \(JPEG\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file"),
        (b"<?xml version='1.0'?><tmx></tmx>", "markup"),
        (b"a\0bb\0\0c\td\n", "zero bytes"),
        (CHINESE.encode("utf-16-le"), "UTF-16 .little-endian. without its mark"),
        (CHINESE.encode("utf-16-be"), "UTF-16 .big-endian. without its mark"),
        (CHINESE.encode("utf-16")[:-1], "UTF-16.* breaks off"),
        ((RUSSIAN * 3).encode() + b"\xd0\n", r"UTF-8 text with a damaged place \(line 7, byte 0xd0\): mend that line"),
        (bytes(range(128, 256)), r"is not UTF-8 text \(line 1, byte 0x80\): save it"),
    ],
)
def test_what_is_no_utf_8_text_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "pairs").write_bytes(content)
    with pytest.raises(DataError, match=says):
        read_text(tmp_path / "pairs")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [FRENCH, CHINESE, KOREAN, "PKW\tcar\n", ""])
def test_unicode_is_read_as_it_was_written(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "pairs").write_bytes(text.encode(encoding))
    assert read_text(tmp_path / "pairs") == text


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\x85", "\x0c", "\x0b", "\x1c"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_only_line_ends_end_a_line(tmp_path: Path, inside: str, end: str) -> None:
    source, target = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_bytes(f"one{inside}more{end}two{end}{end}".encode())
    target.write_bytes(f"un{end}deux".encode())
    assert read_parallel(source, target) == [Pair("one more", "un"), Pair("two", "deux")]


def test_a_blank_line_in_the_middle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one\ntwo\n \nfour\n")
    with pytest.raises(DataError, match=r"line 3 of .*a\.txt is blank"):
        read_lines(path)


def test_files_of_different_length_and_empty_ones_are_refused(tmp_path: Path) -> None:
    one, two, none = (tmp_path / name for name in ("one", "two", "none"))
    one.write_text("a\n")
    two.write_text("a\nb\n")
    none.write_text("\n\n")
    with pytest.raises(DataError, match=r"one has 1 lines and .*two has 2"):
        read_parallel(one, two)
    with pytest.raises(DataError, match="hold no sentence pair"):
        read_parallel(none, none)
    with pytest.raises(DataError, match=r"there is no file .*gone"):
        read_lines(tmp_path / "gone")
