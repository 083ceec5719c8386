"""A visitor's table: every way a spreadsheet may save it, and every mistake in it with its row."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import s2s_demo
from s2s_demo.errors import DataError, SettingError
from s2s_demo.live.judge import Judge
from s2s_demo.tasks.base import LONGEST_SEQUENCE
from s2s_demo.tasks.own_file import OwnFile, ReadPairs, read_pairs, table
from s2s_demo.text import Pair, Tokenizer, normalise

PAIRS = [Pair(f"the {i}. cat", f"le {i}. chat") for i in range(1, 41)]
SENTENCES = (
    ("Nobody came, as always.", "Personne n'est venu, comme toujours."),
    ("We saw a small house", "Nous avons vu une petite maison"),
    ("Do you read; or write?", "Tu lis ; ou tu écris ?"),
)
PLAIN = [Pair(f"We saw {i} small houses.", f"Nous avons vu {i} petites maisons.") for i in range(2, 92)]
RICH = [Pair(f"{SENTENCES[i % 3][0]} ({i})", f"{SENTENCES[i % 3][1]} ({i})") for i in range(60)]
CREDIT = "CC-BY 2.0 (France) Attribution: tatoeba.org #{} (CM) & #{} (sacredceltic)"


def lines(delimiter: str = "\t", pairs: Sequence[Pair] = PAIRS) -> str:
    return "".join(f"{pair.source}{delimiter}{pair.target}\n" for pair in pairs)


def columns(*cells: Sequence[object], delimiter: str = "\t", heading: str = "", end: str = "\n") -> str:
    rows = [delimiter.join(map(str, row)) for row in zip(*cells, strict=True)]
    return end.join([heading, *rows] if heading else rows) + end


def quoted(texts: Sequence[str]) -> list[str]:
    return ['"' + text.replace('"', '""') + '"' for text in texts]


def write(folder: Path, content: str | bytes, name: str = "pairs.tsv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes) -> ReadPairs:
    return read_pairs(write(folder, content))


def left_out(found: ReadPairs) -> list[tuple[int, str]]:
    return [(left.row, left.why) for left in found.left_out]


EN, FR = [pair.source for pair in RICH], [pair.target for pair in RICH]
BOTH = [(pair.source, pair.target) for pair in RICH]
OBJECTS = [{"en": source, "fr": target} for source, target in BOTH]
NESTED = [{"source": {"text": source}, "target": {"text": target}} for source, target in BOTH]
IDS = [1200 + 7 * i for i in range(60)]
OTHER_IDS = [9000 + 13 * ((i * 17) % 60) for i in range(60)]
CREDITS = [CREDIT.format(i * 3, i * 5) for i in range(60)]
FILES: dict[str, tuple[str | bytes, str, list[int], list[str] | None]] = {  # content, delimiter, columns, heading
    "as people download it, with attribution": (columns(EN, FR, CREDITS), "\t", [1, 2], None),
    "ids beside both": (columns(IDS, EN, OTHER_IDS, FR), "\t", [2, 4], None),
    "ids and names": (
        columns(IDS, EN, OTHER_IDS, FR, heading="id\tEnglish\tid\tFrench"),
        "\t",
        [2, 4],
        ["id", "English", "id", "French"],
    ),
    "a language code beside each": (
        columns(["eng"] * 60, EN, ["fra"] * 60, FR),
        "\t",
        [2, 4],
        None,
    ),
    "quoted, a space after the comma": (columns(quoted(EN), quoted(FR), delimiter=", "), ",", [1, 2], None),
    "a remark that never changes": (columns(quoted(EN), quoted(FR), ["ok"] * 60, delimiter=","), ",", [1, 2], None),
    "an empty column at the end": (columns(quoted(EN), quoted(FR), [""] * 60, delimiter=","), ",", [1, 2], None),
    "the index of a data frame": (
        columns(range(60), quoted(EN), quoted(FR), delimiter=",", heading=",en,fr"),
        ",",
        [2, 3],
        ["", "en", "fr"],
    ),
    "semicolons and Excel's hint": (
        columns(quoted(EN), quoted(FR), delimiter=";", heading="sep=;\r\nen;fr", end="\r\n"),
        ";",
        [1, 2],
        ["en", "fr"],
    ),
    "Excel's hint without a heading": (
        columns(quoted(EN), quoted(FR), delimiter=";", heading="sep=;"),
        ";",
        [1, 2],
        None,
    ),
    "bars": (columns(EN, FR, delimiter="|"), "|", [1, 2], None),
    "triple bars": (columns(EN, FR, delimiter=" ||| "), "|||", [1, 2], None),
    "UTF-16 with its mark": (columns(EN, FR, end="\r\n").encode("utf-16"), "\t", [1, 2], None),
    "UTF-8 with its mark": (
        columns(EN, FR, heading="source\ttarget").encode("utf-8-sig"),
        "\t",
        [1, 2],
        ["source", "target"],
    ),
    "blank lines here and there": (columns(EN, FR, end="\n\n \t\n"), "\t", [1, 2], None),
    "line separators in the cells": (
        columns([text.replace(" ", "\u2028") for text in EN], [text.replace(" ", "\x0c") for text in FR]),
        "\t",
        [1, 2],
        None,
    ),
    "the target first, by its name": (columns(FR, EN, heading="target\tsource"), "\t", [2, 1], ["target", "source"]),
    "an optional comment": (
        columns(EN, FR, ["see above" if i % 4 == 0 else "" for i in range(60)]),
        "\t",
        [1, 2],
        None,
    ),
    "a user and a score": (
        columns(IDS, ["anna", "bob", "CK"] * 20, EN, FR, [f"0.{i}" for i in range(60)]),
        "\t",
        [3, 4],
        None,
    ),
    "JSON lines": (
        "\n".join(json.dumps(each, ensure_ascii=i % 2 == 0) for i, each in enumerate(OBJECTS)),
        "json",
        [1, 2],
        ["en", "fr"],
    ),
    "JSON lines with a translation": (
        "\n".join(json.dumps({"id": f"d{i}", "translation": each}) for i, each in enumerate(OBJECTS)),
        "json",
        [2, 3],
        ["id", "en", "fr"],
    ),
    "JSON lines of lists": ("\n".join(map(json.dumps, BOTH)), "json", [1, 2], None),
    "a JSON list of lists": (json.dumps(BOTH), "json", [1, 2], None),
    "a JSON list of objects": (
        json.dumps([{"target": t, "source": s, "note": None} for s, t in BOTH], indent=2),
        "json",
        [2, 1],
        ["target", "source", "note"],
    ),
    "a JSON object that holds the list": (
        json.dumps({"version": 2, "data": NESTED}),
        "json",
        [1, 2],
        ["source.text", "target.text"],
    ),
    "a JSON object of columns": (json.dumps({"en": EN, "fr": FR}), "json", [1, 2], ["en", "fr"]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_as_a_person_would_read_it(tmp_path: Path, name: str) -> None:
    content, delimiter, used, heading = FILES[name]
    found = read(tmp_path, content)
    assert found.pairs == tuple(RICH)
    assert found.left_out == ()
    said = found.to_json()
    assert (said["delimiter"], said["columns"], said["heading"]) == (delimiter, used, heading)
    assert said["first"] == [[pair.source, pair.target] for pair in RICH[:3]]
    assert said["pairs"] == 60
    assert json.loads(json.dumps(said)) == said


def test_the_sentence_says_what_was_used_and_what_was_left_aside(tmp_path: Path) -> None:
    assert read(tmp_path, FILES["as people download it, with attribution"][0]).how == (
        "Read as rows divided by tabs; the source is column 1, the target column 2; "
        "the third column is left aside (attribution)."
    )
    assert read(tmp_path, FILES["ids and names"][0]).how == (
        "Read as rows divided by tabs; the source is column 2 (“English”), the target column 4 (“French”); the first "
        "column is left aside (row numbers); the third column is left aside (numbers); row 1 is the heading."
    )


def test_other_columns_can_be_chosen_and_are_listed_with_a_sample(tmp_path: Path) -> None:
    german = [f"Satz {i}, wie immer." for i in range(60)]
    path = write(tmp_path, columns(EN, FR, german, CREDITS, heading="en\tfr\tde\tlicence"))
    found = read_pairs(path)
    assert found.columns == (1, 2)
    assert [(c.number, c.name, c.sample, c.kind) for c in found.choices] == [
        (1, "en", EN[0], "text"),
        (2, "fr", FR[0], "text"),
        (3, "de", german[0], "text"),
        (4, "licence", CREDITS[0], "attribution"),
    ]
    other = s2s_demo.read_pairs(path, columns=(3, 1))
    assert other.columns == (3, 1)
    assert other.pairs[0] == Pair(german[0], EN[0])
    for wrong in ((1, 1), (0, 2), (2, 5)):
        with pytest.raises(SettingError, match="are not two of its columns 1 to 4"):
            read_pairs(path, wrong)


@pytest.mark.parametrize(
    "heading",
    [
        *("source|target", "src|tgt", "Source text|Target text", "SourceText|TargetText", "source_lang|target_lang"),
        *("Source (English)|Target (French)", "input|output", "question|answer", "prompt|completion"),
        *("English|French", "EN|FR", "en|fr", "eng|fra", "en-US|fr-FR", "# en|fr", "english_sentence|french_sentence"),
        *("Englisch|Französisch", "anglais|français", "text_en|text_fr", "translation_en|translation_fr"),
        *(
            "text|translation",
            "word|meaning",
            "Sentence|Translation",
            "Satz|Übersetzung",
            "sentence1|sentence2",
            "Text A|Text B",
        ),
        *("中文|英文", "英文句子|法文句子", "原文|译文", "日本語|英語", "prompt_txt|reply_txt"),
    ],
)
def test_a_heading_is_not_a_pair(tmp_path: Path, heading: str) -> None:
    names = heading.split("|")
    found = read(tmp_path, "\t".join(names) + "\n" + lines())
    assert found.pairs == tuple(PAIRS)
    assert found.heading == tuple(names)


@pytest.mark.parametrize(
    "first",
    [
        *("source|la source", "question|question", "text|texte", "target|cible", "sentence|phrase", "input|entrée"),
        *("answer|réponse", "translation|traduction", "French|français", "English|anglais", "Dutch courage|Mut"),
        *("from|de", "to|en", "it|es", "number 1|number 2"),
    ],
)
def test_a_first_pair_is_not_taken_for_a_heading(tmp_path: Path, first: str) -> None:
    found = read(tmp_path, first.replace("|", "\t") + "\n" + lines() + "number 7\tnumber 8\n")
    assert found.pairs[0] == Pair(*first.split("|"))
    assert found.heading is None


def test_a_row_of_words_above_figures_alone_is_a_heading(tmp_path: Path) -> None:
    dates = [f"2021-05-{i:02}" for i in range(1, 31)]
    spoken = [f"May the {i}" for i in range(1, 31)]
    found = read(tmp_path, columns(spoken, dates, heading="wie man sagt\tISO"))
    assert found.heading == ("wie man sagt", "ISO")
    assert found.pairs[0] == Pair("May the 1", "2021-05-01")


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|", " ||| "])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_usual_delimiter_and_line_end_is_found(tmp_path: Path, delimiter: str, newline: str) -> None:
    found = read(tmp_path, lines(delimiter).replace("\n", newline))
    assert found.pairs == tuple(PAIRS)
    assert found.left_out == ()


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


@given(st.integers(20, 300), st.integers(0, 5))
@settings(max_examples=20)
def test_the_split_keeps_all_pairs_and_sources_apart(size: int, doubled: int) -> None:
    pairs = [Pair(f"number {i}", f"Zahl {i}") for i in range(size)] + [
        Pair(f"number {i}", f"Nummer {i}") for i in range(doubled)
    ]
    task = OwnFile(tuple(pairs))
    parts = [task.train(0, 1), task.val(), task.test()]
    assert sorted((p.source, p.target) for part in parts for p in part) == sorted((p.source, p.target) for p in pairs)
    sources = [{pair.source for pair in part} for part in parts]
    assert len(set.union(*sources)) == sum(map(len, sources))
    assert all(sources)
    assert len(sources[0]) >= 0.8 * size


def test_the_split_does_not_depend_on_the_order_of_rows() -> None:
    one, other = OwnFile(tuple(PAIRS)), OwnFile(tuple(PAIRS[::-1]))
    assert set(one.val()) == set(other.val())
    assert set(one.test()) == set(other.test())


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
        (numbered("small friends walk together through many green fields every summer morning", 60) + PAIRS, "char"),
        (numbered("small friends of " * 8 + "ours", 30) + PAIRS, "bpe"),
    ],
    ids=["short", "sentences", "unspaced", "few", "too long for characters"],
)
def test_the_tokenizer_suits_the_texts_and_can_be_learnt(pairs: list[Pair], kind: str) -> None:
    task = OwnFile(tuple(pairs))
    assert task.tokenizer[0] == kind
    texts = [text for pair in task.train(0, 1) for text in (pair.source, pair.target)]
    tokenizer = Tokenizer.train(texts, *task.tokenizer)
    assert all(tokenizer.decode(tokenizer.encode(text)) == text for text in texts)


LONG = [
    Pair(
        f"In the early morning the {i}. tired farmer walked slowly to the old mill.",
        f"Frühmorgens ging der {i}. müde Bauer ganz langsam zur alten Mühle hinüber.",
    )
    for i in range(100)
]
LONGER = [Pair(f"{pair.source} Then he went home again and slept.", pair.target) for pair in LONG]


@pytest.mark.parametrize(
    "pairs",
    [LONG, PAIRS[:30] + LONGER[:30], LONGER, [*PAIRS, *(Pair("x" * length, "y") for length in (99, 100, 130))]],
    ids=["74 characters", "half of them 110", "110", "99 and more"],
)
def test_what_was_accepted_is_trained_on_and_judged(tmp_path: Path, pairs: list[Pair]) -> None:
    found = read(tmp_path, lines(pairs=pairs))
    assert left_out(found) == [
        (row, f"the source has {len(pair.source) + 1} tokens (characters); at most 100 can be learnt")
        for row, pair in enumerate(pairs, start=1)
        if pair.source in ("x" * 130, "x" * 100)
    ]
    task = OwnFile(found.pairs)
    tokenizer = Tokenizer.train([t for p in task.train(0, 1) for t in (p.source, p.target)], *task.tokenizer)
    assert all(0 < len(tokenizer.encode(t)) <= LONGEST_SEQUENCE for p in found.pairs for t in (p.source, p.target))
    assert len(Judge(task, tokenizer).test_set.sources) == len(task.val())


def test_a_text_of_too_many_word_pieces_is_left_out_at_once(tmp_path: Path) -> None:
    odd = Pair("".join(chr(0x4E00 + (i * 7) % 5000) for i in range(200)), "strange")
    found = read(tmp_path, lines(pairs=[*LONGER, odd, *PAIRS]))
    assert [left.row for left in found.left_out] == [101]
    assert "tokens (word pieces); at most 100 can be learnt" in found.left_out[0].why
