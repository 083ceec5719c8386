"""Scores are sacrebleu's; test sets keep every reference; figures can be saved and shown."""

import json
from dataclasses import replace

import pytest

from s2s_demo.card import save_figures
from s2s_demo.checkpoint import describe_all, save_checkpoint
from s2s_demo.cli import main
from s2s_demo.commands.evaluate import apart
from s2s_demo.decoding import Beam, Greedy
from s2s_demo.errors import DataError
from s2s_demo.evaluation import (
    BeamScore,
    LengthScore,
    TestSet,
    beam_score,
    by_beam,
    by_length,
    evaluate,
    evaluating,
    judge,
    metric_for,
)
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.text import Pair, Tokenizer
from s2s_demo.translator import Translator


@pytest.fixture(scope="module")
def translator():
    tokenizer = Tokenizer.train(["ab ba", "abc cba", "aabb ccbb"] * 4, "char", 40)
    model = Seq2Seq(ModelConfig(vocabulary_size=len(tokenizer), embedding_size=8, hidden_size=8))
    return Translator(model, tokenizer, "tiny")


def test_the_generator_tells_of_every_few_sentences_and_ends_in_what_evaluate_returns(translator):
    test_set = TestSet("tiny", ("ab", "cba", "aabb"), (("ba",), ("abc",), ("bbaa",)))
    steps, told = evaluating(translator, test_set, Greedy(max_length=3), at_once=2), []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            found = end.value
            break
    assert [(step.done, step.of) for step in told] == [(0, 3), (2, 3), (3, 3)]
    assert found.outputs == evaluate(translator, test_set, Greedy(max_length=3)).outputs


def test_pairs_with_one_source_become_one_sentence_with_several_references():
    pairs = [Pair("a", "x"), Pair("b", "y"), Pair("a", "z")]
    found = TestSet.of("some", pairs)
    assert found.sources == ("a", "b")
    assert found.references == (("x", "z"), ("y",))


def test_a_part_of_a_test_set_reaches_from_its_beginning_to_its_end():
    pairs = [Pair(str(i), "x") for i in range(10)]
    assert TestSet.of("some", pairs, at_most=4).sources == ("0", "2", "5", "7")
    assert len(TestSet.of("some", pairs, at_most=10).sources) == len(TestSet.of("some", pairs).sources) == 10


def test_an_empty_test_set_is_refused():
    with pytest.raises(DataError, match="at least one"):
        TestSet("none", (), ())


def test_an_evaluation_holds_outputs_speed_and_settings(translator):
    test_set = TestSet("tiny", ("ab", "cba", "aabb"), (("ba",), ("abc",), ("bbaa",)))
    found = evaluate(translator, test_set, Beam(size=2, max_length=5))
    assert len(found.outputs) == found.sentences == 3
    assert found.strategy["size"] == 2
    assert found.sentences_per_second > 0
    assert "outputs" not in found.to_json()
    json.dumps(found.to_json())
    perfect = replace(test_set, references=tuple((text,) for text in found.outputs))
    assert evaluate(translator, perfect, Beam(size=2, max_length=5)).exact_match == 1


def test_every_sentence_falls_into_one_length_bucket(translator):
    test_set = TestSet("tiny", ("ab", "a b c a b c a", "a b c " * 12), (("x",),) * 3)
    found = evaluate(translator, test_set, Greedy(max_length=3))
    rows = by_length(found, test_set)
    assert [(row.words, row.sentences) for row in rows] == [("1-5", 1), ("6-10", 1), ("over 30", 1)]


def test_a_french_question_may_match_exactly():
    found = judge(
        ("Où est la gare\u202f?", "Non."), TestSet("t", ("a", "b"), (("Où est la gare ?",), ("Oui.",))), Greedy(), 1
    )
    assert found.exact_match == 0.5


def test_figures_are_plain_data_that_comes_back(translator):
    test_set = TestSet("tiny", ("ab", "cba", "a b c d e f"), (("ba",), ("abc",), ("f",)))
    found = evaluate(translator, test_set, Beam(size=2, max_length=5), bootstrap=10)
    rows = by_length(found, test_set, bootstrap=10)
    assert [LengthScore.from_json(row) for row in json.loads(json.dumps([row.to_json() for row in rows]))] == rows
    beams = [beam_score(e) for e in by_beam(translator, test_set, (1, 2))]
    assert [row.size for row in beams] == [1, 2]
    assert [BeamScore.from_json(row) for row in json.loads(json.dumps([row.to_json() for row in beams]))] == beams


