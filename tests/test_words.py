"""Words as a reader cuts them, and pieces grouped into them."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TEXTS

from s2s_demo.text import SPACE, SPECIAL, by_word, normalise, split_words, surface, words_of

# --- the words of a text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A dog, barking.", ["A", "dog", ",", "barking", "."]),
        ("L\u2019homme qu'il n'a pas vu", ["L'", "homme", "qu'", "il", "n'", "a", "pas", "vu"]),
        ("Puis-je ? Aujourd'hui", ["Puis-je", "?", "Aujourd'hui"]),
        (
            "J'vais s'tirer jusqu'à l'Œuvre, d'y être d'11",
            "J' vais s' tirer jusqu' à l' Œuvre , d' y être d' 11".split(),
        ),
        ("I don't: it's Tom's c'mon, d'you?", ["I", "don't", ":", "it's", "Tom's", "c'mon", ",", "d'you", "?"]),
        ("It costs 3.5.", ["It", "costs", "3.5", "."]),
        ("At 10:30. At 10:", ["At", "10:30", ".", "At", "10", ":"]),
        ("1,000, $20, 50%, 1/2, 3rd, 1.000,50", "1,000 , $ 20 , 50 % , 1/2 , 3rd , 1.000,50".split()),
        ("Call 555-0134.", ["Call", "555-0134", "."]),
        ("See example.org. Or www.a.com/x.", ["See", "example.org", ".", "Or", "www.a.com/x", "."]),
        ("(a@b.org) https://a.fr/x?q=1).", ["(", "a@b.org", ")", "https://a.fr/x?q=1", ")", "."]),
        ("The end.Then", ["The", "end", ".", "Then"]),
        ("(He left.)", ["(", "He", "left", ".", ")"]),
        ("«Oui!» [a] “b”", ["«", "Oui", "!", "»", "[", "a", "]", '"', "b", '"']),
        ("हिन्दी में किताब।", ["हिन्दी", "में", "किताब", "।"]),
        ("مُحَمَّد هنا؟", ["مُحَمَّد", "هنا", "؟"]),
        ("می\u200cخواهم.", ["می\u200cخواهم", "."]),
        ("她有cats。", ["她", "有", "cats", "。"]),
        ("かきガ", ["か", "き", "ガ"]),
        ("ไทยดี", ["ไ", "ท", "ย", "ดี"]),
        ("한국어를 배워요.", ["한국어를", "배워요", "."]),
        ("👨\u200d👩\u200d👧👩🏽\u200d🚀🇫🇷🇩🇪!", ["👨\u200d👩\u200d👧", "👩🏽\u200d🚀", "🇫🇷", "🇩🇪", "!"]),
        ("1\ufe0f\u20e3 ❤\ufe0fx", ["1\ufe0f\u20e3", "❤\ufe0f", "x"]),
        ("   ", []),
    ],
)
def test_words_are_cut_where_a_reader_cuts_them(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@given(TEXTS | st.text(alphabet="a1l'.:/@-\u0301\u093f\u064b\u200d🇫👩 ทด", max_size=20))
def test_words_hold_all_of_a_text_and_no_mark_begins_one(text: str) -> None:
    written, words = normalise(text), split_words(text)
    assert "".join(words) == written.replace(" ", "")
    at = 0
    for word in words:
        at = written.index(word, at)
        is_mark = unicodedata.category(word[0]).startswith("M") or word[0] in "\u200c\u200d"
        assert not is_mark or at == 0 or written[at - 1] == " "
        at += len(word)


# --- pieces grouped into words


PIECES = st.lists(
    st.sampled_from(["", "▁", "▁the", "▁l", "'", "homme", "s", ".", ",", "-", "été", "日", "本", "3", '"', "▁("])
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
        (["▁a", "▁lad", "der", ".", "<eos>"], ["a", "ladder", ".", "<eos>"]),
        (["▁l", "'", "homme"], ["l'", "homme"]),
        (["▁can", "'", "t"], ["can't"]),
        (["▁well", "-", "known"], ["well-known"]),
        (["▁", "日", "本"], ["日", "本"]),
        (["▁", "<0xE6>", "<0x97>", "<0xA5>", "."], ["日", "."]),
        (["▁"], ["␣"]),
        (["▁3", ".", "5", "."], ["3.5", "."]),
        (["▁10", ":", "3", "0", ".", "<eos>"], ["10:30", ".", "<eos>"]),
        (["▁(", "He", "▁left", ".", ")"], ["(", "He", "left", ".", ")"]),
        (["▁(He", "▁left", ".)"], ["(He", "left", ".)"]),  # a piece cannot be cut
        (["▁c", "'", "mon"], ["c'mon"]),
        (["▁ex", "ample", ".", "or", "g", "."], ["example.org", "."]),
        (["▁हि", "न", "्", "द", "ी", "।"], ["हिन्दी", "।"]),
        (["▁👨", "\u200d", "👩", "!"], ["👨\u200d👩", "!"]),
        (["▁한", "국", "▁사람"], ["한국", "사람"]),
        (["▁a", "<unk>", "b", "<unk>", "<eos>"], ["a", "<unk>", "b", "<unk>", "<eos>"]),
        (["▁我们", "吃"], ["我们", "吃"]),
        (["▁is", "n't"], ["isn't"]),
        (["▁K", "<0xC3>", "eys"], ["K\ufffdeys"]),
        (["▁at", "▁10:30▁PM", "", "", ".", "<eos>"], ["at", "10:30 PM", ".", "<eos>"]),
        (["▁Tom", "▁", "&amp;", "▁Mary"], ["Tom", "&amp;", "Mary"]),
    ],
)
def test_pieces_are_grouped_as_a_reader_would(pieces: list[str], words: list[str]) -> None:
    assert [word.text for word in words_of(pieces)] == words


def test_bytes_are_shown_as_the_characters_they_spell() -> None:
    assert surface(["<0xC3>", "<0xA9>"]) == "é"
    assert surface(["<0xC3>"]) == "\ufffd"


@given(TEXTS.filter(normalise))
def test_letters_grouped_into_words_are_the_words_of_the_text(text: str) -> None:
    letters = [SPACE, *normalise(text).replace(" ", SPACE)]
    assert [word.text for word in words_of(letters)] == split_words(text)


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
        (["▁week", "-", "end", ",", "<eos>"], ["week-end", ",", "<eos>"]),
    ],
)
def test_contractions_stay_whole_and_elisions_come_apart(pieces: list[str], words: list[str]) -> None:
    assert [word.text for word in words_of(pieces)] == words
