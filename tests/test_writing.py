"""One way of writing, one meaning of a line, and what a French typographer adds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TEXTS

from s2s_demo.text import lines_of, normalise, typeset, visible

# --- one way of writing


@given(TEXTS)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS)
def test_normalised_text_is_composed_visible_and_spaced_once(text: str) -> None:
    written = normalise(text)
    assert unicodedata.is_normalized("NFC", written)
    assert all(c.isprintable() or c in "\u200c\u200d" or unicodedata.category(c) in ("Cf", "Cn") for c in written)
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


INVISIBLE = [
    ("👨\u200d👩\u200d👧\u200d👦 eat", "👨\u200d👩\u200d👧\u200d👦 eat"),  # a family
    ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
    ("👩🏽\u200d🚀!", "👩🏽\u200d🚀!"),
    ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f!", None),  # the flag of England
    ("ක්\u200dෂ", "ක්\u200dෂ"),
    ("র\u200d্যাব", "র\u200d্যাব"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("نامه\u200cای", None),
    ("می\u200c خواهم\u200c.", "می خواهم."),  # at the edge of a word
    ("می\u200e\u200cخواهم", "می\u200cخواهم"),
    ("hel\u200dlo w\u200corld", "hello world"),  # Latin letters do not join
    ("我\u200d们", "我们"),
    ("a\u200d🍕 🍕\u200d", "a🍕 🍕"),
    ("e\u200d\u0301", "é"),
    ("hello\u200e.", "hello."),
    ("\u202bשלום\u202c, \u2066hello\u2069", "שלום, hello"),
    ("zero\u200bwidth\ufeff\u2060 wo\u00adrd", "zerowidth word"),
    ("a\U000e0062", "a"),
    ("\u06dd١", None),  # a format character that is seen
    ("☺\ufe0f 葛\U000e0100", None),  # variation selectors
    ("\U0001faea!", None),  # no character yet where Unicode is 16
    ("\U0001f1f8\u0378", None),
    ("a\ufffeb\ufdd0c\U0010ffffd", "a b c d"),  # never characters
    ("a\u2028b\u2029c\x85d\x0ce\x07f", "a b c d e f"),
    ("a\ue000b", "a b"),
]


@pytest.mark.parametrize(("typed", "written"), INVISIBLE)
def test_invisible_characters_stay_only_where_they_change_what_is_seen(typed: str, written: str | None) -> None:
    assert normalise(typed) == (typed if written is None else written)


@given(TEXTS)
def test_all_that_is_printable_is_seen(text: str) -> None:
    seen = visible(text)
    assert [c for c in seen if c.isprintable() and c != " "] == [c for c in text if c.isprintable() and c != " "]


# --- lines


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


# --- the typographer's form


def test_french_gets_its_narrow_space_and_english_does_not() -> None:
    assert typeset("Quoi?! Oui: non ; fin !", "fr") == "Quoi\u202f?! Oui\u202f: non\u202f; fin\u202f!"
    assert typeset("à 12:30", "fr") == "à 12:30"
    assert typeset("What?", "en") == "What?"


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("(Quoi?)", "(Quoi\u202f?)"),
        ("« Oui ! »", "« Oui\u202f! »"),
        ("«Oui!»", "«Oui\u202f!»"),
        ('Il dit : "Quoi ?".', 'Il dit\u202f: "Quoi\u202f?".'),
        ("[Ah!] {Oh?!} (ah ! oh !)", "[Ah\u202f!] {Oh\u202f?!} (ah\u202f! oh\u202f!)"),
        ("(oui; non: fin)", "(oui\u202f; non\u202f: fin)"),
        ("Vraiment (non)?", "Vraiment (non)\u202f?"),
        ('"Oui"? "Non": bon', '"Oui"\u202f? "Non"\u202f: bon'),
        ("Quoi ? ! Non!!!", "Quoi\u202f?! Non\u202f!!!"),
        ("Hein?... Ah!… Oh!, oui", "Hein\u202f?... Ah\u202f!… Oh\u202f!, oui"),
        ("12:30 https://a.fr/?q=1;b", "12:30 https://a.fr/?q=1;b"),
        ("Salut :) ;-) :D (?)", "Salut :) ;-) :D (?)"),
        ("?", "?"),
        ("C'est 5 % ; d'accord", "C'est 5 % \u202f; d'accord".replace(" \u202f", "\u202f")),
    ],
)
def test_french_spacing_reaches_inside_brackets_and_quotation_marks(written: str, set_: str) -> None:
    assert typeset(written, "fr") == set_


@given(st.text(alphabet="a1?!;:.…()[]\"«»'/- \u202f"), st.sampled_from(["fr", "en"]))
def test_setting_type_twice_changes_nothing_more(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once
    assert "".join(once.split()) == "".join(text.split())
