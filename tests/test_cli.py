"""The command line: what goes in, what comes out, and what a mistake says."""

import html
import json
import re

import pytest
from tiny import small_comparison

from s2s_demo.checkpoint import load
from s2s_demo.cli import main


@pytest.fixture(autouse=True)
def _small_comparison(monkeypatch):
    small_comparison(monkeypatch)


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
