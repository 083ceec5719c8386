"""Words as a reader cuts them, and pieces grouped into them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.text import SPECIAL, by_word, surface, words_of

PIECES = st.lists(
    st.sampled_from(["▁", "▁the", "▁l", "'", "homme", "s", ".", ",", "-", "été", "日", "本", "3", '"', "▁("])
    | st.sampled_from(["<0xE6>", "<0x97>", "<0xA5>", *SPECIAL])
)


@given(PIECES)
def test_words_cover_every_position_once_and_in_order(pieces: list[str]) -> None:
    positions = [position for word in words_of(pieces) for position in word.positions]
    assert positions == list(range(len(pieces)))
    assert all(word.text for word in words_of(pieces))


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (["▁a", "▁lad", "der", ".", "<eos>"], ["a", "ladder", ".", "</s>"]),
        (["▁l", "'", "homme"], ["l'", "homme"]),
        (["▁can", "'", "t"], ["can't"]),
        (["▁well", "-", "known"], ["well-known"]),
        (["▁", "日", "本"], ["日", "本"]),
        (["▁", "<0xE6>", "<0x97>", "<0xA5>", "."], ["日", "."]),
        (["▁"], ["␣"]),
    ],
)
def test_pieces_are_grouped_as_a_reader_would(pieces: list[str], words: list[str]) -> None:
    assert [word.text for word in words_of(pieces)] == words


def test_bytes_are_shown_as_the_characters_they_spell() -> None:
    assert surface(["<0xC3>", "<0xA9>"]) == "é"
    assert surface(["<0xC3>"]) == "\ufffd"


@given(st.integers(0, 10_000), PIECES.filter(bool), PIECES.filter(bool))
def test_grouping_an_alignment_by_word_keeps_the_sum_of_every_row(
    seed: int, source: list[str], target: list[str]
) -> None:
    alignment = np.random.default_rng(seed).dirichlet(np.ones(len(source)), len(target)).astype(np.float32)
    grouped = by_word(alignment, words_of(source), words_of(target))
    assert grouped.shape == (len(words_of(target)), len(words_of(source)))
    np.testing.assert_allclose(grouped.sum(axis=1), 1, atol=1e-5)


def test_a_word_gets_what_its_pieces_got() -> None:
    alignment = np.array([[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]], np.float32)
    grouped = by_word(alignment, words_of(["▁lad", "der", "."]), words_of(["▁éch", "elle"]))
    np.testing.assert_allclose(grouped, [[0.45, 0.55]], atol=1e-6)


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (["▁don", "'", "t", "▁go"], ["don't", "go"]),
        (["▁I", "'", "m", "."], ["I'm", "."]),
        (["▁l", "'", "hom", "me"], ["l'", "homme"]),
        (["▁qu", "'", "il"], ["qu'", "il"]),
        (["▁the", "▁man", "'", "s", "▁hat"], ["the", "man's", "hat"]),
        (["▁K", "<0x4B>", "eys", "!"], ["KKeys", "!"]),
        (["▁week", "-", "end", ",", "<eos>"], ["week-end", ",", "</s>"]),
    ],
)
def test_contractions_stay_whole_and_elisions_come_apart(pieces: list[str], words: list[str]) -> None:
    assert [word.text for word in words_of(pieces)] == words
