"""What pieces write of words, and IBM Model 1 against the textbook and a plain loop."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.alignment import Model1, MutualAligner
from s2s_demo.alignment.words import is_punctuation, overlap
from s2s_demo.errors import DataError
from s2s_demo.text import Pair, split_words

# --- words


@given(text=st.text(st.sampled_from("ab éß'-.,! 猫"), min_size=1).filter(str.strip))
def test_every_byte_belongs_to_one_word_and_one_piece(text, tokenizer):
    common = overlap(text, [tokenizer.pieces[i] for i in tokenizer.encode(text)])
    if split_words(text):
        assert common is not None
        assert (common.sum(axis=0) > 0).all()
        assert (common.sum(axis=1) > 0).all()


def test_a_piece_that_writes_two_words_is_shared_by_its_bytes():
    assert overlap("be.", ["▁", "be."]).tolist() == [[3, 2], [0, 1]]


def test_pieces_that_do_not_spell_the_text_are_noticed():
    assert overlap("be", ["▁b", "<unk>"]) is None


def test_words_without_letters_and_digits_are_punctuation():
    assert [is_punctuation(word) for word in (".", "...", "5", "l'")] == [True, True, False, False]


# --- IBM Model 1


def test_model_1_does_the_textbook_example_by_hand():
    # das Haus / the house, das Buch / the book, without the empty word the classic; here NULL takes an equal share.
    # First iteration: each target word is shared out in thirds among NULL and two source words.
    pairs = [(["das", "Haus"], ["the", "house"]), (["das", "Buch"], ["the", "book"])]
    once = Model1.train(pairs, 1)
    assert once.probability("das", "the") == pytest.approx(
        (1 / 3 + 1 / 3) / (4 / 3)
    )  # das: the 2/3, house 1/3, book 1/3
    assert once.probability("Haus", "house") == pytest.approx(1 / 2)
    twice = Model1.train(pairs, 2)
    # "the": NULL .5, das .5, Haus .5 -> thirds; "house": NULL .25, das .25, Haus .5 -> 1/4, 1/4, 1/2
    assert twice.probability("das", "the") == pytest.approx((2 / 3) / (2 / 3 + 1 / 4 + 1 / 4))
    assert twice.probability("Haus", "house") == pytest.approx((1 / 2) / (1 / 2 + 1 / 3))


def test_model_1_agrees_with_a_plain_loop():
    chance = np.random.default_rng(0)
    pairs = [
        (
            [f"e{i}" for i in chance.integers(0, 5, chance.integers(1, 5))],
            [f"f{i}" for i in chance.integers(0, 5, chance.integers(1, 5))],
        )
        for _ in range(12)
    ]
    t = {("" if k < 0 else f"e{k}", f"f{j}"): 1.0 for k in range(-1, 5) for j in range(5)}
    for _ in range(4):
        counts = dict.fromkeys(t, 0.0)
        for e, f in pairs:
            for word in f:
                total = sum(t[one, word] for one in ["", *e])
                for one in ["", *e]:
                    counts[one, word] += t[one, word] / total
        sums = {one: sum(counts[one, f"f{j}"] for j in range(5)) for one, _ in t}
        t = {(one, word): count / sums[one] if sums[one] else 0.0 for (one, word), count in counts.items()}
    found = Model1.train(pairs, 4)
    for (one, word), probability in t.items():
        assert found.probability(one, word) == pytest.approx(probability, abs=1e-12)


def test_translations_of_a_word_sum_to_1_and_likelihood_never_falls():
    pairs = [(["a", "b"], ["x", "y", "x"]), (["b"], ["y"]), (["a", "c"], ["x", "z"])]
    likelihoods = []
    for iterations in range(1, 6):
        found = Model1.train(pairs, iterations)
        for one in ("", "a", "b", "c"):
            assert sum(found.probability(one, word) for word in "xyz") == pytest.approx(1)
        likelihoods.append(
            sum(
                log(sum(found.probability(one, word) for one in ["", *e]) / (len(e) + 1))
                for e, f in pairs
                for word in f
            )
        )
    assert likelihoods == sorted(likelihoods)


def test_unknown_words_have_no_links():
    aligner = MutualAligner.train([Pair("red cat", "chat rouge"), Pair("cat", "chat"), Pair("red", "rouge")] * 3)
    assert aligner.links(["Red", "cat"], ["Chat", "rouge"]) == {(0, 1), (1, 0)}
    assert aligner.links(["green", "cat"], ["chat", "vert"]) == {(1, 0)}
    assert aligner.forward.posterior(["zzz"], ["yyy"]).tolist() == [[0]]


def test_an_aligner_without_pairs_says_so():
    with pytest.raises(DataError, match="no sentence pair to learn from"):
        MutualAligner.train([Pair("", "")])


def test_posteriors_are_shares_of_each_target_word():
    found = Model1.train([(["a", "b"], ["x", "y"]), (["a"], ["x"])], 5)
    posterior = found.posterior(["a", "b"], ["x", "y"])
    nothing = [found.probability("", word) for word in "xy"]
    for row, word, null in zip(posterior, "xy", nothing, strict=True):
        total = null + found.probability("a", word) + found.probability("b", word)
        assert row.sum() == pytest.approx(1 - null / total)
