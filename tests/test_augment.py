"""The variations of a training pair: other names and numbers, other case, what is typed in a hurry."""

import random
import re
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.tasks.augment import as_typed, swap_chinese_names, swap_names, swap_numbers, vary
from s2s_demo.tasks.names import NAMES, NAMES_IN_CHINESE, PLACES_IN_CHINESE, made_up_name
from s2s_demo.text import Pair


@given(st.integers(0, 10_000))
def test_names_and_numbers_change_alike_on_both_sides(seed: int) -> None:
    pair = Pair("Tom paid 350 euros to Mary.", "Tom a payé 350 euros pour Mary.")
    changed = swap_numbers(swap_names(pair, random.Random(seed)), random.Random(seed))
    tom, _, number, _, _, mary = changed.source.rstrip(".").split()
    assert changed.target == f"{tom} a payé {number} euros pour {mary}."
    assert 100 <= int(number) <= 999


@given(st.integers(0, 1000))
def test_a_name_that_french_would_elide_is_not_put_in(seed: int) -> None:
    changed = swap_names(Pair("Tom's cat", "le chat de Tom"), random.Random(seed))
    assert changed.target.split()[-1][0] not in "AEIOUYH"
    assert changed.source == changed.target.split()[-1] + "'s cat"


@given(st.integers(0, 1000))
def test_what_stands_on_one_side_only_stays(seed: int) -> None:
    pair = Pair("Tom has 2 cats, 10.5 kg, at 3:15, the 21st.", "Il a deux chats, 10,5 kg, à 3 h 15, le 21.")
    assert swap_names(pair, random.Random(seed)) == pair
    assert swap_numbers(pair, random.Random(seed)) == pair


@given(st.integers(0, 1000))
def test_a_day_of_a_month_stays_a_day(seed: int) -> None:
    for pair in (Pair("On July 14 it rained.", "Am 14. Juli hat es geregnet."), Pair("7月14日", "14 July")):
        assert swap_numbers(pair, random.Random(seed)) == pair
    changed = swap_numbers(Pair("14 July 1989", "1989年7月14日"), random.Random(seed))
    assert changed.source.startswith("14 July ")
    assert changed.target == f"{changed.source[-4:]}年7月14日"


def test_a_number_beside_a_word_that_begins_like_a_month_changes() -> None:
    pair = Pair("mais il a 14 maisons", "but he has 14 houses")
    assert len({swap_numbers(pair, random.Random(seed)) for seed in range(20)}) > 10


@given(st.integers(0, 1000))
def test_a_name_is_swapped_beside_its_chinese_form(seed: int) -> None:
    pair = Pair("Tom's friend lives in Paris.", "汤姆的朋友住在巴黎。")
    there = swap_chinese_names(pair, random.Random(seed))
    back = _turned(swap_chinese_names(_turned(pair), random.Random(seed)))
    for swapped in (there, back):
        name, town = re.fullmatch(r"(.+)'s friend lives in (.+)\.", swapped.source).groups()  # type: ignore[union-attr]
        assert swapped.target == f"{NAMES_IN_CHINESE.get(name, name)}的朋友住在{PLACES_IN_CHINESE[town]}。"


def test_a_name_without_its_chinese_form_stays() -> None:
    for pair in (
        Pair("Tom is here.", "他在这里。"),
        Pair("Tom likes Tom.", "汤姆喜欢汤姆。"),
        Pair("Tomorrow.", "汤姆。"),
    ):
        assert swap_chinese_names(pair, random.Random(1)) == pair


def _turned(pair: Pair) -> Pair:
    return Pair(pair.target, pair.source)


@given(st.integers(0, 1000))
def test_a_variation_changes_the_source_only_in_case_and_full_stop(seed: int) -> None:
    pair = Pair("The Cat sleeps.", "Le chat dort.")
    changed = vary(pair, random.Random(seed))
    assert changed.source in (pair.source, pair.source.lower(), "The Cat sleeps")
    assert changed.target == pair.target


@given(st.integers(0, 1000))
def test_what_is_typed_in_a_hurry_still_means_the_same(seed: int) -> None:
    pair = Pair("I'm here, she is not, and you don't mind.", "Ich bin da, sie nicht, und du hast nichts dagegen.")
    typed = as_typed(pair, random.Random(seed))
    assert typed.target == pair.target
    contracted, spelt_out = "I'm here, she's not, and you don't mind.", "I am here, she is not, and you do not mind."
    assert typed.source in (pair.source, contracted, spelt_out) or 0 < edits(typed.source, pair.source) <= 2


def edits(a: str, b: str) -> int:
    """Letters that only one of the two has, or has elsewhere."""
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return max(len(a), len(b)) - sum(block.size for block in blocks)


@pytest.mark.parametrize("text", ["我没有笔。", "123", "", "C'est ici."])
def test_nothing_to_mistype_stays(text: str) -> None:
    assert {as_typed(Pair(text, "x"), random.Random(seed)).source for seed in range(50)} == {text}


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Je ne le sais pas.", "Je le sais pas."),
        ("Je n'aime pas ça.", "J'aime pas ça."),
        ("Ce n'est pas là.", "C'est pas là."),
        ("Il n'a rien.", "Il a rien."),
        ("Il n'y a plus rien.", "Il y a plus rien."),
        ("Ça va ?", "Ca va ?"),
        ("À plus !", "A plus !"),
        ("Où êtes-vous ?", "Ou etes-vous ?"),
        ("Über sie, ä.", "Über sie, ä."),
    ],
)
def test_french_is_typed_without_ne_or_without_accents(written: str, typed: str) -> None:
    assert typed in {as_typed(Pair(written, "x"), random.Random(seed)).source for seed in range(50)}


@pytest.mark.parametrize(
    ("title", "other"),
    [("Mr. Brown", "Mr Brown"), ("Mrs Brown", "Mrs. Brown"), ("Madame Roux", "Mme Roux"), ("monsieur Roux", "M. Roux")],
)
def test_a_title_is_typed_the_other_way_too(title: str, other: str) -> None:
    assert as_typed(Pair(f"{title}!", "x"), random.Random(1)).source == f"{other}!"
    assert as_typed(Pair(title.lower(), "x"), random.Random(1)).source == title.lower()


@given(st.integers(0, 1000))
def test_a_made_up_name_is_one_capitalised_word(seed: int) -> None:
    name = made_up_name(random.Random(seed))
    assert name.isalpha()
    assert name == name.capitalize()
    assert len(NAMES) == len(set(NAMES))
