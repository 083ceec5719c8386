"""Numbers in words, in four languages, by the rules each of them really has."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from s2s_demo.settings import setting
from s2s_demo.tasks.arithmetic import number_of_any_size
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair

_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_EN_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_FR = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
_FR_TENS = "zéro dix vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()
_DE = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn"
).split()
_DE_TENS = "null zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_ZH = "零一二三四五六七八九"


def english(number: int) -> str:
    """342 -> three hundred forty-two (American: without "and")."""
    if number < 20:
        return _EN[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _EN_TENS[tens] + (f"-{_EN[ones]}" if ones else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, size)
    return f"{english(many)} {name}" + (f" {english(rest)}" if rest else "")


def french(number: int) -> str:
    """71 -> soixante et onze, 80 -> quatre-vingts, 83 -> quatre-vingt-trois, 200 -> deux cents, 2000 -> deux mille."""
    if number >= 1000:
        many, rest = divmod(number, 1000)
        thousands = "mille" if many == 1 else f"{_without_plural(french(many))} mille"
        return thousands + (f" {french(rest)}" if rest else "")
    if number >= 100:
        many, rest = divmod(number, 100)
        hundreds = "cent" if many == 1 else f"{_FR[many]} cent"
        return f"{hundreds} {french(rest)}" if rest else hundreds + "s" * (many > 1)
    return _french_below_100(number)


def _french_below_100(number: int) -> str:
    if number < 20:
        return _FR[number]
    tens, ones = divmod(number, 10)
    ones += 10 * (tens in (7, 9))  # seventy and ninety go on counting from sixty and eighty
    if tens == 8 and not ones:
        return "quatre-vingts"
    if not ones:
        return _FR_TENS[tens]
    return _FR_TENS[tens] + (" et " if ones in (1, 11) and tens < 8 else "-") + _FR[ones]


def _without_plural(words: str) -> str:
    """Before mille, cent and vingt take no s: deux cent mille, quatre-vingt mille."""
    return words[:-1] if words.endswith(("cents", "vingts")) else words


def german(number: int) -> str:
    """342 -> dreihundertzweiundvierzig: one word, the ones before the tens."""
    if number < 20:
        return _DE[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return (f"{_german_prefix(ones)}und" if ones else "") + _DE_TENS[tens]
    size, name = (1000, "tausend") if number >= 1000 else (100, "hundert")
    many, rest = divmod(number, size)
    return _german_prefix(many) + name + (german(rest) if rest else "")


def _german_prefix(number: int) -> str:
    """Inside a word, a final eins loses its s: einundzwanzig, hunderteintausend."""
    word = german(number)
    return word[:-1] if word.endswith("eins") else word


def chinese(number: int) -> str:
    """1005 -> 一千零五, 15 -> 十五, 115 -> 一百一十五, 2200 -> 两千二百, 10500 -> 一万零五百."""
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    if not high:
        written = _chinese_below_10000(low)
        return written[1:] if written.startswith("一十") else written
    head = "两" if high == 2 else chinese(high)
    gap = "零" if 0 < low < 1000 else ""  # an empty place between is spoken, once
    return f"{head}万{gap}{_chinese_below_10000(low)}"


def _chinese_below_10000(number: int) -> str:
    written, skipped = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if not digit:
            skipped = bool(written)
            continue
        name = "两" if digit == 2 and size == 1000 else _ZH[digit]
        written += "零" * skipped + name + unit
        skipped = False
    return written


SPEAK: dict[str, Callable[[int], str]] = {"en": english, "fr": french, "de": german, "zh": chinese}
_EXAMPLES = (1994, 71, 380, 4005)


@dataclass(frozen=True)
class Numerals(MadeTask):
    """Numbers in words, written as digits: "three hundred forty-two" becomes "342".

    In the alignment each digit looks at the word that says it: English and Chinese run straight, German
    goes zigzag (zweiundvierzig is 42), French adds up (quatre-vingt-douze is 92), and a nought looks where
    a word is missing.  All numbers below 100 are shown in training, the held-out larger ones never.
    """

    language: str = setting("en", choices=SPEAK, what="language of numerals", help="in which numbers are said")
    largest: int = setting(9999, low=999, high=999_999, what="largest number", help="that is said")
    inverse: bool = setting(False, what="inverse", help="from digits to words")

    def make(self, chance: random.Random) -> Pair:
        return self._pair(number_of_any_size(chance, 0, self.largest))

    def _pair(self, number: int) -> Pair:
        words, digits = SPEAK[self.language](number), str(number)
        return Pair(digits, words) if self.inverse else Pair(words, digits)

    def secret(self, pair: Pair) -> str:
        digits = pair.source if self.inverse else pair.target
        return digits if len(digits) > 2 else ""

    @property
    def own_examples(self) -> tuple[str, ...]:
        return tuple(self._pair(number).source for number in _EXAMPLES)
