"""Number words against tables written by hand."""

import pytest

from s2s_demo.errors import SettingError
from s2s_demo.tasks.numerals import SPEAK, Numerals

TABLES = {
    "en": {
        0: "zero", 7: "seven", 12: "twelve", 13: "thirteen", 15: "fifteen", 18: "eighteen", 20: "twenty",
        21: "twenty-one", 40: "forty", 55: "fifty-five", 80: "eighty", 99: "ninety-nine", 100: "one hundred",
        101: "one hundred one", 110: "one hundred ten", 342: "three hundred forty-two", 1000: "one thousand",
        1005: "one thousand five", 1100: "one thousand one hundred", 4017: "four thousand seventeen",
        9999: "nine thousand nine hundred ninety-nine", 21000: "twenty-one thousand",
        100_001: "one hundred thousand one",
    },
    "fr": {
        0: "zéro", 1: "un", 16: "seize", 17: "dix-sept", 19: "dix-neuf", 20: "vingt", 21: "vingt et un",
        22: "vingt-deux", 31: "trente et un", 60: "soixante", 61: "soixante et un", 69: "soixante-neuf",
        70: "soixante-dix", 71: "soixante et onze", 72: "soixante-douze", 77: "soixante-dix-sept",
        80: "quatre-vingts", 81: "quatre-vingt-un", 83: "quatre-vingt-trois", 90: "quatre-vingt-dix",
        91: "quatre-vingt-onze", 99: "quatre-vingt-dix-neuf", 100: "cent", 101: "cent un", 171: "cent soixante et onze",
        180: "cent quatre-vingts", 200: "deux cents", 201: "deux cent un", 280: "deux cent quatre-vingts",
        500: "cinq cents", 1000: "mille", 1001: "mille un", 1100: "mille cent",
        1994: "mille neuf cent quatre-vingt-quatorze",
        2000: "deux mille", 2200: "deux mille deux cents", 80_000: "quatre-vingt mille",
        81_000: "quatre-vingt-un mille",
        200_000: "deux cent mille", 280_000: "deux cent quatre-vingt mille", 300_080: "trois cent mille quatre-vingts",
    },
    "de": {
        0: "null", 1: "eins", 6: "sechs", 7: "sieben", 11: "elf", 12: "zwölf", 16: "sechzehn", 17: "siebzehn",
        20: "zwanzig", 21: "einundzwanzig", 30: "dreißig", 42: "zweiundvierzig", 66: "sechsundsechzig",
        77: "siebenundsiebzig", 100: "einhundert", 101: "einhunderteins", 111: "einhundertelf",
        121: "einhunderteinundzwanzig", 342: "dreihundertzweiundvierzig", 1000: "eintausend", 1001: "eintausendeins",
        1994: "eintausendneunhundertvierundneunzig", 4005: "viertausendfünf", 21_000: "einundzwanzigtausend",
        101_000: "einhunderteintausend",
    },
    "zh": {
        0: "零", 2: "二", 10: "十", 12: "十二", 20: "二十", 22: "二十二", 99: "九十九", 100: "一百", 101: "一百零一",
        110: "一百一十", 115: "一百一十五", 200: "二百", 222: "二百二十二", 1000: "一千", 1005: "一千零五",
        1015: "一千零一十五",
        1050: "一千零五十", 1500: "一千五百", 2000: "两千", 2222: "两千二百二十二", 7007: "七千零七", 10_000: "一万",
        10_005: "一万零五", 10_015: "一万零一十五", 10_500: "一万零五百", 11_000: "一万一千",
        12_034: "一万两千零三十四",
        20_000: "两万", 22_000: "两万两千", 90_909: "九万零九百零九", 100_000: "十万", 120_000: "十二万",
        200_000: "二十万",
    },
}  # fmt: skip
CASES = [(language, number, words) for language, table in TABLES.items() for number, words in table.items()]


@pytest.mark.parametrize(("language", "number", "words"), CASES)
def test_numbers_are_spoken_as_in_the_table(language: str, number: int, words: str) -> None:
    assert SPEAK[language](number) == words


@pytest.mark.parametrize("language", SPEAK)
def test_no_two_numbers_sound_alike(language: str) -> None:
    assert len({SPEAK[language](number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("language", SPEAK)
def test_sources_are_the_words_of_the_target(language: str) -> None:
    for pair in Numerals(language).train(0, 1) + Numerals(language).val():
        assert SPEAK[language](int(pair.target)) == pair.source


def test_the_inverse_reads_digits_and_hides_the_same_numbers() -> None:
    words, digits = Numerals("de"), Numerals("de", inverse=True)
    assert all(SPEAK["de"](int(pair.source)) == pair.target for pair in digits.train(0, 1))
    hidden = {pair.source for pair in digits.val()}
    assert hidden.isdisjoint(pair.target for pair in words.train(0, 1))
    assert digits.examples[0] == "1994"


def test_small_numbers_are_all_shown() -> None:
    shown = {int(pair.target) for epoch in range(3) for pair in Numerals("fr").train(epoch, 1)}
    assert set(range(100)) <= shown


def test_settings_outside_the_grammar_are_refused() -> None:
    with pytest.raises(SettingError, match="unknown language of numerals 'es'; choose from en, fr, de, zh"):
        Numerals("es")
    with pytest.raises(SettingError, match="largest number"):
        Numerals("en", largest=1_000_000)
