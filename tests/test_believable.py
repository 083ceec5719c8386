"""The pairs worth learning from are those that belong together."""

import pytest
from tools import believable, known_words

import s2s_demo
from s2s_demo.errors import SettingError
from s2s_demo.text import Pair

RIGHT = [Pair("twelve", "12"), Pair("seventy-one", "71"), Pair("three hundred and five", "305"), Pair("ninety", "90")]
WRONG = [Pair("twelve", "71"), Pair("seventy-one", "90"), Pair("three hundred and five", "128"), Pair("ninety", "12")]


@pytest.fixture(scope="module")
def numerals():
    return s2s_demo.load("numerals-en")


def test_what_belongs_together_is_kept_in_its_order(numerals):
    mixed = [pair for both in zip(WRONG, RIGHT, strict=True) for pair in both]
    assert believable.believable(numerals, mixed, 0.5) == RIGHT
    assert believable.believable(numerals, mixed, 1) == mixed
    assert believable.believable(numerals, mixed, 0) == []


def test_an_empty_or_endless_side_is_left_out(numerals):
    pairs = [Pair("", "12"), Pair("twelve", ""), Pair("twelve " * 99, "12"), *RIGHT]
    assert believable.believable(numerals, pairs, 1) == RIGHT


def test_a_share_that_is_none_is_refused(numerals):
    with pytest.raises(SettingError, match="share to keep"):
        believable.believable(numerals, RIGHT, 70)


def test_english_with_a_word_that_nobody_knows_or_twice_in_a_row_is_not_plausible():
    known = {"i", "don't", "know", "him"}
    assert known_words.is_plausible("I don't know him!", known)
    assert [known_words.is_plausible(text, known) for text in ("I don't knowit.", "I know know him.", "?!")] == [
        False
    ] * 3
