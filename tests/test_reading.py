"""What people type, and what a model reads of it; tokenizers of shipped models, but no search."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.checkpoint import SHIPPED
from s2s_demo.reading import Reader, Writer
from s2s_demo.reading.folding import in_24_hours, in_whole_months
from s2s_demo.reading.typed import Typed
from s2s_demo.text import SPACE, Tokenizer, normalise, split_sentences, words_of
from s2s_demo.words import say

EVERYDAY = Path(__file__).parent / "everyday"
PAIRS = ["en-fr", "fr-en", "en-de", "de-en", "zh-en", "en-zh"]


@cache
def tokenizer(name: str) -> Tokenizer:
    return Tokenizer((SHIPPED / name / "tokenizer.model").read_bytes())


@cache
def reader(name: str) -> Reader:
    return Reader(tokenizer(name), *(name.split("-") if "-" in name else ("", "")))


def keys(name: str, text: str) -> list[str]:
    return [key.removeprefix("reading.") for key, _ in reader(name).read(text).notices]


# Clean input


@pytest.mark.parametrize("name", PAIRS)
def test_everyday_sentences_are_read_as_they_are(name):
    with open(EVERYDAY / f"{name}.tsv", encoding="utf-8", newline="") as lines:
        rows = [[cell for cell in row if cell] for row in csv.reader(lines, "excel-tab", quoting=csv.QUOTE_NONE)][1:]
    for source, *references in rows:
        for sentence in split_sentences(source):
            reading = reader(name).read(sentence)
            assert (reading.read, reading.carried, reading.notices) == (sentence, (), ())
            assert list(reading.ids[:-1]) == tokenizer(name).encode(sentence)
            assert list(reading.tokens[:-1]) == [tokenizer(name).pieces[i] for i in reading.ids[:-1]]
            assert any(reader(name).again(reading, reading.tokens, right, 1) is None for right in references)


# Looks, spaces, traditional characters, case


@pytest.mark.parametrize(
    ("name", "typed", "read", "notices"),
    [
        ("en-fr", "I am ﬁne.", "I am fine.", ["forms"]),
        ("en-fr", "Ｈｅｌｌｏ！", "Hello!", ["forms"]),
        ("en-fr", "Tom &amp; Mary", "Tom & Mary", ["forms"]),
        ("en-fr", "at 10², or so", "at Boston, or so", ["carried"]),
        ("zh-en", "这个１，２９９元", "这个五元", ["forms", "carried"]),
        ("zh-en", "３个苹果", "3个苹果", ["forms"]),
        ("zh-en", "你好！", "你好！", []),
        ("zh-en", "我 很 累 。", "我很累。", ["spaces"]),
        ("zh-en", "我愛你。", "我爱你。", ["simplified"]),
        ("en-fr", "HELLO, HOW ARE YOU?", "Hello, how are you?", ["capitals"]),
        ("en-fr", "I'M TOM.", "I'm Tom.", ["capitals"]),
        ("de-en", "DER HUND SCHLÄFT.", "Der Hund schläft.", ["capitals"]),
        ("en-fr", "I LOVE YOU so much!", "I love you so much!", ["small"]),
        ("en-fr", "I live in the USA.", "I live in the USA.", []),
        ("en-fr", "USA", "USA", []),
        ("en-fr", "CAFÉ À LA MODE is MY FAVOURITE one", "café à la mode is my favourite one", ["small"]),
        ("en-fr", "wOrld PEACE, hIs way", "world peace, his way", ["small"]),
        ("en-fr", "The FBI has an iPod", "The Boston has an Tom", ["carried"]),
        ("en-fr", "an ATM in the USA", "an ATM in the USA", []),
        ("en-fr", "naïve Dvořák", "naïve Boston", ["carried"]),
        ("en-fr", "?!...", "Boston", ["carried"]),
        ("en-fr", "I paid 12.50 and 9.99 in 7 days", "I paid 5 and 8 in 7 days", ["carried"]),
        ("en-fr", "<b>Hi</b> &nbsp; Tom", "Hi Tom", ["forms", "carried"]),
        ("en-fr", "٣ cats", "3 cats", ["forms"]),
        ("de-en", "ICH WEIß, WO DIE STRASSE IST.", "Ich weiß, wo die Straße ist.", ["capitals"]),
        ("en-zh", "CLOSE THE WINDOW!", "Close the window!", ["capitals-alone"]),
        ("zh-en", "我妹妹Мария会说한국어。", "我妹妹波士顿会说汤姆。", ["carried"]),
        ("zh-en", "龘字怎么写？", "龘字怎么写？", ["unknown"]),
        ("en-fr", "I", "I", []),
        ("reverse", "HELLO", "hello", ["case"]),
        ("reverse", "naïve", "naïve", ["unknown"]),
        ("reverse", "hello", "hello", []),
        ("dates", "３ May 2020", "3 May 2020", ["forms"]),
    ],
)
def test_what_is_typed_is_read_as_what_it_means_and_said(name, typed, read, notices):
    assert reader(name).read(normalise(typed)).read == read
    assert keys(name, normalise(typed)) == notices


def test_the_words_are_shown_as_typed():
    tokens = reader("zh-en").read("我愛你。").tokens
    assert "".join(tokens).replace(SPACE, "") == "我愛你。<eos>"
    tokens = reader("en-fr").read("LOOK AT https://x.org/a NOW").tokens
    assert SPACE + "https://x.org/a" in tokens


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("We close at 10:30 PM", ["We", "close", "at", "10:30 PM"]),
        ("Open from 5 to 7 pm.", ["Open", "from", "5", "to", "7 pm", "."]),
        ("I ate 1½ ﬁgs", ["I", "ate", "1½", "ﬁgs"]),
        ("Tom &amp; Mary", ["Tom", "&amp;", "Mary"]),
    ],
)
def test_what_is_read_in_more_characters_than_were_typed_is_one_word_as_typed(typed, shown):
    tokens = reader("en-fr").read(typed).tokens
    assert [word.text for word in words_of(tokens)] == [*shown, "<eos>"]


def test_every_notice_is_a_sentence():
    for key in (
        "forms",
        "spaces",
        "simplified",
        "capitals",
        "capitals-alone",
        "small",
        "case",
        "carried",
        "unknown",
        "hours",
        "months",
    ):
        assert say(f"reading.{key}", items="“x”") != f"reading.{key}"


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("en-fr", "Jan 5 or Dec. 25, 2001", "January 5 or December 25, 2001"),
        ("en-de", "On 12 AUG 2024, the 3rd of Sept.", "On 12 August 2024, the 3rd of September."),
        ("en-zh", "In Mar. 2020 Jan may have 5 cats.", "In March 2020 Jan may have 5 cats."),
        ("en-fr", "It was in Oct. He ran 10 miles on March 5.", "It was in Oct. He ran 10 miles on March 5."),
        ("fr-en", "Le 5 janv. 2020, le 3 fev et le 1er oct.", "Le 5 janvier 2020, le 3 février et le 1er octobre."),
        ("fr-en", "Le mar. 5 mai ou le 5 jui, mais pas le 6 juin", "Le mar. 5 mai ou le 5 jui, mais pas le 6 juin"),
        ("de-en", "Am 5. Jan. 2020 und am 3. Dez.", "Am 5. Januar 2020 und am 3. Dezember."),
        ("zh-en", "5 Jan", "5 Jan"),
    ],
)
def test_months_cut_short_beside_a_day_or_a_year_are_read_whole(name, typed, read):
    assert in_whole_months(Typed.of(typed), name[:2]).read == read
    assert ("months" in keys(name, typed)) == (typed != read)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("The bus leaves at 10:45 PM.", "The bus leaves at 22:45."),
        ("It starts at 7.30am, I hope", "It starts at 7:30, I hope"),
        ("We close at 5 pm.", "We close at 17 o'clock."),
        ("At 9 p.m. he left.", "At 21 o'clock he left."),
        ("He left at 9 p.m.", "He left at 21 o'clock."),
        ("Is it 12 am or 12:05 a.m.?", "Is it midnight or 00:05?"),
        ("Lunch is at 12 p.m., dinner at 8:00 PM", "Lunch is at 12 o'clock, dinner at 20 o'clock"),
        ("Open from 9 am to 5 pm", "Open from 9 o'clock to 17 o'clock"),
        ("Open from 5 to 7 pm, 5-7 pm", "Open from 17 to 19 o'clock, 17-19 o'clock"),
        ("Between 9:30 and 11 p.m.", "Between 21:30 and 23 o'clock."),
        ("From 11 to 1 pm, or 10 – 2 AM", "From 11 to 13 o'clock, or 22 – 2 o'clock"),
        ("I am 5, see 13 pm and p. 9 PMs", "I am 5, see 13 pm and p. 9 PMs"),
    ],
)
def test_halves_of_a_day_are_read_as_hours_of_the_whole(typed, read):
    assert in_24_hours(Typed.of(typed)).read == read
    assert ("hours" in keys("en-de", typed)) == (typed != read)
    assert "hours" not in keys("de-en", "Um 5 pm.")


# And written back


def written(name: str, text: str, pieces: list[str], looks_at: list[int] | None = None) -> str:
    """A translation of these pieces, each of which looks at one source token."""
    reading, numbers = reader(name).read(text), tokenizer(name).pieces
    ids = [*(numbers.index(piece) for piece in pieces), 3]
    alignment = np.zeros((len(ids), len(reading.ids)), np.float32)
    for row, column in enumerate(looks_at or [0] * len(ids)):
        alignment[row, column] = 1
    return Writer(tokenizer(name), name[-2:]).write(reading, ids, alignment)


def test_a_stand_in_is_written_as_what_it_stands_for():
    assert written("en-fr", "It costs $20.", ["▁Ça", "▁coûte", "▁7", "."]) == "Ça coûte $20."


def test_a_stand_in_that_was_lost_goes_where_the_model_looked_at_it():
    assert written("en-fr", "It costs $20 now.", ["▁Ça", "▁coûte", "."], [0, 3, 5]) == "Ça coûte $20."


def test_an_emoji_goes_to_the_end_to_the_front_or_behind_the_word_before_it():
    assert written("en-fr", "Hello! 😀", ["▁Bonjour", "▁", "!"]) == "Bonjour\u202f! 😀"
    assert written("en-fr", "😀 Hello", ["▁Bonjour"]) == "😀 Bonjour"
    assert written("en-fr", "a cat 😀 is big", ["▁chat", "▁est"], [1, 2]) == "chat 😀 est"


def test_tags_go_around_the_word_that_they_stood_around():
    assert written("en-fr", "a <b>cat</b> is", ["▁un", "▁chat", "▁est"], [0, 1, 2]) == "un <b>chat</b> est"


def test_tags_have_the_spaces_of_the_language_that_is_written():
    assert written("zh-en", "<b>两只狗</b>在跑。", ["▁The", "▁dog", "▁is"], [1, 2, 4]) == "<b>The dog</b> is"
    assert written("en-zh", "two <b>dogs</b> run", ["两", "只", "狗"], [0, 0, 1]) == "两只<b>狗</b>"


def test_what_finds_no_stand_in_is_left_out_and_goes_behind_the_word_before_it():
    prices = ", ".join(f"${number}" for number in range(21, 29))
    reading = reader("en-fr").read(f"I paid {prices}.")
    assert [carried.text for carried in reading.carried] == prices.split(", ")
    assert [bool(carried.forms) for carried in reading.carried].count(False) == 2


def test_a_name_in_a_chinese_sentence_that_was_lost_is_carried_at_the_next_reading():
    reading = reader("zh-en").read("我是Michael。")
    assert reading.carried == ()
    again = reader("zh-en").again(reading, reading.tokens, "I'm Mike.", 1)
    assert again is not None
    assert [carried.text for carried in again.carried] == ["Michael"]


def test_a_text_that_is_carried_as_a_whole_stays():
    assert written("en-fr", "😀😀", ["▁Tom", "."]) == "😀😀"


def test_capitals_are_written_again_but_not_in_what_is_carried():
    assert written("en-fr", "SEE WWW.X.ORG AND www.x.org", ["▁voir", "▁un"]).startswith("VOIR")
    assert written("en-fr", "I LOVE TOM.", ["▁un", "▁chat"]) == "UN CHAT"


def test_a_lost_name_or_number_is_carried_at_the_next_reading():
    reading = reader("en-fr").read("My name is Zbigniew, I am 47.")
    assert reading.carried == ()
    again = reader("en-fr").again(reading, reading.tokens, "Je m'appelle Bigniou, j'ai 74 ans.", 1)
    assert again is not None
    assert [carried.text for carried in again.carried] == ["Zbigniew", "47"]
    assert reader("en-fr").again(reading, reading.tokens, "Je m'appelle Zbigniew, j'ai 47 ans.", 1) is None


def test_a_german_noun_is_no_name_but_what_is_called_so_is():
    reading = reader("de-en").read("Der Kescher liegt neben einem Offroader.")
    assert reader("de-en").again(reading, (), "The net lies next to a car.", 1) is None
    reading = reader("de-en").read("Mein Nachbar heißt Zbigniew.")
    assert reader("de-en").again(reading, (), "My neighbour is called dirty.", 1) is not None


# Laws

TEXTS = st.text("aZé愛３½ <b>&amp;$5-.😀我я", min_size=1, max_size=30).map(normalise).filter(bool)


@given(text=TEXTS, name=st.sampled_from(["en-fr", "zh-en", "reverse"]))
def test_anything_can_be_read_and_every_piece_has_a_token(text, name):
    reading = reader(name).read(text)
    assert len(reading.tokens) == len(reading.ids)
    assert all(0 <= carried.place < len(reading.ids) for carried in reading.carried)


@given(text=TEXTS)
def test_a_text_that_was_changed_remembers_what_was_typed(text):
    typed = Typed.of(text)
    assert typed.with_parts([(0, 1, "xyz")]).part(0, 3) == text[0]
    assert "".join(typed.with_parts([(0, 1, "x")]).typed) == text
