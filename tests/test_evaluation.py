"""Scores are sacrebleu's; test sets keep every reference; figures can be saved and shown."""

import json
from dataclasses import replace

import pytest
import sacrebleu
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.card import save_figures
from s2s_demo.checkpoint import describe_all, save_checkpoint
from s2s_demo.cli import main
from s2s_demo.commands.evaluate import apart
from s2s_demo.decoding import Beam, Greedy
from s2s_demo.errors import DataError, SettingError
from s2s_demo.evaluation import (
    BeamScore,
    LengthScore,
    TestSet,
    beam_score,
    by_beam,
    by_length,
    error_rate,
    evaluate,
    evaluating,
    exact_score,
    judge,
    metric_for,
    score,
    sentence_chrf,
)
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.text import Pair, Tokenizer
from s2s_demo.translator import Translator

OUTPUTS = ["The cat sat on the mat.", "A dog runs in the park today.", "Nothing."]
REFERENCES = [
    ["The cat sat on the mat.", "A cat was sitting on the mat."],
    ["A dog is running in the park."],
    ["Nothing.", "Not a thing.", "Nope."],
]


@pytest.fixture(scope="module")
def translator():
    tokenizer = Tokenizer.train(["ab ba", "abc cba", "aabb ccbb"] * 4, "char", 40)
    model = Seq2Seq(ModelConfig(vocabulary_size=len(tokenizer), embedding_size=8, hidden_size=8))
    return Translator(model, tokenizer, "tiny")


def test_scores_are_those_of_sacrebleu():
    bleu, chrf, _ = score(OUTPUTS[:2], [of_one[:1] for of_one in REFERENCES[:2]]).values()
    streams = [[of_one[0] for of_one in REFERENCES[:2]]]
    assert bleu.score == pytest.approx(sacrebleu.corpus_bleu(OUTPUTS[:2], streams).score)
    assert chrf.score == pytest.approx(sacrebleu.corpus_chrf(OUTPUTS[:2], streams).score)
    assert "tok:13a" in bleu.signature
    assert "case:mixed" in bleu.signature


def test_further_references_can_only_help():
    one = score(OUTPUTS, [of_one[:1] for of_one in REFERENCES])
    many = score(OUTPUTS, REFERENCES)
    assert many["bleu"].score >= one["bleu"].score
    assert many["ter"].score <= one["ter"].score  # TER: lower is better


@pytest.mark.parametrize(
    ("outputs", "references", "by_letter", "rate"),
    [
        (["30715"], [["30715"]], True, 0),
        (["3075", "8"], [["30715"], ["8"]], True, 1 / 6),
        (["a red circle"], [["a red square above a cross"]], False, 4 / 6),
        (["", "ab"], [["abc"], ["xy", "abc"]], True, 4 / 6),
    ],
)
def test_an_error_rate_counts_edits_for_each_letter_or_word(outputs, references, by_letter, rate):
    assert error_rate(outputs, references, by_letter=by_letter) == pytest.approx(rate)


def test_a_perfect_translation_scores_100():
    bleu, chrf, ter = score(OUTPUTS, [[text] for text in OUTPUTS]).values()
    assert (bleu.score, chrf.score, ter.score) == pytest.approx((100, 100, 0))


def test_chinese_is_cut_into_characters():
    bleu = score(["我喜欢你的新房子。"], [["我喜欢你的旧房子。"]], "zh")["bleu"]
    assert "tok:zh" in bleu.signature
    assert 20 < bleu.score < 100


def test_the_interval_surrounds_the_score():
    bleu = score(OUTPUTS * 20, REFERENCES * 20, bootstrap=200)["bleu"]
    assert bleu.low is not None
    assert bleu.high is not None
    assert bleu.low < bleu.score < bleu.high


def test_intervals_exist_even_where_some_resamples_match_nothing_and_are_plain_numbers():
    for found in score(["a b c d e", "x", "y"], [["a b c d e"], ["q"], ["r"]], bootstrap=50).values():
        assert type(found.low) is type(found.high) is float


SMALL = ["a b c d e f", "x y", "one two three four", "q"]


@given(st.lists(st.sampled_from(SMALL), min_size=1, max_size=6), st.lists(st.sampled_from(SMALL), min_size=6))
def test_an_interval_of_a_share_never_leaves_the_scale(outputs, references):
    found = score(outputs, [[text] for text in references[: len(outputs)]], bootstrap=20)
    for name in ("bleu", "chrf"):
        assert 0 <= found[name].low <= found[name].high <= 100 + 1e-9


def test_an_interval_lies_between_percentiles_of_resamples():
    """One sentence is perfect and one all wrong: a symmetric interval around a mean would reach far beyond 100."""
    found = score(["a b c d e", "z y x w v"], [["a b c d e"], ["q r s t u"]], bootstrap=1000)["bleu"]
    assert 0 <= found.low < 5 < found.score < found.high == pytest.approx(100)


def test_signatures_say_how_texts_were_compared():
    found = score(["It\u2019s here, now."], [["It's here, now."]])
    assert found["bleu"].score == pytest.approx(100)
    assert all(value.signature.endswith("|text:normalised") for value in found.values())


def test_only_the_metrics_asked_for_are_computed():
    assert list(score(OUTPUTS, REFERENCES, metrics=["bleu"])) == ["bleu"]
    with pytest.raises(SettingError, match="unknown metric 'rouge'; choose from bleu, chrf, ter"):
        score(OUTPUTS, REFERENCES, metrics=["rouge"])


TOKENISERS = [("zh-CN", "zh"), ("ZH", "zh"), ("zh_Hant_TW", "zh"), ("FR", "13a"), ("ja", "char"), ("th", "char")]


@pytest.mark.parametrize(("tag", "tokeniser"), TOKENISERS)
def test_a_language_may_have_a_region_and_capitals_and_is_cut_in_its_own_way(tag, tokeniser):
    found = score(["我喜欢你的新房子。"], [["我喜欢你的旧房子。"]], tag)
    assert f"tok:{tokeniser}|" in found["bleu"].signature


def test_writing_without_spaces_is_scored_by_characters():
    assert score(["私は猫が好きです。"], [["私は犬が好きです。"]], "ja")["bleu"].score > 20
    assert score(["ฉันชอบแมวมาก"], [["ฉันชอบหมามาก"]], "th-TH")["bleu"].score > 20


def test_an_unknown_language_is_refused():
    with pytest.raises(SettingError, match="unknown language 'klingon'; give its two-letter code"):
        score(OUTPUTS, REFERENCES, "klingon")


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


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],  # Newcombe 1998
)
def test_the_interval_of_exact_answers_is_that_of_the_literature(right, of, low, high):
    found = exact_score(right / of, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.02)


def test_a_perfect_sentence_has_chrf_100_and_the_worse_one_less():
    perfect, worse = sentence_chrf(["The cat sat.", "A dog."], [["The cat sat."], ["A frog runs."]])
    assert perfect == pytest.approx(100)
    assert worse < 50


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
