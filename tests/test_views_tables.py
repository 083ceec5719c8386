"""The tables hold what the pictures show."""

import numpy as np
import pytest
from views_cases import a_search

from s2s_demo.views.tables import alignment_summary, alignment_table, tree_table

SOURCE, TARGET = ("the", "the", "<eos>"), ("le", "le")
ALIGNMENT = np.array([[0.83, 0.1, 0.07], [0.0, 0.91, 0.09]], np.float32)


def test_every_candidate_is_in_the_table_with_its_fate() -> None:
    search = a_search()
    table = tree_table(search.tree, search.hypotheses, beam_size=4)
    assert list(table["node"]) == [node.id for node in search.tree.nodes[1:]]
    assert table["fate"].str.startswith("cut").sum() == sum(n.status == "cut" for n in search.tree.nodes)


@pytest.mark.parametrize(("beam_size", "fate"), [(4, "of beam 4"), (0, "drawn: "), (None, "after its prefix")])
def test_a_fate_names_a_beam_only_where_there_was_one(beam_size: int | None, fate: str) -> None:
    search = a_search()
    fates = tree_table(search.tree, search.hypotheses, beam_size=beam_size)["fate"]
    assert fates[fates.str.contains("rank")].str.contains(fate).all()
    assert fates.str.contains("short by").any() == (beam_size == 4)


def test_the_alignment_table_keeps_repeated_words_apart() -> None:
    table = alignment_table(SOURCE, TARGET, ALIGNMENT)
    assert list(table.columns) == ["target", "1 the", "2 the", "3 <eos>"]
    assert table["2 the"].tolist() == pytest.approx([0.1, 0.91], abs=1e-4)


def test_the_summary_names_the_strongest_link_of_each_word() -> None:
    assert alignment_summary(SOURCE, TARGET, ALIGNMENT) == "le ← the .83; le ← the .91"
    assert alignment_summary((), (), np.zeros((0, 0), np.float32)) == ""
