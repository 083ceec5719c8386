"""A visitor's table: every way a spreadsheet may save it, and every mistake in it with its row."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from s2s_demo.errors import DataError
from s2s_demo.tasks import own_file
from s2s_demo.tasks.own_file import OwnFile, read_pairs
from s2s_demo.text import Pair, Tokenizer

PAIRS = [Pair(f"the {i}. cat", f"le {i}. chat") for i in range(1, 41)]


def table(delimiter: str = "\t", pairs: list[Pair] = PAIRS) -> str:
    return "".join(f"{pair.source}{delimiter}{pair.target}\n" for pair in pairs)


def write(folder: Path, content: str | bytes, name: str = "pairs.tsv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|"])
def test_any_usual_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    pairs, problems = read_pairs(write(tmp_path, table(delimiter)))
    assert pairs == PAIRS
    assert problems.empty
    assert list(problems.columns) == ["row", "problem", "content"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_unicode_is_read_with_and_without_its_mark(tmp_path: Path, encoding: str, newline: str) -> None:
    text = table().replace("cat", "鍵é").replace("\n", newline)
    pairs, _ = read_pairs(write(tmp_path, text.encode(encoding)))
    assert pairs[0] == Pair("the 1. 鍵é", "le 1. chat")
    assert len(pairs) == len(PAIRS)


def test_latin_1_is_refused_with_the_line_and_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"not UTF-8 text \(line 41, byte 0xe9.*Latin-1.*save it again"):
        read_pairs(write(tmp_path, (table() + "the key\tla clé\n").encode("latin-1")))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"not a text file; save the table as CSV"):
        read_pairs(write(tmp_path, b"PK\x03\x04\0\0\0", "pairs.xlsx"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"there is no file .*gone\.tsv"):
        read_pairs(tmp_path / "gone.tsv")


@pytest.mark.parametrize("heading", ["source\ttarget", "English\tFrench", "EN\tFR"])
def test_a_heading_is_not_a_pair(tmp_path: Path, heading: str) -> None:
    pairs, problems = read_pairs(write(tmp_path, f"{heading}\n{table()}"))
    assert pairs == PAIRS
    assert problems.empty


def test_a_first_pair_is_not_taken_for_a_heading(tmp_path: Path) -> None:
    pairs, _ = read_pairs(write(tmp_path, f"source\tla source\n{table()}"))
    assert pairs[0] == Pair("source", "la source")


def test_each_bad_row_is_listed_with_its_row_and_reason(tmp_path: Path) -> None:
    bad = f"alone\n\tno source\nno target\t \none\ttwo\tthree\n\n{'x' * 401}\tlong\n{table(pairs=PAIRS[:1])}"
    pairs, problems = read_pairs(write(tmp_path, table() + bad))
    assert pairs == PAIRS
    assert [(row, reason.split(":")[0]) for row, reason in zip(problems["row"], problems["problem"], strict=True)] == [
        (41, "only one column"),
        (42, "the source is empty"),
        (43, "the target is empty"),
        (44, "3 columns"),
        (46, "the source has 401 characters; at most 400 are allowed"),
        (47, "the same as row 1"),
    ]
    assert problems["content"].str.len().max() <= 80


def test_one_source_may_have_two_targets(tmp_path: Path) -> None:
    pairs, problems = read_pairs(write(tmp_path, table() + "the 1. cat\tla 1. chatte\n"))
    assert len(pairs) == 41
    assert problems.empty


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    row = '"Yes, ""this"" one","Oui,\ncelui-ci"\n'
    pairs, problems = read_pairs(write(tmp_path, row + table(","), "pairs.csv"))
    assert pairs[0] == Pair('Yes, "this" one', "Oui, celui-ci")
    assert problems.empty


def test_a_lone_quotation_mark_between_tabs_is_text(tmp_path: Path) -> None:
    pairs, problems = read_pairs(write(tmp_path, '"Go!\t"Va !\n"Stop, now"\tArrête\n5" pipe\ttuyau\n' + table()))
    assert pairs[:3] == [Pair('"Go!', '"Va !'), Pair("Stop, now", "Arrête"), Pair('5" pipe', "tuyau")]
    assert problems.empty


def test_too_few_pairs_are_refused_with_the_first_reason(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"has 19 usable pairs .* at least 20 .* rows left out: 1, the first is row 1: only"
    ):
        read_pairs(write(tmp_path, "hello\n" + table(pairs=PAIRS[:19])))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has 0 usable pairs"):
        read_pairs(write(tmp_path, ""))


def test_too_many_rows_or_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, table())
    monkeypatch.setattr(own_file, "MAX_ROWS", 39)
    with pytest.raises(DataError, match="has 40 rows; at most 39"):
        read_pairs(path)
    monkeypatch.setattr(own_file, "MAX_BYTES", 100)
    with pytest.raises(DataError, match=r"MB; at most"):
        read_pairs(path)


def test_an_open_quotation_mark_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="quotation mark left open"):
        read_pairs(write(tmp_path, table(",") + 'a,"b\n' + "c,d\n" * 40_000, "pairs.csv"))
    with pytest.raises(DataError, match="quotation mark left open"):
        read_pairs(write(tmp_path, 'a,"b' + "c" * 200_000, "one.csv"))


@given(st.integers(20, 300), st.integers(0, 5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_the_split_keeps_all_pairs_and_sources_apart(tmp_path: Path, size: int, doubled: int) -> None:
    pairs = [Pair(f"number {i}", f"Zahl {i}") for i in range(size)] + [
        Pair(f"number {i}", f"Nummer {i}") for i in range(doubled)
    ]
    task = OwnFile(write(tmp_path, table(pairs=pairs)))
    parts = [task.train(0, 1), task.val(), task.test()]
    assert sorted((p.source, p.target) for part in parts for p in part) == sorted((p.source, p.target) for p in pairs)
    sources = [{pair.source for pair in part} for part in parts]
    assert len(set.union(*sources)) == sum(map(len, sources))
    assert all(sources)
    assert len(sources[0]) >= 0.8 * size


def test_the_split_does_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    one = OwnFile(write(tmp_path, table(), "one.tsv"))
    other = OwnFile(write(tmp_path, table(pairs=PAIRS[::-1]), "other.tsv"))
    assert set(one.val()) == set(other.val())
    assert set(one.test()) == set(other.test())


@given(st.binary(max_size=60) | st.text(st.sampled_from('ab"\t,;|\r\n\0\u2028'), max_size=60).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_before_a_good_table_give_pairs_or_a_clear_error(tmp_path: Path, start: bytes) -> None:
    try:
        pairs, problems = read_pairs(write(tmp_path, start + b"\n" + table().encode()))
    except DataError:
        return
    assert len(pairs) >= 20
    assert all(0 < len(text) <= 400 for pair in pairs for text in (pair.source, pair.target))
    assert problems["row"].is_monotonic_increasing


def numbered(words: str, count: int) -> list[Pair]:
    listed = words.split()
    return [
        Pair(" ".join(listed[(i * k) % len(listed)] for k in range(1, 9)) + f" {i}", f"{i} {words}")
        for i in range(count)
    ]


@pytest.mark.parametrize(
    ("pairs", "kind"),
    [
        (PAIRS, "char"),
        (numbered("small friends walk together through many green fields every summer morning", 500), "bpe"),
        (
            [
                Pair("今天天气很好我们去公园散步吧" * 2 + str(i), str(i) + "明日は雨が降るでしょう" * 2)
                for i in range(300)
            ],
            "char",
        ),
    ],
    ids=["short", "sentences", "unspaced"],
)
def test_the_tokenizer_suits_the_texts_and_can_be_learnt(tmp_path: Path, pairs: list[Pair], kind: str) -> None:
    task = OwnFile(write(tmp_path, table(pairs=pairs)))
    assert task.tokenizer[0] == kind
    texts = [text for pair in task.train(0, 1) for text in (pair.source, pair.target)]
    tokenizer = Tokenizer.train(texts, *task.tokenizer)
    assert all(tokenizer.decode(tokenizer.encode(text)) == text for text in texts)
