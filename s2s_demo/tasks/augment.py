"""Small changes to a training pair that teach a model to cope with what people really type."""

import random
import re

from s2s_demo.tasks.names import NAMES, NAMES_IN_CHINESE, PLACES_IN_CHINESE, made_up_name
from s2s_demo.tasks.phrases import names_a_month
from s2s_demo.text import Pair

_NAME = re.compile(r"\b(Tom|Mary|John|Jim|Ken|Bill|Bob|Mike|Jane|Jack|Nancy|Kate|Lucy|Betty|Boston)\b")
_PEOPLE = {"Tom": "汤姆 湯姆", "Mary": "玛丽 瑪麗", "John": "约翰 約翰"}  # as the corpora write them in Chinese
_TOWNS = {
    "Boston": "波士顿 波士頓",
    "Tokyo": "东京 東京",
    "London": "伦敦 倫敦",
    "Paris": "巴黎",
    "New York": "纽约 紐約",
}
_NUMBER = re.compile(r"(?<![\d.,:])\d{1,5}(?![\d.,:]|st|nd|rd|th)")

_CONTRACTIONS = {
    "I am": "I'm", "he is": "he's", "she is": "she's", "it is": "it's", "that is": "that's", "what is": "what's",
    "where is": "where's", "who is": "who's", "there is": "there's", "you are": "you're", "we are": "we're",
    "they are": "they're", "I have": "I've", "you have": "you've", "we have": "we've", "I will": "I'll",
    "you will": "you'll", "he will": "he'll", "she will": "she'll", "we will": "we'll", "they will": "they'll",
    "I would": "I'd", "do not": "don't", "does not": "doesn't", "did not": "didn't", "is not": "isn't",
    "are not": "aren't", "was not": "wasn't", "have not": "haven't", "has not": "hasn't", "will not": "won't",
    "cannot": "can't", "could not": "couldn't", "would not": "wouldn't", "should not": "shouldn't",
}  # fmt: skip
_UNCLEAR = ("he's", "she's", "it's", "that's", "there's", "who's", "I'd")  # has, had?
_SPELT_OUT = {short: long for long, short in _CONTRACTIONS.items() if short not in _UNCLEAR}
_TITLES = {
    "Mr.": "Mr", "Mrs.": "Mrs", "Dr.": "Dr", "Mr": "Mr.", "Mrs": "Mrs.", "Dr": "Dr.",
    "Monsieur": "M.", "monsieur": "M.", "Madame": "Mme", "madame": "Mme",
}  # fmt: skip
_TITLE = re.compile(r"\b(" + "|".join(map(re.escape, _TITLES)) + r") (?=[A-Z])")
# "ne" is left out in talk: "je sais pas", "c'est pas vrai"
_NE = re.compile(r"(?:\bne |(?<=\b[JjCc])e n(?=')|\bn')(?='?\w[\w']* (?:\w+ )?(?:pas|plus|jamais|rien)\b)")
_WITHOUT_ACCENTS = str.maketrans("àâçéèêëîïôùûÀÂÇÉÈÊÎÔ", "aaceeeeiiouuAACEEEIO")
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # each row starts half a key further right
_WORD = re.compile(r"\b[a-z]{4,}\b")


def vary(pair: Pair, chance: random.Random) -> Pair:
    """Another name, another number, no capitals or no final stop: the same change on both sides, or none."""
    pair = swap_chinese_names(swap_names(pair, chance), chance)
    pair = swap_numbers(pair, chance)
    habit = chance.random()
    if habit < 0.2:
        return Pair(pair.source.lower(), pair.target)
    if habit < 0.4:
        return Pair(pair.source.rstrip(".。"), pair.target)
    return pair


def as_typed(pair: Pair, chance: random.Random) -> Pair:
    """The source as somebody in a hurry types it: contracted or spelt out, no apostrophe or accent, or a slip.

    Titles before a name are written the other way too: "Mr." and "Mr", "madame" and "Mme".
    """
    source = _TITLE.sub(lambda title: f"{_TITLES[title.group(1)]} ", pair.source)
    habit = chance.random()
    if habit < 0.4:
        source = _replaced(_NE.sub("", source), _CONTRACTIONS if chance.random() < 0.5 else _SPELT_OUT)
    elif habit < 0.5:
        source = re.sub(r"(?<=[a-z])'(?=[a-z]{1,2}\b)", "", source).translate(_WITHOUT_ACCENTS)
    elif words := list(_WORD.finditer(source)):
        word = chance.choice(words)
        source = source[: word.start()] + mistype(word.group(), chance) + source[word.end() :]
    return Pair(source, pair.target)


