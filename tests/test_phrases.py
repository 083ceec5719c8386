"""The phrasebook says the same in every language, with the same things filled in."""

import random
import re
import string
from collections import defaultdict

import pytest

from s2s_demo.errors import SettingError
from s2s_demo.tasks.corpora import HELD_OUT, held_out_part
from s2s_demo.tasks.names import NAMES_IN_CHINESE, PLACES, PLACES_IN_CHINESE, SURNAMES
from s2s_demo.tasks.phrases import LANGUAGES, _drawn, _rows, phrases
from s2s_demo.text import Pair

VOWELS = "aeiouyhàâéèêîœ"


def blanks(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_phrase_is_there_in_every_language_with_the_same_blanks():
    for row in _rows():
        assert set(row) == set(LANGUAGES)
        assert all(text and text == text.strip() for text in row.values()), row
        assert len({tuple(blanks(text)) for text in row.values()}) == 1, row
    english = [row["en"] for row in _rows()]
    assert len(english) == len(set(english)) >= 300


def test_every_blank_can_be_filled_in_every_language_and_every_list_is_used():
    listed = {row["blank"] for row in _rows("blanks")}
    assert all(text and text == text.strip() for row in _rows("blanks") for text in row.values())
    assert listed <= {blank for row in [*_rows(), *_rows("blanks")] for blank in blanks(row["en"])}
    for row in _rows("blanks"):
        assert len({tuple(blanks(row[code])) for code in LANGUAGES}) == 1, row


def test_what_fills_a_blank_may_have_blanks_and_a_sentence_begins_with_a_capital():
    chance = random.Random(2)
    said = [pair for _ in range(200) for pair in phrases("en", "de", chance)]
    assert {pair.target for pair in said if pair.source == "What are you doing on Sunday?"} == {
        "Was machen Sie am Sonntag?"
    }
    assert not [pair for pair in said if pair.source[0].islower() or pair.target[0].islower()]


def test_no_phrase_is_a_sentence_that_a_corpus_keeps_for_testing():
    fixed = [row["en"] for row in _rows() if not blanks(row["en"])]
    assert [text for text in fixed for share in HELD_OUT.values() if held_out_part(text, share) == "test"] == []


def test_french_needs_no_elision_and_german_no_ending_where_something_is_filled_in():
    assert not any(place[0] in "AEIOUYH" for place in PLACES)
    for row in _rows():
        elided = re.findall(r"(?<!-)\b(?:de|que|si|je|le|la) {(\w+)}", row["fr"], re.IGNORECASE)
        assert not {blank for blank in elided if blank in ("name", "surname") and "Si " not in row["fr"]}, row
        assert not [filled for filled in _rows("blanks") if filled["blank"] in elided and filled["fr"][0] in VOWELS], (
            row
        )
        assert not any(f"{word} {{name}}" in row["de"] for word in ("mein", "meine", "Herrn")), row


def test_each_language_has_its_own_punctuation():
    for row in _rows():
        assert not re.search(r"\S[!?]", row["fr"]), row
        assert row["zh"].endswith(("。", "！", "？")), row
        assert [text[-1] in "!！" for text in row.values()] in ([True] * 4, [False] * 4), row
        assert [text[-1] in "?？" for text in row.values()] in ([True] * 4, [False] * 4), row


def test_blanks_are_filled_alike_on_both_sides():
    pairs = phrases("en", "de", random.Random(1))
    assert not any("{" in pair.source + pair.target for pair in pairs)
    (greeting,) = [pair for pair in pairs if pair.source.startswith("Happy birthday, ")]
    name = greeting.source.removeprefix("Happy birthday, ").rstrip("!")
    assert greeting.target == f"Alles Gute zum Geburtstag, {name}!"


def test_chinese_writes_places_and_familiar_names_its_own_way():
    for forms in (NAMES_IN_CHINESE, SURNAMES, PLACES_IN_CHINESE):
        assert len(set(forms.values())) == len(forms)
    chance = random.Random(1)
    pairs = [pair for _ in range(20) for pair in phrases("en", "zh", chance)]
    welcomes = {pair.target for pair in pairs if re.match("Welcome to [A-Z]", pair.source)}
    assert welcomes
    assert welcomes <= {f"欢迎来到{place}！" for place in PLACES_IN_CHINESE.values()}
    told = [re.fullmatch(r"My name is (\w+( \w+)?)\.", pair.source) for pair in pairs]
    names = [match[1] for match in told if match]
    assert set(names) & set(NAMES_IN_CHINESE)
    assert set(names) - set(NAMES_IN_CHINESE)
    assert {Pair(f"My name is {name}.", f"我叫{NAMES_IN_CHINESE.get(name, name)}。") for name in names} <= set(pairs)


def test_dates_are_said_as_each_language_says_them_and_numbers_to_call_alike():
    chance = random.Random(4)
    drawn = [_drawn(chance, chinese=False, up_to=90) for _ in range(6000)]
    dates = defaultdict(set)
    for row in drawn:
        for date in (row["date"], row["fulldate"], row["monthyear"]):
            english, *others = (re.sub(r"\d{4}", "1989", date[code]) for code in ("en", "fr", "de", "zh"))
            dates[tuple(others)].add(english)
    assert dates["1er juin", "1. Juni", "6月1日"] == {"1 June", "June 1", "June 1st", "the 1st of June"}
    assert dates["22 mai", "22. Mai", "5月22日"] <= {"22 May", "May 22", "May 22nd", "the 22nd of May"}
    full = {"3 May 1989", "May 3, 1989", "May 3 1989", "May 3rd, 1989", "May 3rd 1989", "the 3rd of May 1989"}
    assert dates["3 mai 1989", "3. Mai 1989", "1989年5月3日"] <= full
    assert dates["mai 1989", "Mai 1989", "1989年5月"] == {"May 1989"}
    assert not [french for french, *_ in dates if french.startswith("1 ")]
    assert {int(row["date"]["fr"].split()[0].removesuffix("er")) for row in drawn} == set(range(1, 32))
    assert all(re.fullmatch(r"[\d ]{7,14}", row["phone"]["en"]) for row in drawn)
    assert all(len(set(row["phone"].values())) == 1 for row in drawn)


def test_a_source_with_several_meanings_gets_the_first():
    pairs = phrases("fr", "en", random.Random(3))
    assert len({pair.source for pair in pairs}) == len(pairs)
    assert [pair.target for pair in pairs if pair.source == "Bonjour !"] == ["Hello!"]


def test_the_same_chance_gives_the_same_phrases():
    assert phrases("fr", "en", random.Random(3)) == phrases("fr", "en", random.Random(3))
    assert Pair("你好！", "Hello!") in phrases("zh", "en", random.Random(3))


def test_an_unknown_language_is_refused():
    with pytest.raises(SettingError, match="'xx'"):
        phrases("en", "xx", random.Random(0))
