import json
import math

import numpy as np
import pytest
from tiny import model

from s2s_demo import Beam, Greedy, Sampling
from s2s_demo.decoding import Strategy
from s2s_demo.errors import InputError
from s2s_demo.text import Tokenizer
from s2s_demo.translator import MAX_CHARACTERS, MAX_TOKENS, Translation, Translator

TEXTS = [
    "A man is reading.",
    "Where? I don't know. Dr. Who does!",
    "x",
    "Two dogs run along the beach, and a child laughs.",
]
STRATEGIES = [Greedy(), Beam(size=3), Beam(size=4, length_penalty=1.5, n_best=2), Sampling(samples=3, seed=5)]


def test_each_sentence_of_a_text_has_its_own_search(translator: Translator) -> None:
    translation = translator.translate(TEXTS[1], Greedy())
    assert [part.source.text for part in translation.sentences] == ["Where?", "I don't know.", "Dr. Who does!"]
    assert translation.text == " ".join(part.best.text for part in translation.sentences)
    assert translation.model == "untrained"
    assert translation.strategy == {"name": "greedy", "max_length": None}
    assert translation.seconds > 0


def test_sentences_stand_apart_except_in_chinese(translator: Translator) -> None:
    for language, space in (("fr", " "), ("zh", "")):
        one = Translator(translator.model, translator.tokenizer, "x", "en", language)
        found = one.translate("A man. A dog.", Greedy(max_length=4))
        assert found.text == space.join(sentence.best.text for sentence in found.sentences)


def test_a_task_without_a_language_is_not_split_into_sentences(tokenizer: Tokenizer) -> None:
    plain = Translator(model(vocabulary_size=len(tokenizer)), tokenizer)
    assert len(plain.translate("Is 3? It is. 4 is.", Greedy()).sentences) == 1


def test_alignment_has_a_row_for_each_target_token_and_a_column_for_each_source_token(translator: Translator) -> None:
    (part,) = translator.translate(TEXTS[0]).sentences
    assert part.source.tokens[-1] == "<eos>"
    assert part.best.tokens[-1] == "<eos>"
    assert part.best.alignment.shape == (len(part.best.tokens), len(part.source.tokens))
    assert part.best.alignment.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert sorted(p for word in part.source.words for p in word.positions) == list(range(len(part.source.tokens)))


# Refused


@pytest.mark.parametrize("text", ["", "   ", "\n\t\n", "\u200b\u200b", "\u00a0", "\x00"])
def test_an_empty_text_is_refused(translator: Translator, text: str) -> None:
    with pytest.raises(InputError, match="please type a sentence"):
        translator.translate(text)


def test_a_text_too_long_is_refused_with_its_length_and_the_limit(translator: Translator) -> None:
    with pytest.raises(InputError, match=f"10,000 characters; at most {MAX_CHARACTERS:,}"):
        translator.translate("a" * 10_000)


def test_a_sentence_of_too_many_tokens_is_refused_by_name(translator: Translator) -> None:
    with pytest.raises(InputError, match=rf"“dogs run .*…” has \d+ tokens; at most {MAX_TOKENS} fit"):
        translator.translate("dogs run " * 200)


@pytest.mark.parametrize(
    "text", ["\ud800", "日本語 🙂", "<eos> <pad>", "a" * 150, "§§§ \u202e abc", "<script>alert(1)</script>"]
)
def test_strange_text_is_translated_without_a_fuss(translator: Translator, text: str) -> None:
    if text == "\ud800":
        with pytest.raises(InputError):
            translator.translate(text)
    else:
        assert translator.translate(text, Greedy(max_length=5)).sentences


# Many at once


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.name)
def test_many_texts_at_once_are_translated_as_one_by_one(translator: Translator, strategy: Strategy) -> None:
    together = translator.translate_all(TEXTS, strategy)
    for text, translation in zip(TEXTS, together, strict=True):
        alone = translator.translate(text, strategy)
        assert translation.text == alone.text
        for ours, theirs in zip(translation.sentences, alone.sentences, strict=True):
            assert [h.tokens for h in ours.hypotheses] == [h.tokens for h in theirs.hypotheses]
            assert ours.best.total_log_prob == pytest.approx(theirs.best.total_log_prob, abs=1e-4)
            assert len(ours.tree.nodes) == len(theirs.tree.nodes)


