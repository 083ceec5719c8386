"""`s2s-demo train` on a visitor's files, and `s2s-demo data`."""

import json

import pytest

from s2s_demo.cli import main
from s2s_demo.experiment import read_recipe
from s2s_demo.text import Pair


def test_train_on_files_gives_a_model_that_translates(tmp_path, typed, capsys):
    letters = ["".join(chr(97 + (i * k) % 7) for k in range(1, 5)) + str(i % 10) for i in range(400)]
    (tmp_path / "in.txt").write_text("\n".join(letters))
    (tmp_path / "out.txt").write_text("\n".join(text[::-1] for text in letters))
    sizes = ["--hidden-size", "8", "--embedding-size", "8", "--updates", "6", "--batch-tokens", "200"]
    files = ["--source", str(tmp_path / "in.txt"), "--target", str(tmp_path / "out.txt"), "--tokenizer", "char"]
    assert main(["train", *files, *sizes, "--output", str(tmp_path / "run"), "--device", "cpu"]) == 0
    assert "best: BLEU" in capsys.readouterr().out
    typed("abcd1\n")
    assert main(["translate", "--model", str(tmp_path / "run"), "--max-length", "5"]) == 0
    assert main(["train", "--output", str(tmp_path / "run"), "--resume", "--device", "cpu"]) == 0  # already at its end


def pairs_file(folder, **changes):
    path = folder / "pairs.tsv"
    rows = [f"{i}\tab {i} cd\tdc {i} ba\tCC-BY {i}" for i in range(40)]
    for row, text in changes.items():
        rows[int(row[1:]) - 1] = text
    path.write_text("id\ten\tfr\tlicence\n" + "\n".join(rows), encoding="utf-8")
    return path


def test_train_on_a_table_of_pairs_gives_a_model_that_translates(tmp_path, typed, capsys):
    path = pairs_file(tmp_path)
    sizes = ["--hidden-size", "8", "--embedding-size", "8", "--updates", "4", "--batch-tokens", "200"]
    run = ["train", "--pairs", str(path), *sizes, "--output", str(tmp_path / "run"), "--device", "cpu"]
    assert main([*run, "--source-language", "en", "--target-language", "fr"]) == 0
    assert "best: BLEU" in capsys.readouterr().out
    typed("ab 7 cd\n")
    assert main(["translate", "--model", str(tmp_path / "run"), "--max-length", "5"]) == 0
    assert main(["train", "--output", str(tmp_path / "run"), "--resume", "--device", "cpu"]) == 0  # already at its end
    options = json.loads((tmp_path / "run" / "recipe.json").read_text())["options"]
    assert options == {"path": str(path), "columns": None, "source": "en", "target": "fr"}


def test_train_takes_the_columns_of_a_table_that_are_asked_for(tmp_path, capsys):
    other = ["--pairs", str(pairs_file(tmp_path)), "--columns", "3", "2", "--output", str(tmp_path / "run")]
    assert main(["train", *other, "--hidden-size", "8", "--embedding-size", "8", "--updates", "1"]) == 0
    task = read_recipe(tmp_path / "run" / "recipe.json").make_task()
    assert Pair("dc 5 ba", "ab 5 cd") in [*task.train(0, 1), *task.val(), *task.test()]


def test_data_check_says_how_a_file_is_read(tmp_path, capsys):
    path = pairs_file(tmp_path, r3="alone", r9="9\tno target")
    assert main(["data", "check", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "delimiter": "\t",
        "columns": [2, 3],
        "heading": ["id", "en", "fr", "licence"],
        "pairs": 38,
        "first": [["ab 0 cd", "dc 0 ba"], ["ab 1 cd", "dc 1 ba"], ["ab 3 cd", "dc 3 ba"]],
        "left_out": [
            {"row": 4, "why": "only one column: source and target are needed"},
            {"row": 10, "why": "the target is empty"},
        ],
    }
    assert main(["data", "check", str(path)]) == 0
    text = capsys.readouterr().out
    for said in (
        "38 pairs; rows left out: 2",
        "row 1 is the heading",
        "ab 0 cd → dc 0 ba",
        "row 10: the target is empty",
    ):
        assert said in text
    assert "columns that can be chosen with --columns SOURCE TARGET:\n  1: id (row numbers)\n  2: en (text)" in text
    assert main(["data", "check", str(path), "--columns", "3", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["first"][0] == ["dc 0 ba", "ab 0 cd"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04xl/workbook.xml", "an Excel workbook; open it and save"),
        ("clé\tkey\n".encode("latin-1"), "looks like Windows-1252 (Latin-1): save it again with the encoding UTF-8"),
        ("".join(f"{i} sentences\n" for i in range(40)).encode(), "has only one column"),
        (b"a\tb\n" * 40, "has 1 usable pairs with different sources; at least 20"),
        (None, "there is no file"),
    ],
)
@pytest.mark.parametrize("json_asked", [[], ["--json"]])
def test_data_check_refuses_a_file_with_one_sentence(content, says, json_asked, tmp_path, capsys):
    path = tmp_path / "pairs.csv"
    if content is not None:
        path.write_bytes(content)
    assert main(["data", "check", str(path), *json_asked]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("s2s-demo: ")
    assert captured.err.count("\n") == 1
    assert says in captured.err


def test_data_still_fetches_corpora(monkeypatch, tmp_path, capsys):
    fetched = []

    def download(corpus, report):
        fetched.append(corpus)
        return [tmp_path / corpus]

    monkeypatch.setattr("s2s_demo.tasks.download.download", download)
    assert main(["data", "multi30k", "tatoeba"]) == 0
    assert fetched == ["multi30k", "tatoeba"]
    assert capsys.readouterr().out == f"{tmp_path / 'multi30k'}\n{tmp_path / 'tatoeba'}\n"


def test_the_help_of_data_explains_both_forms(capsys):
    with pytest.raises(SystemExit):
        main(["data", "--help"])
    text = capsys.readouterr().out
    assert "data CORPUS [CORPUS ...]" in text
    assert "data check FILE [--columns SOURCE TARGET] [--json]" in text
    assert "multi30k, tatoeba" in text


FLAGS = """
    --start-from --interpolation --tokenizer --vocabulary-size --cell --embedding-size --hidden-size --encoder-layers
    --decoder --decoder-layers --attention --context --initialisation --embedding-dropout --hidden-dropout
    --output-dropout --optimiser --learning-rate --warm-up --decay --teacher-forcing --teacher-forcing-start
    --teacher-forcing-end --teacher-forcing-over --clip --label-smoothing --guided-alignment --batch-tokens --precision
    --epochs --updates --max-seconds --seed --validate-every --patience --save-every --storage --one-direction
    --no-residual --input-feeding --untied --encoder --loss --optimiser-momentum --task-digits
""".split()


def test_the_help_of_train_explains_every_setting_with_its_range(capsys):
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    for flag in FLAGS:
        assert f" {flag} " in text, flag
    assert "--hidden-size N numbers in a state of the networks, 2 to 4,096 (256)" in text
    assert "--task-digits N addition: of each summand, at most, 1 to 30 (3)" in text
