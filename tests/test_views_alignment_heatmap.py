"""The heatmap shows every word once per place, and every number."""

import numpy as np
import pytest

from s2s_demo.errors import InputError
from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.theme import plain

SOURCE = ("the", "dog", "saw", "the", "other", "dog", "<eos>")
TARGET = ("le", "chien", "vit", "l'", "autre", "chien", "<eos>")
ALIGNMENT = np.random.default_rng(0).dirichlet(np.ones(7), size=7).astype(np.float32)


def test_repeated_words_keep_their_own_columns_and_rows() -> None:
    figure = alignment_heatmap(SOURCE, TARGET, ALIGNMENT)
    trace = figure.data[0]
    assert list(trace.x) == list(trace.y) == list(range(7))
    assert list(figure.layout.xaxis.ticktext) == [*SOURCE[:-1], plain("<eos>")]
    assert list(figure.layout.yaxis.ticktext) == [*TARGET[:-1], plain("<eos>")]
    np.testing.assert_array_equal(trace.z, ALIGNMENT)


def test_the_first_word_is_on_top_and_colours_mean_the_same_in_every_map() -> None:
    figure = alignment_heatmap(SOURCE, TARGET, ALIGNMENT)
    low, high = figure.layout.yaxis.range
    assert low > high
    assert (figure.data[0].zmin, figure.data[0].zmax) == (0, 1)


def test_the_hover_says_both_words_and_the_weight() -> None:
    alignment = np.array([[0.93, 0.07]], np.float32)
    figure = alignment_heatmap(["playing", "<eos>"], ["jouent"], alignment)
    assert figure.data[0].text[0][0] == "« playing » → « jouent »  α = .93"


def test_a_long_word_is_cut_on_the_axis_but_whole_in_the_hover() -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    figure = alignment_heatmap([word], ["x"], np.ones((1, 1), np.float32))
    assert figure.layout.xaxis.ticktext[0].endswith("…")
    assert word in figure.data[0].text[0][0]


def test_few_short_words_stand_upright_and_many_slant() -> None:
    few = alignment_heatmap(["I", "see"], ["oui"], np.ones((1, 2), np.float32))
    assert few.layout.xaxis.tickangle == 0
    many = alignment_heatmap(["word"] * 20, ["oui"], np.ones((1, 20), np.float32))
    assert many.layout.xaxis.tickangle < 0


@pytest.mark.parametrize("rows", [1, 3, 12, 40, 80])
def test_every_row_can_be_read_whatever_their_number(rows: int) -> None:
    figure = alignment_heatmap(["a"], ["b"] * rows, np.ones((rows, 1), np.float32))
    margin = figure.layout.margin
    assert 18 <= (figure.layout.height - margin.t - margin.b) / rows <= 36


def test_a_long_source_asks_for_room() -> None:
    figure = alignment_heatmap(["cat"] * 60, ["b"], np.ones((1, 60), np.float32))
    assert figure.layout.width > 60 * 16


def test_single_letters_stand_upright_and_closer() -> None:
    words, letters = (
        alignment_heatmap([word] * 30 + ["<eos>"], ["b"], np.ones((1, 31), np.float32)) for word in ("cat", "c")
    )
    assert letters.layout.width < words.layout.width
    assert letters.layout.xaxis.tickangle == 0 != words.layout.xaxis.tickangle


def test_a_map_that_does_not_fit_its_words_is_refused() -> None:
    with pytest.raises(InputError, match="2 target by 1 source words was expected; this one is 1 by 1"):
        alignment_heatmap(["a"], ["b", "c"], np.ones((1, 1), np.float32))
