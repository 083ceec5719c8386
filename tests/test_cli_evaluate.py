"""`s2s-demo evaluate` and the figures it stores in a card."""

import json
import shutil

import pytest
from tiny import Echo

from s2s_demo.cli import main
from s2s_demo.commands.evaluate import moses, tokenised_bleu
from s2s_demo.errors import DataError
from s2s_demo.evaluation import TestSet
from s2s_demo.tasks import TASKS


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


def test_a_made_task_is_evaluated_at_any_of_its_settings(folder, capsys):
    asked = ["--task", "reverse", "--task-held-out", "6", "--task-shortest", "3", "--task-longest", "3"]
    assert main(["evaluate", "--model", str(folder), *asked, "--max-length", "4", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["test_set"], found["sentences"]) == ("reverse: held_out 6, shortest 3, longest 3", 6)
