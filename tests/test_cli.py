"""The command line: what goes in, what comes out, and what a mistake says."""

import html
import io
import json
import re
import shutil

import pytest
from tiny import Echo, small_comparison

from s2s_demo.checkpoint import load, save_checkpoint
from s2s_demo.cli import main
from s2s_demo.commands.evaluate import moses, tokenised_bleu
from s2s_demo.errors import DataError
from s2s_demo.evaluation import TestSet
from s2s_demo.experiment import read_recipe
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.tasks import TASKS
from s2s_demo.text import Pair, Tokenizer
from s2s_demo.translator import Translator


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    tokenizer = Tokenizer.train(["ab ba.", "abc cba!", "aabb ccbb"] * 4, "char", 40)
    model = Seq2Seq(ModelConfig(vocabulary_size=len(tokenizer), embedding_size=8, hidden_size=8))
    path = tmp_path_factory.mktemp("checkpoints") / "tiny"
    save_checkpoint(Translator(model, tokenizer, "tiny"), path)
    return path


@pytest.fixture(autouse=True)
def _small_comparison(monkeypatch):
    small_comparison(monkeypatch)


@pytest.fixture
def typed(monkeypatch):
    def type_in(text):
        stream = io.StringIO(text)
        monkeypatch.setattr("sys.stdin", stream)

    return type_in


