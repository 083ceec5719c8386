"""What is taken home opens anywhere and harms nobody."""

import io
import re

import numpy as np
import pandas as pd

from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.export import to_csv, to_html


def test_the_page_is_complete_and_asks_nothing_of_the_network() -> None:
    figure = alignment_heatmap(["</script><script>alert(1)</script>"], ["x"], np.ones((1, 1), np.float32))
    page = to_html(figure, "<b>title</b>")
    assert "<title>&lt;b&gt;title&lt;/b&gt;</title>" in page
    assert not re.search(r"<(script|link)[^>]*(src|href)=", page)
    assert "<script>alert" not in page


def test_a_table_survives_the_round_trip() -> None:
    table = pd.DataFrame({"word": ["chat, noir", 'a "quote"'], "p": [0.5, 0.25]})
    pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(to_csv(table))), table)


def test_no_cell_becomes_a_formula() -> None:
    table = pd.DataFrame({"=cmd()": ["=1+1", "@x", "-y", "fine"], "n": [-1, -2, -3, -4]})
    lines = to_csv(table).splitlines()
    assert lines == ["'=cmd(),n", "'=1+1,-1", "'@x,-2", "'-y,-3", "fine,-4"]
