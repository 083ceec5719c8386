"""Small changes to a training pair that teach a model to cope with what people really type."""

import random
import re

from s2s_demo.text import Pair

# Names that are written alike in English, French and German; the corpora know hardly any but Tom and Mary.
NAMES = tuple(
    """Adam Adele Agnes Ahmed Aisha Albert Alex Alice Amina Amir Anders Andrea Anita Anna Anton Arthur Astrid Aya
    Barbara Beatrice Ben Bernard Boris Bruno Camille Carla Carlos Carmen Caroline Cecilia Chen Claire Clara Claude
    Daniel David Deepak Diana Diego Dimitri Dora Edgar Eleanor Elena Elias Elif Ella Emil Emma Eric Erik Eva Fatima
    Felix Fiona Florence Francis Frank Gabriel Georg Giulia Gloria Grace Greta Gustav Hannah Hans Harold Hassan Helen
    Henry Hugo Ibrahim Ida Igor Ines Ingrid Irene Isaac Isabel Ivan Jack James Jana Jasmin Jean Jenny Joao Johan
    Jonas Joseph Julia Julian Kamal Karen Karl Katya Kenji Kevin Kim Klaus Lara Laura Lea Leila Leo Leon Lena Li Lina
    Linda Lisa Louis Louise Lucas Lucia Luis Lukas Luna Magnus Maja Manuel Marco Margaret Maria Marie Marina Mario
    Mark Markus Marta Martin Max Maya Mehmet Mei Mia Michael Miguel Mila Milan Mohammed Monica Nadia Natalie Nathan
    Nicolas Nina Noah Nora Norbert Olaf Oleg Olga Oliver Omar Oscar Otto Pablo Patricia Patrick Paul Paula Pedro Peter
    Philip Pierre Priya Quentin Rachel Ravi Raymond Rebecca Robert Rosa Rosalind Ruth Samira Samuel Sandra Sara Sarah
    Sebastian Simon Sofia Sonia Stefan Stella Susan Sven Sylvia Takeshi Tanya Teresa Theo Thomas Tina Ursula Valentina
    Vera Victor Viktor Vincent Walter Wei William Xavier Yara Yasmin Yuki Yusuf Zara Zoe Anderson Bauer Becker Bernstein
    Carter Chang Cohen Curie Darwin Davis Dupont Einstein Fischer Garcia Gupta Harris Hoffmann Jackson Johnson Kaufmann
    Khan Kowalski Lefebvre Lopez Martinez Meyer Miller Moreau Nakamura Newton Nguyen Novak Obama Okafor Patel Petrov
    Rossi Sanchez Schmidt Schneider Silva Singh Smith Suzuki Tanaka Turing Wagner Watanabe Weber Williams Wilson Wright
    Yamamoto Zhang Zimmermann""".split()
)
_ONSETS = "b br c ch cl d dr f fl g gr h j k kl kr l m n p pl qu r s sch sk st t tr v w z".split()
_VOWELS = "a e i o u a e i o ai au ei io ou y".split()
_CODAS = ["", "", "", "l", "n", "r", "s", "ck", "m", "th", "x", "rd", "nd"]

_NAME = re.compile(r"\b(Tom|Mary|John|Jim|Ken|Bill|Bob|Mike|Jane|Jack|Nancy|Kate|Lucy|Betty|Boston)\b")
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
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # each row starts half a key further right
_WORD = re.compile(r"\b[a-z]{4,}\b")


def made_up_name(chance: random.Random) -> str:
    """A name nobody has heard of: the only way to write it is to copy it."""
    syllables = (
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(chance.randint(2, 3))
    )
    return "".join(syllables).capitalize()


def vary(pair: Pair, chance: random.Random) -> Pair:
    """Another name, another number, no capitals or no final stop: the same change on both sides, or none."""
    pair = swap_names(pair, chance)
    pair = swap_numbers(pair, chance)
    habit = chance.random()
    if habit < 0.2:
        return Pair(pair.source.lower(), pair.target)
    if habit < 0.4:
        return Pair(pair.source.rstrip(".。"), pair.target)
    return pair


def as_typed(pair: Pair, chance: random.Random) -> Pair:
    """The source as somebody in a hurry types it: contracted or spelt out, no apostrophe, or a slip of the finger."""
    source, habit = pair.source, chance.random()
    if habit < 0.4:
        source = _replaced(source, _CONTRACTIONS if chance.random() < 0.5 else _SPELT_OUT)
    elif habit < 0.5:
        source = re.sub(r"(?<=[a-z])'(?=[a-z]{1,2}\b)", "", source)
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


def swap_numbers(pair: Pair, chance: random.Random) -> Pair:
    """Replace a number that stands alike on both sides by another of the same length."""
    source, target = pair.source, pair.target
    for number in set(_NUMBER.findall(source)):
        if source.count(number) == target.count(number) == 1 and number != "1":
            low = max(2, 10 ** (len(number) - 1))
            other = str(chance.randrange(low, 10 ** len(number)))
            source, target = source.replace(number, other), target.replace(number, other)
    return Pair(source, target)
