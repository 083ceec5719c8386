"""Where a sentence ends: tables of what a reader would do, and what must hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TEXTS

from s2s_demo.text import lines_of, normalise, split_sentences


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


@pytest.mark.parametrize(
    "sentence",
    [
        "He was born on Dec. 25.",
        "Look at p. 12.",
        "See Fig. 2, pp. 3 and vol. 3.",
        "See vol. II.",
        "No. 5 is alive.",
        "Sept. 3",
        "Gen. Lee is here.",
        "Mr. Le Pen met Mrs. The-Rock.",
        "The U.S. Army is here.",
        "Some towns, e.g. Paris, are large.",
        "I met J. Smith in St. Louis.",
        "J. A. Smith",
        "1. Open the door.",
        "Bis 5. Mai",
        "Sein 2. Buch ist gut.",
        "Der 1. Januar",
        "Viele Tiere, z. B. Hunde, schlafen.",
        "Viele Tiere, z.B. Hunde, schlafen, d. h. Caesar starb 44 v. Chr. Geburt.",
        "Siehe S. 5 und Nr. 7.",
        "Vgl. S. 12 und Abb. 3.",
        "Ca. 20 Leute kamen.",
        "E.g. London is large.",
        "D. h. Peter kommt.",
        "P.S. I love you.",
        "Es kostet 15 Mio. Euro.",
        "Frau Meier, geb. Schulz, und Dr. med. Weber",
        "On Fri. 13 he played Op. 27 for Messrs. Smith and Brown.",
        "M. Dupont et Mme Dupont sont là.",
        "M. Le Pen et Mlle. Petit, p. ex. Paris",
        "El Sr. García vive en EE. UU. desde 1990.",
        "你是谁？！",
        "「すごい！」と言った。",
        "彼は「すごい！」と言った。",
        "《你好！》是一本书。",
        "Er wohnt in der Hauptstr. 5.",
        "他（你知道吗？）走了。",
        "He (why?) left.",
        '"Why?" she asked.',
        "It costs 3.5 euros.",
        "See www.a.com and http://a.fr/?q=A now!!!",
        "I love it! 🍕",
        "Well ... !",
        "?!",
        "🍕",
    ],
)
def test_what_a_reader_takes_for_one_sentence_stays_one(sentence: str) -> None:
    assert split_sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("We took plan B.", "Then we left."),
        ("He lives in the U.S.", "He works."),
        ("So am I.", "Tom left."),
        ("Solve for x.", "Then find y."),
        ("Dogs, cats, etc.", "Then we left."),
        ("He came at 5 p.m.", "She left."),
        ("1. Open the door.", "2. The rest is easy."),
        ("Er kam am 5.", "Dann ging er."),
        ("I am 12.", "Tom is 13."),
        ("Es kostet 15 Mio.", "Der Preis steigt."),
        ("He sat.", "5 others stood."),
        ("No.", "It is not."),
        ("Really?!", "Yes."),
        ("Wait...", "What?"),
        ("Great! 😀", "See you."),
        ("(He left.)", "I stayed."),
        ("It costs $5.", "$20 is enough."),
        ('He said "Go."', '"Why?" she asked.'),
        ("« Oui ! »", "Il partit."),
        ("Il partit.", "« Oui ! »"),
        ("Quoi ? !", "Rien."),
        ("»Ja.«", "Dann ging er."),
        ("- Oui.", "- Non."),
        ("¿Qué?", "¡No!"),
        ("राम आया।", "सीता गई।"),
        ("كيف حالك؟", "أنا بخير."),
        ("Привет!", "Как дела?"),
    ],
)
def test_two_sentences_come_apart_at_their_space(first: str, second: str) -> None:
    assert split_sentences(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("他说：“我很累。”", ['他说："我很累。"']),
        ("（他走了。）我也走了。", ["（他走了。）", "我也走了。"]),
        ("他问：“你好吗？”我说：“很好。”", ['他问："你好吗？"', '我说："很好。"']),
        ("“你好吗？”他问。“很好。”我说。", ['"你好吗？"他问。', '"很好。"我说。']),
        ("“好。”“不好。”", ['"好。"', '"不好。"']),
        ("他走了。“我也走了。”", ["他走了。", '"我也走了。"']),
        ("「はい。」「いいえ。」", ["「はい。」", "「いいえ。」"]),
        ("你好！？他走了……我也走了。", ["你好！？", "他走了……我也走了。"]),
        ("我走了.他来了!你好吗?我很好。", ["我走了.", "他来了!", "你好吗?", "我很好。"]),
        ("好！😀我走了。", ["好！😀", "我走了。"]),
    ],
)
def test_sentences_without_spaces_between_them_come_apart(typed: str, sentences: list[str]) -> None:
    assert split_sentences(typed) == sentences


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("Hello.\n---\nBye.", ["Hello. ---", "Bye."]),
        ("---\nHello.", ["--- Hello."]),
        ("Hello. ... Bye. !", ["Hello. ...", "Bye. !"]),
        ("?\n!", ["? !"]),
        ("one\u2028two\x0cthree\x85four", ["one two three four"]),
    ],
)
def test_what_says_nothing_stays_with_its_neighbour(typed: str, sentences: list[str]) -> None:
    assert split_sentences(typed) == sentences


ENDINGS = st.text(alphabet="aAéB1 .!?…。？”\"')）」(“「«»🍕\nलमहI我い-", max_size=40)


@given(TEXTS | ENDINGS)
def test_splitting_loses_nothing_but_spaces(text: str) -> None:
    sentences = split_sentences(text)
    expected = "".join(normalise(line) for line in lines_of(text))
    assert "".join(sentences).replace(" ", "") == expected.replace(" ", "")
    assert all(sentence == normalise(sentence) for sentence in sentences)


@given(TEXTS | ENDINGS)
def test_every_sentence_says_something_unless_nothing_does(text: str) -> None:
    sentences = split_sentences(text)
    assert all(any(map(str.isalnum, sentence)) for sentence in sentences) or len(sentences) == 1
