"""A visitor's table: every way a spreadsheet may save it, its columns and its heading."""

import json
from pathlib import Path

import pytest
from pairs_cases import (
    BOTH,
    CREDITS,
    EN,
    FR,
    IDS,
    NESTED,
    OBJECTS,
    OTHER_IDS,
    PAIRS,
    RICH,
    columns,
    lines,
    quoted,
    read,
    write,
)

import s2s_demo
from s2s_demo.errors import SettingError
from s2s_demo.tasks.own_file import read_pairs
from s2s_demo.text import Pair

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