def test_sentences_that_nearly_occur_in_training_are_scored_apart(translator):
    test_set = TestSet("some", ("a", "b", "c"), (("x",), ("y",), ("z",)))
    found = replace(evaluate(translator, test_set, Greedy(max_length=3)), outputs=("x", "no", "no"))
    parts = apart(found, test_set, [True, False, False])
    assert {name: part["sentences"] for name, part in parts.items()} == {"near_duplicates": 1, "others": 2}
    assert (parts["near_duplicates"]["chrf"]["score"], parts["others"]["chrf"]["score"]) == (100, 0)
    assert list(apart(found, test_set, [False] * 3)) == ["others"]


def test_a_chinese_source_is_counted_in_characters(translator):
    test_set = TestSet("zh", ("我喜欢你的新房子",), (("I like it.",),))
    found = judge(("I like it.",), test_set, Greedy(), 1)
    assert by_length(found, test_set, source_language="zh")[0].words == "6-10"


@pytest.fixture(scope="module")
def reverser(translator):
    card = {"task": "reverse", "options": {"longest": 20}}
    return Translator(translator.model, translator.tokenizer, "made", card=card)


def test_a_made_task_is_judged_by_exact_match_and_its_sources_are_counted_in_characters(reverser):
    test_set = TestSet("reverse", ("abc", "cba", "ab ba ab"), (("cba",), ("abc",), ("ba ab ba",)))
    assert evaluate(reverser, test_set, Greedy(max_length=4)).metric == metric_for(reverser) == "exact"
    found = judge(("cba", "?", "?"), test_set, Greedy(), 1, metric="exact")
    assert found.score.score == pytest.approx(100 / 3)
    rows = by_length(found, test_set)
    assert [(row.words, row.sentences, row.score.score, row.unit) for row in rows] == [
        ("1-5", 2, 50, "characters"),
        ("6-10", 1, 0, "characters"),
    ]
    assert [LengthScore.from_json(json.loads(json.dumps(row.to_json()))) for row in rows] == rows
    beam = beam_score(found)
    assert beam.metric == "exact"
    assert BeamScore.from_json(json.loads(json.dumps(beam.to_json()))) == beam


def test_by_beam_covers_each_size(translator):
    test_set = TestSet("tiny", ("ab",), (("x",),))
    assert [e.strategy["name"] for e in by_beam(translator, test_set, (1, 3))] == ["greedy", "beam"]


def test_the_card_of_a_made_task_shows_exact_answers_and_mistakes_but_no_bleu(reverser, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(tmp_path))
    reverser.card["options"] |= {"held_out": 12}
    save_checkpoint(reverser, tmp_path / "made", "int8")
    assert main(["evaluate", "--model", "made", "--max-length", "4", "--figures", "--save"]) == 0
    written = capsys.readouterr().out
    text = (tmp_path / "made" / "README.md").read_text()
    for shown in (text, written):
        assert "BLEU" not in shown
        assert "exact" in shown
    assert "# made: letters, written backwards" in text
    assert "### Exact match by source length, reverse" in text
    (entry,) = json.loads((tmp_path / "made" / "config.json").read_text())["card"]["evaluations"]
    assert entry["mistakes"]
    for found in entry["mistakes"]:
        assert found["reference"] == found["source"][::-1] != found["output"]
        assert f"| `{found['source']}` | `{found['output']}` | `{found['reference']}` |" in text
    assert main(["models"]) == 0
    assert "reverse: exact 0.0 %" in capsys.readouterr().out


def test_saved_figures_reach_the_list_of_models_and_the_card(translator, tmp_path, monkeypatch):
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(tmp_path))
    save_checkpoint(translator, tmp_path / "tiny", "int8")
    (tmp_path / "tiny" / "notes.md").write_text("## Limits\n\nIt knows three letters.\n")
    test_set = TestSet("letters", ("ab", "ba"), (("ba",), ("ab",)))
    figures = {**evaluate(translator, test_set, Beam(max_length=4)).to_json(), "model": "tiny"}
    figures["greedy"] = evaluate(translator, test_set, Greedy(max_length=4)).to_json()
    save_figures("tiny", [figures])
    save_figures("tiny", [figures])  # measured again: replaced, not doubled
    (entry,) = describe_all()
    assert [e["test_set"] for e in entry["evaluations"]] == ["letters"]
    text = (tmp_path / "tiny" / "README.md").read_text()
    assert f"| letters | 2 | beam 5, α 0.75 | {figures['bleu']['score']:.1f} |" in text
    assert "It knows three letters." in text
    assert figures["bleu"]["signature"] in text
