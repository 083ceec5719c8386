"""Near-duplicates: what counts as nearly the same sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.tasks.near import near_duplicates

words = st.lists(st.sampled_from(["he", "she", "sees", "a", "dog"]), min_size=3, max_size=6)


@pytest.mark.parametrize(
    ("sentence", "seen", "is_near"),
    [
        ("I saw a dog.", "i saw a dog", True),
        ("I saw a dog.", "I saw a cat!", True),
        ("I saw a dog.", "You saw a cat.", False),
        ("I saw a dog.", "I saw a big dog.", False),
        ("Stop!", "Go!", False),
        ("Stop!", "stop", True),
        ("", "", True),
    ],
)
def test_at_most_one_word_may_differ(sentence, seen, is_near):
    assert near_duplicates([sentence], ["Nothing of the sort.", seen], "en") == [is_near]


def test_chinese_is_compared_by_characters():
    assert near_duplicates(["我有一只狗。", "他来了。"], ["我有一只猫！"], "zh") == [True, False]


@given(words, words)
def test_it_agrees_with_counting_the_words_that_differ(one, other):
    same_length = len(one) == len(other)
    differ = sum(a != b for a, b in zip(one, other, strict=False))
    assert near_duplicates([" ".join(one)], [" ".join(other)]) == [same_length and differ <= 1]
