"""Colours that can be read, words that cannot do harm."""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from views_cases import every_figure

from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.theme import DARK, DARK_INK, LIGHT, Palette, plain, share, shorten, signed, text_width

NASTY = (
    "<img onerror=alert(1)>",
    "${alert(1)}",
    "<b>",
    "&lt;",
    "%{z}",
    "$x^2$",
    "#c2410c",
    '<a href="javascript:alert(1)">',
    "👩‍🔬",
    "שלום",
)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def strings(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        for part in document:
            yield from strings(part)
    elif isinstance(document, str):
        yield document


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_can_be_read_on_its_card(palette: Palette) -> None:
    for colour in (palette.ink, palette.soft, palette.muted, palette.accent, palette.second):
        assert contrast(colour, palette.surface) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_more_attention_always_stands_out_more(palette: Palette) -> None:
    against = [contrast(colour, palette.surface) for colour in palette.scale]
    assert against == sorted(against)
    assert against[0] < 1.3
    assert against[-1] > 10


def test_every_colour_has_one_dark_twin_and_every_twin_one_origin() -> None:
    assert len(DARK_INK) == len(vars(LIGHT)) - 1 + len(LIGHT.scale)
    assert len(set(DARK_INK.values())) == len(DARK_INK)


@pytest.mark.parametrize(("name", "figure"), every_figure().items())
def test_every_colour_of_every_picture_can_be_turned_dark(name: str, figure: go.Figure) -> None:
    light = json.loads(figure.to_json())
    colours = {text for text in strings(light) if re.fullmatch(r"#[0-9a-fA-F]{3,8}|(rgb|hsl).*", text)}
    assert colours - {"rgba(0,0,0,0)"} <= set(DARK_INK)
    assert not colours & (set(DARK_INK.values()) - set(DARK_INK)), "a dark colour stands in a light picture"


@pytest.mark.parametrize(("name", "figure"), every_figure().items())
def test_plotly_accepts_every_property_of_every_picture(name: str, figure: go.Figure) -> None:
    document = json.loads(figure.to_json())
    go.Figure(document["data"], {**document["layout"]})
    assert document["layout"]["height"] > 0
    assert len(json.dumps(document["layout"].get("template", ""))) < 10


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_word_loses_its_meaning_and_keeps_its_looks(text: str) -> None:
    shown = plain(text)
    assert not set(shown) & set("<>$%{}")
    assert not re.search(r"&(?!#\d+;)", shown)
    assert re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), shown).strip("\u2068\u2069") == text


@pytest.mark.parametrize("text", NASTY)
def test_pictures_hold_nasty_words_only_in_plain_form(text: str) -> None:
    def held(word: str) -> set[str]:
        figure = alignment_heatmap([word, word], [word], np.ones((1, 2), np.float32) / 2, title=word)
        return set(strings(json.loads(figure.to_json())))

    own = held(text) - held("word")
    assert any(plain(text) in string for string in own)
    assert plain(text) in (text, f"\u2068{text}\u2069") or not any(text in string for string in own)


def test_right_to_left_words_do_not_turn_their_neighbours() -> None:
    assert plain("שלום") == "\u2068שלום\u2069"
    assert plain("a\u202eb") == "ab"


def test_a_word_keeps_its_joiners_and_new_emoji_and_loses_what_no_one_sees() -> None:
    assert plain("👩\u200d🚀") == "👩\u200d🚀"
    assert plain("\U0001faff") == "\U0001faff"  # no character yet
    assert plain("hello\u200e.") == "hello."


def test_shortened_words_fit() -> None:
    assert shorten("chat", 100) == "chat"
    for width in (20, 50, 100):
        cut = shorten("anticonstitutionnellement", width)
        assert cut.endswith("…")
        assert text_width(cut) <= width
    assert text_width("猫猫") > text_width("ca")


def test_numbers_are_short_and_honest() -> None:
    assert [share(p) for p in (0.934, 1, 0.66, 0.0041, 0.00001, 0, 0.9999)] == [
        ".93",
        "1.00",
        ".66",
        ".004",
        "<.001",
        ".00",
        "1.00",
    ]
    assert [signed(v) for v in (-0.414, -0.001, 0.0, -12.0)] == ["-0.41", "0.00", "0.00", "-12.00"]
