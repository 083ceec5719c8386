"""The command `explain`: what it prints, and what a mistake says."""

import json

import numpy as np
import pytest

from s2s_demo.checkpoint import save_checkpoint
from s2s_demo.cli import main
from s2s_demo.explain import planted

TEXT = "the red bird sings here today"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("checkpoints") / "planted-attention"
    save_checkpoint(planted("planted-attention"), path)
    return str(path)


@pytest.fixture
def explained(folder, capsys):
    def explain(*options: str) -> str:
        assert main(["explain", "--model", folder, TEXT, *options]) == 0
        return capsys.readouterr().out

    return explain


def test_a_person_reads_where_it_looked_and_what_the_word_hung_on(explained):
    out = explained("--word", "1")
    assert "step 1 of 2, after <bos>: ▁red" in out
    assert "steps with p < .5: none; with entropy > 1: none; greedy search parts nowhere" in out
    assert "hung on it: without “red”" in out
    assert r"\alpha = \mathrm{softmax}(e)" in out


def test_json_holds_every_number_of_the_step(explained):
    found = json.loads(explained("--json"))
    assert set(found) == {"model", "source", "translation", "steps", "breakpoints", "step", "faithful"}
    assert [each["step"] for each in found["steps"]] == [1, 2]
    step = found["step"]
    powers = np.exp(np.array(step["energies"]) - max(step["energies"]))
    assert powers / powers.sum() == pytest.approx(np.array(step["alignment"]), abs=1e-5)
    annotations = np.array([piece["annotation"] for piece in step["source"]])
    assert np.array(step["alignment"]) @ annotations == pytest.approx(np.array(step["context"]), abs=1e-5)


def test_a_word_is_named_by_its_number_or_by_its_step(explained):
    assert json.loads(explained("--word", "2", "--json")) == json.loads(explained("--step", "2", "--json"))


def test_changes_are_made_in_order_and_priced(explained):
    options = ["--drop", "1", "--weigh", "2", "0.5", "--look", "off", "--write", "blue", "--json"]
    found = json.loads(explained(*options))["what_if"]
    assert [edit["name"] for edit in found["edits"]] == ["drop", "off", "weigh", "write"]
    assert found["new"]["text"].split()[0] == "blue"
    assert found["delta"] == pytest.approx(found["new"]["total_log_prob"] - found["old"]["total_log_prob"], abs=1e-5)
    again = json.loads(explained("--json", *(o for e in found["edits"] for o in ("--edit", json.dumps(e)))))
    assert again["what_if"] == found


def test_everywhere_changes_every_look(explained):
    found = json.loads(explained("--look", "uniform", "--everywhere", "--json"))["what_if"]
    assert np.array(found["alignment"]) == pytest.approx(np.full((2, 7), 1 / 7), abs=1e-5)


def test_all_of_it_at_once_is_read_by_a_person(explained):
    out = explained("--drop", "2", "--wish", "blue", "--lanes", "--reference", "blue", "--doctor")
    for part in ("Δ", "of the attention moved", "saying nothing: log p", "proved best of all", "Model error"):
        assert part in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--word", "0"], "number of the word is 0; it must lie between 1 and 2"),
        (["--word", "9"], "number of the word is 9"),
        (["--step", "0"], "step is 0; it must lie between 1 and 2"),
        (["--sentence", "2"], "number of the sentence is 2; it must lie between 1 and 1"),
        (["--look", "away"], "unknown look 'away'; choose from uniform, shuffled, off"),
        (["--weigh", "red", "much"], "a weight is the number of a source word and a share"),
        (["--weigh", "1", "nan"], "weight is nan; it must lie between 0 and 1"),
        (["--drop", "0"], "number of the source word is 0"),
        (["--write", ""], "needs a text or a piece"),
        (["--write", "pink"], "has characters that planted-attention cannot write"),
        (["--wish", "pink"], "cannot write"),
        (["--edit", "{"], "{ is not JSON; an edit looks like"),
        (["--edit", "[]"], "an edit is an object with a name"),
        (["--reference", " "], "nothing to write"),
        (["--beam-size", "0"], "beam size is 0"),
    ],
)
def test_a_mistake_is_said_in_a_sentence(folder, capsys, options, message):
    assert main(["explain", "--model", folder, TEXT, *options]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_an_empty_text_is_a_mistake_too(folder, capsys):
    assert main(["explain", "--model", folder, " "]) == 2
    assert "nothing to translate" in capsys.readouterr().err
