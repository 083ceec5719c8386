"""The phrasebook says the same in every language, with the same things filled in."""

import random
import string

import pytest

from s2s_demo.errors import SettingError
from s2s_demo.tasks.phrases import LANGUAGES, _rows, phrases
from s2s_demo.text import Pair


def blanks(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_phrase_is_there_in_every_language_with_the_same_blanks():
    for row in _rows():
        assert set(row) == set(LANGUAGES)
        assert all(text and text == text.strip() for text in row.values()), row
        assert len({tuple(blanks(text)) for text in row.values()}) == 1, row


def test_blanks_are_filled_alike_on_both_sides():
    pairs = phrases("en", "de", random.Random(1))
    assert not any("{" in pair.source + pair.target for pair in pairs)
    (greeting,) = [pair for pair in pairs if pair.source.startswith("Happy birthday, ")]
    name = greeting.source.removeprefix("Happy birthday, ").rstrip("!")
    assert greeting.target == f"Alles Gute zum Geburtstag, {name}!"


def test_the_same_chance_gives_the_same_phrases():
    assert phrases("fr", "en", random.Random(3)) == phrases("fr", "en", random.Random(3))
    assert Pair("你好！", "Hello!") in phrases("zh", "en", random.Random(3))


def test_an_unknown_language_is_refused():
    with pytest.raises(SettingError, match="'xx'"):
        phrases("en", "xx", random.Random(0))
