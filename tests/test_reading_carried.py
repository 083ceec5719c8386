"""What no model translates, found by its looks."""

import pytest

from s2s_demo.reading.carried import (
    MARK,
    NUMBER,
    THING,
    capitalised,
    foreign_words,
    has_digits_of,
    large_numbers,
    shapes,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello 😀", [(MARK, "😀")]),
        ("We 👨‍👩‍👧 are 🇫🇷!", [(MARK, "👨‍👩‍👧"), (MARK, "🇫🇷")]),
        ("<b>Hi</b> there", [(MARK, "<b>"), (MARK, "</b>")]),
        ("See https://x.org/a?b=1.", [(THING, "https://x.org/a?b=1")]),
        ("Ask me@x.org, please", [(THING, "me@x.org")]),
        ("Open notes.txt and www.x.com", [(THING, "notes.txt"), (THING, "www.x.com")]),
        ("Thanks @anna #fun", [(THING, "@anna"), (THING, "#fun")]),
        ("Room B12-X9", [(THING, "B12-X9")]),
        ("It costs $20 or 3,50 €.", [(NUMBER, "$20"), (NUMBER, "3,50 €")]),
        ("这个要$20。", [(NUMBER, "$20")]),
        ("It is -5 or 3.14.", [(NUMBER, "-5"), (NUMBER, "3.14")]),
        ("Call 555-0134 now", [(NUMBER, "555-0134")]),
        (
            "You owe me US$ 20, €1,299.50, 1 200,00 €, 300 USD or 99¢",
            [(NUMBER, "US$ 20"), (NUMBER, "€1,299.50"), (NUMBER, "1 200,00 €"), (NUMBER, "300 USD"), (NUMBER, "99¢")],
        ),
        (
            "5'10\" and 72.5 kg at 120 km/h, -5 °C",
            [(NUMBER, "5'10\""), (NUMBER, "72.5 kg"), (NUMBER, "120 km/h"), (NUMBER, "-5 °C")],
        ),
        ("Call +1 (555) 010-9999 or +33 6 12 34 56 78", [(NUMBER, "+1 (555) 010-9999"), (NUMBER, "+33 6 12 34 56 78")]),
        ("At 10:30 PM on 17/05/2024", [(NUMBER, "10:30 PM"), (NUMBER, "17/05/2024")]),
        ("生日是1999年12月31日，不是3月5号。", []),  # dates are translated
        ("2 + 2 = 4, 9 3/4", [(NUMBER, "2 + 2 = 4"), (NUMBER, "9 3/4")]),
        ("v2.0.1 has foo.bar() in /usr/bin/x", [(THING, "v2.0.1"), (THING, "foo.bar()"), (THING, "/usr/bin/x")]),
        ("请看https://x.org/a?b=c或者me@x.cn", [(THING, "https://x.org/a?b=c"), (THING, "me@x.cn")]),
        ("看https://x.org/wiki/北京！", [(THING, "https://x.org/wiki/北京")]),
        ("**so** good :-) <3", [(MARK, "**"), (MARK, "**"), (MARK, ":-)"), (MARK, "<3")]),
        ("I have 2 dogs at 2:30 on the 3rd.", []),
        ("It is 3:2 (see note: 4) and/or in 2020, page 12", []),
        ("a well-known man, e.g. him (no. 5)", []),
    ],
)
def test_what_no_model_translates_is_found_by_its_looks(text, expected):
    assert [(item.kind, text[item.start : item.end]) for item in shapes(text)] == expected


@pytest.mark.parametrize(
    ("text", "is_chinese", "expected"),
    [
        ("She said привет to me", False, ["привет"]),
        ("他说 Hello World 了", True, ["Hello World"]),
        ("5G手机是iPhone 15，Tom 15岁", True, ["5G", "iPhone 15", "Tom"]),
        ("I like 北京烤鸭 a lot", False, ["北京烤鸭"]),
        ("Ça alors, c'est l'été", False, []),
    ],
)
def test_words_in_another_script_are_found(text, is_chinese, expected):
    assert [text[item.start : item.end] for item in foreign_words(text, is_chinese)] == expected


def test_numbers_that_languages_have_a_word_for_need_no_digits():
    text = "I have 2, 12 and 20 of 47 at 2:30 or 10:47, 9% in 1987"
    assert [text[item.start : item.end] for item in large_numbers(text)] == ["47", "10:47", "9", "1987"]
    assert has_digits_of("10:47", "à 10 h 47")
    assert [text[item.start : item.end] for text in ["à 22 h 40 ou 2 h 30"] for item in large_numbers(text)] == [
        "22 h 40"
    ]
    assert not has_digits_of("10:47", "à 110 h 47")


def test_words_with_a_capital_may_be_names():
    text = "we're from NATO, Jean-Pierre Zbigniew"
    assert [text[item.start : item.end] for item in capitalised(text)] == ["Jean-Pierre", "Zbigniew"]
