"""Scores of outputs against references: metrics, signatures, intervals, and how a language is cut."""

import pytest
import sacrebleu
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.errors import SettingError
from s2s_demo.evaluation import (
    error_rate,
    exact_score,
    score,
    sentence_chrf,
)

OUTPUTS = ["The cat sat on the mat.", "A dog runs in the park today.", "Nothing."]


REFERENCES = [
    ["The cat sat on the mat.", "A cat was sitting on the mat."],
    ["A dog is running in the park."],
    ["Nothing.", "Not a thing.", "Nope."],
]


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
