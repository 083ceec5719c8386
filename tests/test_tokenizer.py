"""Sentences <-> piece numbers: what survives, what is marked, what is refused."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import SENTENCES, TEXTS

from s2s_demo.errors import DataError, SettingError
from s2s_demo.text import BOS, EOS, PAD, SPECIAL, UNK, Tokenizer, normalise

COVERED = st.text(alphabet=sorted(set("".join(SENTENCES))), max_size=40)


@cache
def tokenizer_of(kind: str) -> Tokenizer:
    return Tokenizer.train(SENTENCES, kind, {"bpe": 330, "unigram": 330, "char": 1000, "word": 1000}[kind])


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


def test_error_messages_name_the_kind_and_the_size() -> None:
    with pytest.raises(DataError) as caught:
        Tokenizer.train(SENTENCES, "bpe", 100)
    assert re.search("no bpe vocabulary of 100 pieces", str(caught.value))
