"""The rows of a visitor's table: every mistake is named with its row, and loses no other."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pairs_cases import (
    CREDITS,
    EN,
    FR,
    IDS,
    OBJECTS,
    PAIRS,
    PLAIN,
    RICH,
    columns,
    left_out,
    lines,
    read,
    write,
)

from s2s_demo.errors import DataError
from s2s_demo.tasks.own_file import read_pairs, table
from s2s_demo.text import Pair, normalise


def test_each_bad_row_is_listed_with_its_row_and_reason(tmp_path: Path) -> None:
    bad = f"alone\n\tno source\nno target\t \none\ttwo\tthree\n\n{'x' * 401}\tlong\n{lines(pairs=PAIRS[:1])}"
    found = read(tmp_path, lines() + bad)
    assert found.pairs == tuple(PAIRS)
    assert left_out(found) == [
        (41, "only one column: source and target are needed"),
        (42, "the source is empty"),
        (43, "the target is empty"),
        (44, "3 columns instead of 2 (quote a text that holds the delimiter)"),
        (46, "the source has 401 characters; at most 400 are allowed"),
        (47, "the same as row 1"),
    ]
    assert max(len(left.content) for left in found.left_out) <= 80


def test_a_table_in_markdown_is_read_without_its_rule(tmp_path: Path) -> None:
    rows = [f"| {pair.source} | {pair.target} |" for pair in PAIRS]
    found = read(tmp_path, "\n".join(["| English | French |", "| --- | :-- |", *rows]))
    assert found.pairs == tuple(PAIRS)
    assert left_out(found) == [(2, "a line under a heading, no text")]


def test_one_source_may_have_two_targets(tmp_path: Path) -> None:
    found = read(tmp_path, lines() + "the 1. cat\tla 1. chatte\n")
    assert len(found.pairs) == 41
    assert found.left_out == ()


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    rows = '"Yes, ""this"" one","Oui,\ncelui-ci"\nalone\n"He said \\"no, no\\"","Il dit non"\n'
    found = read(tmp_path, rows + lines(","))
    assert found.pairs[:2] == (Pair('Yes, "this" one', "Oui, celui-ci"), Pair('He said "no, no"', "Il dit non"))
    assert left_out(found) == [(3, "only one column: source and target are needed")]


def test_a_lone_quotation_mark_between_tabs_is_text(tmp_path: Path) -> None:
    found = read(tmp_path, '"Go!\t"Va !\n"Stop, now"\tArrête\n5" pipe\ttuyau\n"No," he said.\tNon\n' + lines())
    assert found.pairs[:4] == (
        Pair('"Go!', '"Va !'),
        Pair("Stop, now", "Arrête"),
        Pair('5" pipe', "tuyau"),
        Pair('"No," he said.', "Non"),
    )
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("fourth", "sixty_first"),
    [('"{},{}', '{}",{}'), ('{},"{}', '{},{}"'), ('"{},{}', '5" {},{}'), ('{}, "{}', '{} "x" y,{}')],
)
@pytest.mark.parametrize("elsewhere", ["", '"Yes, Sir",Oui\n'])
def test_a_stray_quotation_mark_loses_its_own_row_alone(
    tmp_path: Path, fourth: str, sixty_first: str, elsewhere: str
) -> None:
    rows = lines(",", PLAIN).splitlines()
    for row, form in ((4, fourth), (61, sixty_first)):
        rows[row - 1] = form.format(*rows[row - 1].split(","))
    found = read(tmp_path, "\n".join([*rows, "alone", elsewhere]))
    assert left_out(found) == [
        (4, "a quotation mark opens a cell and does not close it; the next one is in row 61"),
        (91, "only one column: source and target are needed"),
    ]
    assert found.pairs[:4] == (*PLAIN[:3], PLAIN[4])
    assert len(found.pairs) == 89 + bool(elsewhere)


def test_a_quotation_mark_that_is_never_closed_loses_its_row(tmp_path: Path) -> None:
    found = read(tmp_path, lines(",") + 'a,"b\n' + lines(",", PLAIN))
    assert left_out(found) == [(41, "a quotation mark opens a cell and does not close it")]
    assert found.pairs == (*PAIRS, *PLAIN)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (columns(EN, ["eh, " * (i % 4) + "x" for i in range(60)], delimiter=","), "only .* of 60 rows have . columns"),
        (columns(range(60), [f"Non, pas {i}" for i in range(60)], delimiter=","), "divide sentences too"),
        ("\n".join(EN), "has only one column"),
        (columns(IDS, ["ok"] * 60, CREDITS), "needs two columns of text.*column 3: attribution"),
        (lines(pairs=PAIRS[:19]) + "hello\n", r"19 usable pairs .* at least 20 .* left out: 1, .* row 20: only"),
        ("", "is empty"),
        ("\n\n", "is empty"),
        ('{"Hello.": "Bonjour.", "Yes.": "Oui."}', "no list of rows; give .*a line"),
        ('[["a", "b"],\n["c", ', "begins as JSON but cannot be read .*; give"),
        ("[" * 100_000, "JSON of too many levels"),
        ('["one", "two", "three"]', "JSON, but not rows of texts"),
        (json.dumps([{"text": text} for text in EN]), "only one column"),
        (columns(EN, FR[:40] + [""] * 20), "should be pairs, but only 40 are; rows left out: 20, the first is row 41"),
    ],
)
def test_a_file_that_is_not_understood_is_refused(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        read(tmp_path, content)


def test_one_bad_line_among_json_lines_is_named(tmp_path: Path) -> None:
    rows = list(map(json.dumps, OBJECTS))
    found = read(tmp_path, "\n".join([*rows[:5], '{"en": "broken', "", '{"en": "No French."}', *rows[5:]]))
    assert found.pairs == tuple(RICH)
    assert left_out(found) == [(6, "it is not JSON of the same kind as the other rows"), (8, "the target is empty")]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"there is no file .*gone\.tsv"):
        read_pairs(tmp_path / "gone.tsv")


def test_too_many_rows_or_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, lines())
    monkeypatch.setattr(table, "MAX_ROWS", 39)
    with pytest.raises(DataError, match="has 40 rows; at most 39"):
        read_pairs(path)
    monkeypatch.setattr(table, "MAX_BYTES", 100)
    with pytest.raises(DataError, match=r"MB; at most"):
        read_pairs(path)


TEXTS = st.text(st.sampled_from("abé中 '\",;|\t\n\\#"), max_size=12)


@given(
    st.lists(st.tuples(TEXTS, TEXTS), min_size=20, max_size=40),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150)
def test_what_the_csv_module_writes_is_read_as_the_same_pairs(
    tmp_path: Path, texts: list[tuple[str, str]], delimiter: str, quoting: int, end: str
) -> None:
    rows = [(f"a {i} {source}", f"b {i} {target} b") for i, (source, target) in enumerate(texts)]
    content = io.StringIO()
    csv.writer(content, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    found = read(tmp_path, content.getvalue())
    assert found.pairs == tuple(Pair(normalise(source), normalise(target)) for source, target in rows)
    assert found.left_out == ()


@given(st.binary(max_size=60) | st.text(st.sampled_from('ab"\t,;|\r\n\0\u2028[{:}]'), max_size=60).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_before_a_good_table_give_pairs_or_a_clear_error(tmp_path: Path, start: bytes) -> None:
    try:
        found = read(tmp_path, start + b"\n" + lines().encode())
    except DataError:
        return
    assert len(found.pairs) >= 20
    assert all(0 < len(text) <= 400 for pair in found.pairs for text in (pair.source, pair.target))
    assert [left.row for left in found.left_out] == sorted(left.row for left in found.left_out)
