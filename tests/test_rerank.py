"""Of several translations the one that also translates back."""

from dataclasses import replace
from pathlib import Path

import pytest
from tools import rerank

import s2s_demo
from s2s_demo.decoding import Beam

CHECKPOINTS = Path(__file__).parents[1] / "checkpoints"
SENTENCES = ["The children play in the garden.", "Two dogs run. A cat sleeps.", "I would like a cup of tea, please."]


@pytest.mark.parametrize("weight", [0.0, 0.3, 100.0])
def test_the_weight_decides_between_the_two_models(monkeypatch: pytest.MonkeyPatch, weight: float) -> None:
    forward, back = s2s_demo.load(CHECKPOINTS / "en-fr", "cpu"), s2s_demo.load(CHECKPOINTS / "fr-en", "cpu")
    monkeypatch.setattr(rerank, "WEIGHT", weight)
    chosen = rerank.reranked(forward, back, SENTENCES)
    assert chosen[1] == ""
    for sentence, text in zip(SENTENCES[::2], chosen[::2], strict=True):
        (searched,) = forward.translate(sentence, Beam(size=5)).sentences
        both = list(zip(searched.hypotheses, rerank.back_scores(back, searched), strict=True))
        assert text == max(both, key=lambda one: one[0].score + weight * one[1])[0].text
    if weight == 0:
        assert chosen[0] == forward.translate(SENTENCES[0], Beam(size=5)).text


def test_a_source_is_likelier_given_its_translation_than_given_another() -> None:
    forward, back = s2s_demo.load(CHECKPOINTS / "en-fr", "cpu"), s2s_demo.load(CHECKPOINTS / "fr-en", "cpu")
    own, other = (forward.translate(sentence, Beam(size=5)).sentences[0] for sentence in SENTENCES[::2])
    mixed = replace(own, hypotheses=other.hypotheses)
    assert min(rerank.back_scores(back, own)) > max(rerank.back_scores(back, mixed))