def _replaced(text: str, words: dict[str, str]) -> str:
    """Every key that stands there as whole words, in its case or with a capital; English alone has any."""
    both = words | {key[0].upper() + key[1:]: value[0].upper() + value[1:] for key, value in words.items()}
    found = re.compile(r"\b(?:" + "|".join(map(re.escape, both)) + r")(?= )")
    return found.sub(lambda match: both[match.group()], text)


def _neighbours() -> dict[str, str]:
    places = {key: (column + row / 2, row) for row, keys in enumerate(KEYBOARD) for column, key in enumerate(keys)}
    return {
        key: "".join(k for k, (u, v) in places.items() if k != key and abs(u - x) <= 1 and abs(v - y) <= 1)
        for key, (x, y) in places.items()
    }


NEIGHBOURS = _neighbours()  # the keys around each key


def mistype(word: str, chance: random.Random) -> str:
    """One slip of the finger: a neighbouring key, two letters swapped, one left out, or one twice."""
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    slip = chance.randrange(4)
    if slip == 0:
        return word[:at] + chance.choice(NEIGHBOURS[word[at]]) + word[at + 1 :]
    if slip == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if slip == 2:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def swap_names(pair: Pair, chance: random.Random) -> Pair:
    """Replace names that stand alike on both sides by other names, known or made up."""
    source, target = pair.source, pair.target
    for name in set(_NAME.findall(source)):
        if len(re.findall(rf"\b{name}\b", source)) == len(re.findall(rf"\b{name}\b", target)):
            other = chance.choice(NAMES) if chance.random() < 0.7 else made_up_name(chance)
            source = re.sub(rf"\b{name}\b", other, source)
            target = re.sub(rf"\b{name}\b", other, target)
    if re.search(r"\b(de|que|si|la|le) [AEIOUYH]", target) and not re.search(
        r"\b(de|que|si|la|le) [AEIOUYH]", pair.target
    ):
        return pair  # French would elide here: "d'Anna"
    return Pair(source, target)


def swap_chinese_names(pair: Pair, chance: random.Random) -> Pair:
    """Replace a name beside its Chinese form by another: in the form Chinese has for it, or in Latin letters."""
    source, target = _swapped_beside_chinese(pair.source, pair.target, chance)
    target, source = _swapped_beside_chinese(target, source, chance)
    return Pair(source, target)


def _swapped_beside_chinese(english: str, chinese: str, chance: random.Random) -> tuple[str, str]:
    """Both texts with other names where one stands once in each."""
    for names, known in ((_PEOPLE, NAMES_IN_CHINESE), (_TOWNS, PLACES_IN_CHINESE)):
        for name, forms in names.items():
            here, there = rf"\b{name}\b", forms.replace(" ", "|")
            if len(re.findall(here, english)) == len(re.findall(there, chinese)) == 1:
                latin = known is NAMES_IN_CHINESE and chance.random() < 0.5
                other = chance.choice([*NAMES, made_up_name(chance)] if latin else list(known))
                english, chinese = re.sub(here, other, english), re.sub(there, known.get(other, other), chinese)
    return english, chinese


def swap_numbers(pair: Pair, chance: random.Random) -> Pair:
    """Replace a number that stands alike on both sides by another of the same length; but no day of a month."""
    source, target = pair.source, pair.target
    has_month = names_a_month(source)
    for number in set(_NUMBER.findall(source)):
        if has_month and len(number) < 3:
            continue
        if source.count(number) == target.count(number) == 1 and number != "1":
            low = max(2, 10 ** (len(number) - 1))
            other = str(chance.randrange(low, 10 ** len(number)))
            source, target = source.replace(number, other), target.replace(number, other)
    return Pair(source, target)
