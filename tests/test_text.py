import re
import unicodedata
from functools import cache

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tiny import SENTENCES

from s2s_demo.errors import DataError, InputError, SettingError
from s2s_demo.text import (
    BOS,
    EOS,
    PAD,
    SPECIAL,
    UNK,
    Batch,
    Tokenizer,
    bucket,
    by_word,
    lines_of,
    normalise,
    pad,
    split_sentences,
    surface,
    typeset,
    words_of,
)

TEXTS = st.text(max_size=60) | st.text(alphabet="aé'’\u200b\u0301 \u00a0\t\n.!?…\u00ad▁_<0x41>ﬁ한가日。", max_size=30)
COVERED = st.text(alphabet=sorted(set("".join(SENTENCES))), max_size=40)


@cache
def tokenizer_of(kind: str) -> Tokenizer:
    return Tokenizer.train(SENTENCES, kind, {"bpe": 330, "unigram": 330, "char": 1000, "word": 1000}[kind])


# One way of writing


@given(TEXTS)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS)
def test_normalised_text_is_composed_printable_and_spaced_once(text: str) -> None:
    written = normalise(text)
    assert unicodedata.is_normalized("NFC", written)
    assert written.isprintable()
    assert "  " not in written
    assert written == written.strip()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("\u201cIt\u2019s\u201d", '"It\'s"'),
        ("  two\t\nwords ", "two words"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("soft\u00adhyphen", "softhyphen"),
        ("non\u2011breaking", "non-breaking"),
        ("a\u0000b", "a b"),
        ("\ud800lone", "lone"),
        ("\u2581", "_"),
        ("Keep CASE, and: punctuation!", "Keep CASE, and: punctuation!"),
    ],
)
def test_there_is_one_way_of_writing(typed: str, written: str) -> None:
    assert normalise(typed) == written


# Lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\nb\n", ["a", "b"]),
        ("a\n\n", ["a", ""]),
        ("\n", [""]),
        ("a\r\nb\rc\n\rd", ["a", "b", "c", "", "d"]),
        ("a\u2028b\u2029c\x85d\x0ce\x0bf\x1cg", ["a\u2028b\u2029c\x85d\x0ce\x0bf\x1cg"]),
    ],
)
def test_a_line_ends_at_a_line_feed_or_a_carriage_return_only(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


@given(st.lists(st.text(alphabet="ab \u2028\x85\x0c\x0b")), st.sampled_from(["\n", "\r\n", "\r"]))
def test_lines_that_were_written_are_read_again(lines: list[str], end: str) -> None:
    assert lines_of("".join(line + end for line in lines)) == lines


# Sentences


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("Good morning! How are you?", ["Good morning!", "How are you?"]),
        ("Dr. Who meets Mr. Smith. They talk.", ["Dr. Who meets Mr. Smith.", "They talk."]),
        ("J. Smith is here.", ["J. Smith is here."]),
        ("At J.P. Morgan. J. R. R. Tolkien wrote.", ["At J.P. Morgan.", "J. R. R. Tolkien wrote."]),
        ("Es wiegt ca. 5 kg. Mit Hut bzw. Mütze.", ["Es wiegt ca. 5 kg.", "Mit Hut bzw. Mütze."]),
        ("Ich bin am 17. März 1985 geboren. Und Sie?", ["Ich bin am 17. März 1985 geboren.", "Und Sie?"]),
        ("Im 2. Stock ist es 3. Das 1. Mal.", ["Im 2. Stock ist es 3.", "Das 1. Mal."]),
        ("I am 12. She is 13. I was ill.", ["I am 12.", "She is 13.", "I was ill."]),
        ("It costs 3.5 euros. Good.", ["It costs 3.5 euros.", "Good."]),
        ("He came. 20 men followed.", ["He came.", "20 men followed."]),
        ("no capital. after a stop", ["no capital. after a stop"]),
        ('"Stop!" "Why?"', ['"Stop!"', '"Why?"']),
        ('He said "Go." She went.', ['He said "Go."', "She went."]),
        ("Wait… What?", ["Wait…", "What?"]),
        ("今天很热。我们去游泳吧！好吗？", ["今天很热。", "我们去游泳吧！", "好吗？"]),
        ("one line\nanother line", ["one line", "another line"]),
        ("a\r\n\r\n  \nb", ["a", "b"]),
        ("Él vino. ¿Quién? Élodie.", ["Él vino.", "¿Quién?", "Élodie."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences_are_split_where_a_reader_would(typed: str, sentences: list[str]) -> None:
    assert split_sentences(typed) == sentences


@given(TEXTS)
def test_splitting_loses_nothing_but_spaces(text: str) -> None:
    sentences = split_sentences(text)
    expected = "".join(normalise(line) for line in text.splitlines())
    assert "".join(sentences).replace(" ", "") == expected.replace(" ", "")
    assert all(sentences)
    assert all(sentence == normalise(sentence) for sentence in sentences)


def test_french_gets_its_narrow_space_and_english_does_not() -> None:
    assert typeset("Quoi?! Oui: non ; fin !", "fr") == "Quoi\u202f?! Oui\u202f: non\u202f; fin\u202f!"
    assert typeset("à 12:30", "fr") == "à 12:30"
    assert typeset("What?", "en") == "What?"


# Tokenizer


@pytest.mark.parametrize("kind", ["bpe", "unigram"])
@given(text=TEXTS)
def test_any_normalised_text_survives_a_round_trip_through_subwords(kind: str, text: str) -> None:
    tokenizer = tokenizer_of(kind)
    ids = tokenizer.encode(text)
    assert not {PAD, UNK, BOS, EOS} & set(ids)
    assert tokenizer.decode(ids) == normalise(text)


@given(COVERED)
def test_text_of_known_characters_survives_a_round_trip_through_characters(text: str) -> None:
    tokenizer = tokenizer_of("char")
    assert tokenizer.decode(tokenizer.encode(text)) == normalise(text)


def test_known_words_survive_and_unknown_ones_are_marked() -> None:
    tokenizer = tokenizer_of("word")
    assert tokenizer.decode(tokenizer.encode(SENTENCES[0])) == SENTENCES[0]
    assert UNK in tokenizer.encode("A zebra")
    assert "⁇" in tokenizer.decode(tokenizer.encode("A zebra"))


@pytest.mark.parametrize("kind", ["bpe", "unigram", "char", "word"])
def test_a_tokenizer_starts_with_the_special_pieces_and_is_learnt_alike_twice(kind: str) -> None:
    tokenizer = tokenizer_of(kind)
    assert tuple(tokenizer.pieces[:4]) == SPECIAL
    assert len(tokenizer.pieces) == len(tokenizer)
    again = Tokenizer.train(SENTENCES, kind, {"char": 1000, "word": 1000}.get(kind, 330))
    assert again.pieces == tokenizer.pieces


def test_a_typed_special_piece_is_only_text() -> None:
    tokenizer = tokenizer_of("bpe")
    assert tokenizer.decode(tokenizer.encode("<eos> <pad> </s>")) == "<eos> <pad> </s>"


def test_special_pieces_write_nothing() -> None:
    tokenizer = tokenizer_of("bpe")
    ids = tokenizer.encode("A man")
    assert tokenizer.decode([BOS, *ids, EOS, PAD]) == "A man"
    assert tokenizer.decode([EOS]) == ""


def test_what_is_no_tokenizer_is_refused() -> None:
    with pytest.raises(DataError, match="not a SentencePiece model"):
        Tokenizer(b"not a model")
    with pytest.raises(SettingError, match="choose from bpe, unigram, char, word"):
        Tokenizer.train(SENTENCES, "morphemes")
    with pytest.raises(DataError, match="5 pieces"):
        Tokenizer.train(SENTENCES, "bpe", 5)
    with pytest.raises(DataError, match="vocabulary"):
        Tokenizer.train([], "char", 100)


# Words


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


# Batches


ENCODED = st.lists(
    st.tuples(st.lists(st.integers(4, 9), min_size=1, max_size=6), st.lists(st.integers(4, 9), max_size=8)),
    min_size=1,
    max_size=40,
)


@given(ENCODED)
def test_a_batch_holds_its_pairs_and_marks_real_tokens(pairs: list[tuple[list[int], list[int]]]) -> None:
    batch = Batch.of(pairs)
    for row, (source, target) in enumerate(pairs):
        assert batch.source[row][batch.source_mask[row]].tolist() == [*source, EOS]
        assert batch.target_in[row][batch.target_mask[row]].tolist() == [BOS, *target]
        assert batch.target_out[row][batch.target_mask[row]].tolist() == [*target, EOS]
    assert (batch.source[~batch.source_mask] == PAD).all()
    assert (batch.target_out[~batch.target_mask] == PAD).all()


def test_an_empty_batch_or_sentence_is_refused() -> None:
    for sequences in ([], [[4], []]):
        with pytest.raises(InputError):
            pad(sequences)


@given(ENCODED, st.integers(1, 60), st.integers(0, 99))
def test_buckets_hold_each_pair_once_and_keep_to_the_budget(
    pairs: list[tuple[list[int], list[int]]], tokens: int, seed: int
) -> None:
    batches = list(bucket(pairs, tokens, torch.Generator().manual_seed(seed)))
    assert sorted(i for batch in batches for i in batch) == list(range(len(pairs)))
    for batch in batches:
        assert len({len(pairs[i][0]) for i in batch}) == 1
        size = len(batch) * (1 + max(len(pairs[i][1]) for i in batch))
        assert size <= tokens or len(batch) == 1


def test_the_order_of_buckets_follows_the_seed() -> None:
    pairs = [([4] * (1 + i % 5), [5] * (i % 7)) for i in range(60)]
    orders = [list(bucket(pairs, 30, torch.Generator().manual_seed(seed))) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


def test_error_messages_name_the_kind_and_the_size() -> None:
    with pytest.raises(DataError) as caught:
        Tokenizer.train(SENTENCES, "bpe", 100)
    assert re.search("no bpe vocabulary of 100 pieces", str(caught.value))


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