def test_nothing_to_translate_takes_no_time(translator: Translator) -> None:
    assert translator.translate_all([]) == []


def test_progress_counts_up_to_all_sentences(translator: Translator) -> None:
    told: list[tuple[int, int]] = []
    texts = [f"A man is {i}." for i in range(70)]
    translator.translate_all(texts, Beam(size=8, max_length=2), progress=lambda done, total: told.append((done, total)))
    assert told == [(32, 70), (64, 70), (70, 70)]


def test_answers_come_in_the_order_of_the_questions(translator: Translator) -> None:
    texts = [" ".join(["dogs"] * n) for n in (9, 1, 5, 3)]
    found = translator.translate_all(texts, Greedy(max_length=2))
    assert [translation.sentences[0].source.text for translation in found] == texts


# JSON


def recomputed(translation: Translation, alpha: float) -> None:
    """Every number of the JSON from its log-probabilities alone."""
    for sentence in json.loads(json.dumps(translation.to_json()))["sentences"]:
        nodes = {node["id"]: node for node in sentence["tree"]["nodes"]}
        for node in nodes.values():
            path, at = [], node
            while at["parent"] is not None:
                path.append(at)
                at = nodes[at["parent"]]
            assert node["step"] == len(path)
            total = math.fsum(n["log_prob"] for n in path)
            assert node["total_log_prob"] == pytest.approx(total, abs=1e-5)
            assert node["score"] == pytest.approx(total / max(1, len(path)) ** alpha, abs=1e-5)
        for hypothesis in sentence["hypotheses"]:
            leaf = nodes[hypothesis["leaf"]]
            assert hypothesis["score"] == leaf["score"]
            assert hypothesis["total_log_prob"] == leaf["total_log_prob"]
            assert len(hypothesis["alignment"]) == len(hypothesis["tokens"]) == leaf["step"]
            assert len(hypothesis["alignment"][0]) == len(sentence["source"]["tokens"])


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.name)
def test_every_number_of_the_json_can_be_recomputed(translator: Translator, strategy: Strategy) -> None:
    recomputed(translator.translate(TEXTS[1], strategy), strategy.alpha)


def test_the_json_has_the_agreed_names(translator: Translator) -> None:
    answer = translator.translate(TEXTS[0], Beam(size=2)).to_json()
    assert set(answer) == {"text", "model", "strategy", "seconds", "notices", "precision", "sentences"}
    (sentence,) = answer["sentences"]
    assert set(sentence) == {"source", "hypotheses", "tree"}
    assert set(sentence["source"]) == {"text", "tokens"}
    assert set(sentence["hypotheses"][0]) == {"tokens", "text", "score", "total_log_prob", "alignment", "leaf"}
    names = {"id", "parent", "step", "token", "log_prob", "total_log_prob", "score", "rank", "status", "alignment"}
    assert set(sentence["tree"]["nodes"][0]) == names
    assert answer["strategy"] == {"name": "beam", "max_length": None, "size": 2, "length_penalty": 0.75, "n_best": None}


def test_n_best_limits_the_hypotheses(translator: Translator) -> None:
    (part,) = translator.translate(TEXTS[0], Beam(size=5, n_best=2)).sentences
    assert len(part.hypotheses) == 2


def test_the_tree_is_grown_when_somebody_looks_and_holds_the_hypotheses(translator: Translator) -> None:
    (sentence,) = translator.translate("A man.", Beam(size=3, max_length=6)).sentences
    assert "tree" not in vars(sentence)
    assert len(sentence.tree.nodes) == 1 + sentence.trace.considered
    for hypothesis in sentence.hypotheses:
        path = sentence.tree.path(hypothesis.leaf)
        assert tuple(node.token for node in path) == hypothesis.tokens
        assert path[-1].total_log_prob == hypothesis.total_log_prob
        assert path[-1].score == hypothesis.score
        assert np.array_equal(np.stack([node.alignment for node in path]), hypothesis.alignment)