def test_one_line_in_is_one_line_out(folder, typed, capsys):
    typed("ab ba\n\nabc\n")
    assert main(["translate", "--model", str(folder), "--max-length", "4"]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert len(lines) == 4
    assert lines[1] == lines[3] == ""


def test_json_holds_the_whole_search_and_its_numbers_add_up(folder, typed, capsys):
    typed("abc cba\n")
    options = ["--json", "--beam-size", "3", "--length-penalty", "0.6", "--max-length", "6"]
    assert main(["translate", "--model", str(folder), *options]) == 0
    found = json.loads(capsys.readouterr().out)
    nodes = found["sentences"][0]["tree"]["nodes"]
    for node in nodes[1:]:
        parent = nodes[node["parent"]]
        assert node["total_log_prob"] == pytest.approx(parent["total_log_prob"] + node["log_prob"], abs=1e-9)
        assert node["score"] == pytest.approx(node["total_log_prob"] / node["step"] ** 0.6, abs=1e-9)
    best = found["sentences"][0]["hypotheses"][0]
    assert nodes[best["leaf"]]["status"] == "returned"
    assert len(best["alignment"]) == len(best["tokens"])
    assert found["strategy"] == {"name": "beam", "size": 3, "length_penalty": 0.6, "max_length": 6, "n_best": None}


def test_all_lines_are_drawn_on_one_page_that_asks_nobody(folder, typed, tmp_path, capsys):
    typed("ab ba\n\nabc\n")
    page = tmp_path / "page.html"
    options = ["translate", "--model", str(folder), "--max-length", "4", "--html", str(page)]
    assert main(options) == 0
    assert capsys.readouterr().out.count("\n") == 3
    text = page.read_text(encoding="utf-8")
    assert '"texts":["ab ba","abc"]' in text
    assert "tiny · beam 5" in text
    assert not re.search(r"(?:src|href)=|https?://(?!www\.w3\.org/)|fetch\(|import\(", text)
    for lines, where, message in (("ab\n" * 51, page, "at most 50 sentences"), ("ab\n", tmp_path, "cannot write")):
        typed(lines)
        assert main([*options[:-1], str(where)]) != 0
        assert message in capsys.readouterr().err


def test_a_notebook_shows_a_translation_in_a_frame_of_its_own(folder):
    found = load(folder).translate("abc")
    (page,) = re.findall(r'srcdoc="([^"]*)"', found._repr_html_())
    assert html.unescape(page) == found.to_html()
    assert "allow-same-origin" not in found._repr_html_()


@pytest.mark.parametrize("strategy", ["greedy", "beam", "sampling"])
def test_every_strategy_translates_a_file(strategy, folder, tmp_path, capsys):
    (tmp_path / "in.txt").write_text("ab\nba\n")
    assert main(["translate", "--model", str(folder), "--strategy", strategy, str(tmp_path / "in.txt")]) == 0
    assert capsys.readouterr().out.count("\n") == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["translate", "--model", "no-such-model"], "no checkpoint 'no-such-model'"),
        (["translate", "--strategy", "magic"], "choose from greedy, beam, sampling"),
        (["translate", "--beam-size", "0"], "between 1 and 100"),
        (["translate", "no-such-file.txt"], "cannot read no-such-file.txt"),
        (["evaluate", "--source", "x.txt"], "go together"),
        (["evaluate"], "belongs to no known corpus"),
        (["train", "--output", "x"], "say what to learn"),
        (["train", "--output", "x", "--task", "juggling"], "choose from"),
        (["train", "--output", "x", "--task", "reverse", "--attention", "bahdanu"], "unknown attention 'bahdanu'"),
        (["train", "--output", "x", "--source", "a.txt"], "go together"),
        (["train", "--output", "x", "--pairs", "a.tsv", "--task", "reverse"], "say what to learn"),
        (["train", "--output", "x", "--pairs", "a.tsv"], "there is no file"),
        (["train", "--output", "x", "--task", "reverse", "--columns", "1", "2"], "belongs to --pairs"),
        (["data", "check"], "reads one file, not 0"),
        (["data", "check", "a.tsv", "b.tsv"], "reads one file, not 2"),
        (["data", "multi30k", "--json"], "belong to"),
        (["data", "atlantis"], "choose from multi30k, tatoeba"),
    ],
)
def test_a_mistake_ends_with_a_sentence(arguments, says, folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    if arguments[0] not in ("train", "data") and "--model" not in arguments:
        arguments = [arguments[0], "--model", str(folder), *arguments[1:]]
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert "Traceback" not in captured.err


def test_models_lists_names_and_sizes(folder, monkeypatch, capsys):
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(folder.parent))
    assert main(["models", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["name"] == "tiny"
    assert entry["parameters"] > 1000


def test_evaluate_reports_scores_with_signatures(folder, tmp_path, capsys):
    (tmp_path / "in.txt").write_text("ab\nba\n")
    (tmp_path / "one.txt").write_text("ba\nab\n")
    (tmp_path / "two.txt").write_text("b a\na b\n")
    files = ["--source", str(tmp_path / "in.txt"), "--reference", str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]
    assert main(["evaluate", "--model", str(folder), *files, "--max-length", "4", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"score", "signature"} <= found["bleu"].keys()
    assert found["sentences"] == 2
    assert found["greedy"]["strategy"]["name"] == "greedy"
    assert "nrefs:2" in found["bleu"]["signature"]
    assert main(["evaluate", "--model", str(folder), *files, "--max-length", "4", "--bootstrap", "5"]) == 0
    _, head, beam, greedy, *rest = filter(None, capsys.readouterr().out.splitlines())
    assert head.split("  ")[0] == "decoding"
    assert [line.split("  ")[0] for line in (beam, greedy)] == ["beam 5", "greedy"]
    assert len(head) == len(beam)
    assert [line.split()[0] for line in rest] == ["BLEU", "chrF", "TER"]  # signatures


def test_a_corpus_is_also_scored_without_what_nearly_occurs_in_its_training(folder, monkeypatch, capsys):
    monkeypatch.setitem(TASKS, "pairs", Echo)  # of one word each, so that none is near another
    assert main(["evaluate", "--model", str(folder), "--task", "pairs", "--max-length", "4", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["apart"]["others"]["sentences"] == found["sentences"] == len(Echo().test())


def test_figures_by_length_and_by_beam_are_stored_in_the_card(folder, tmp_path, monkeypatch, capsys):
    copy = tmp_path / "tiny"
    shutil.copytree(folder, copy)
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(tmp_path))
    (tmp_path / "in.txt").write_text("ab\nba\n")
    files = ["--source", str(tmp_path / "in.txt"), "--reference", str(tmp_path / "in.txt")]
    for _ in range(2):  # measured again: replaced, not doubled
        assert main(["evaluate", "--model", str(copy), *files, "--figures", "--bootstrap", "5", "--save"]) == 0
    capsys.readouterr()
    assert main(["models", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    (by_length,), (by_beam,) = entry["by_length"], entry["by_beam"]
    assert (by_length["test_set"], by_beam["test_set"]) == ("in.txt", "in.txt")
    assert [(row["words"], row["sentences"]) for row in by_length["rows"]] == [("1-5", 2)]
    assert [row["size"] for row in by_beam["rows"]] == [1, 2, 3, 5, 8, 10]
    assert by_beam["rows"][0]["bleu"]["low"] is not None
    assert "by_length" not in entry["evaluations"][0]
    assert "### BLEU by beam size, in.txt" in (copy / "README.md").read_text()


def test_the_card_tells_what_storage_costs_and_what_papers_would_report(folder, tmp_path, capsys):
    copy = tmp_path / "tiny"
    shutil.copytree(folder, copy)
    (tmp_path / "in.txt").write_text("ab\nba\n")
    files = ["--source", str(tmp_path / "in.txt"), "--reference", str(tmp_path / "in.txt")]
    also = ["--tokenised", "--before-storage", str(folder)]
    assert main(["evaluate", "--model", str(copy), *files, *also, "--save"]) == 0
    assert "lower-cased and tokenised by Moses: " in capsys.readouterr().out
    (entry,) = json.loads((copy / "config.json").read_text())["card"]["evaluations"]
    assert "case:lc" in entry["tokenised"]["signature"]
    assert "tok:moses" in entry["tokenised"]["signature"]
    assert entry["before_storage"]["bleu"] == entry["bleu"]  # the same model, stored the same way
    card = (copy / "README.md").read_text()
    assert "before the weights were rounded for storage: BLEU" in card
    assert "lower-cased and tokenised by Moses (`nrefs:1|case:lc" in card


def test_papers_tokens_are_those_of_moses():
    references = (("l'homme n'est pas là.", "un homme, là !"),)
    test_set = TestSet("one", ("the man is not there.",), references)
    tokens = moses("fr")
    assert tokenised_bleu(["L'homme n'est pas là ."], test_set, tokens).score == pytest.approx(100)
    assert tokenised_bleu(["L'homme n'est plus là."], test_set, tokens).score < 60
    with pytest.raises(DataError, match="Chinese has none; leave it out"):
        moses("zh")


def test_files_of_different_length_are_refused(folder, tmp_path, capsys):
    (tmp_path / "in.txt").write_text("ab\nba\n")
    (tmp_path / "one.txt").write_text("ba\n")
    files = ["--source", str(tmp_path / "in.txt"), "--reference", str(tmp_path / "one.txt")]
    assert main(["evaluate", "--model", str(folder), *files]) == 2
    assert "has 2 lines" in capsys.readouterr().err


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


def test_benchmarks_give_medians_and_rates(folder, monkeypatch, capsys):
    assert main(["benchmark", "translate", "--model", str(folder), "--max-length", "3", "--rounds", "3", "--json"]) == 0
    many = json.loads(capsys.readouterr().out)
    for name in ("sentences_per_second", "comparison_greedy_sentences_per_second", "comparison_beam_times_floor"):
        assert many[name] > 0
    assert main(["benchmark", "latency", "--model", str(folder), "--beam-size", "2", "--rounds", "3", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert min(one["p50_ms"], one["comparison_p50_ms"], one["comparison_times_floor"]) > 0


def test_bf16_is_never_silent(folder, typed, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("s2s_demo.translator.multiplies_bf16", lambda device: True)
    for precision in ("fp32", "bf16"):
        typed("abc\n")
        assert main(["translate", "--model", str(folder), "--precision", precision, "--json", "--max-length", "4"]) == 0
        assert json.loads(capsys.readouterr().out)["precision"] == precision
    (tmp_path / "a.txt").write_text("ab\n")
    files = ["--source", str(tmp_path / "a.txt"), "--reference", str(tmp_path / "a.txt"), "--max-length", "4"]
    assert main(["evaluate", "--model", str(folder), "--precision", "bf16", *files]) == 0
    assert "computed in bf16" in capsys.readouterr().out
    assert main(["evaluate", "--model", str(folder), "--precision", "bf16", "--save", *files]) != 0
    assert "--save" in capsys.readouterr().err


def test_bf16_is_refused_where_the_processor_only_imitates_it(folder, typed, capsys, monkeypatch):
    monkeypatch.setattr("s2s_demo.translator.multiplies_bf16", lambda device: False)
    typed("abc\n")
    assert main(["translate", "--model", str(folder), "--precision", "bf16"]) != 0
    assert "this processor does not multiply bf16" in capsys.readouterr().err


def test_help_is_quick_and_lists_the_commands(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert all(command in text for command in ("translate", "evaluate", "train", "benchmark", "models", "data"))
