"""What is taken home opens anywhere and harms nobody."""

import io

import pandas as pd

from s2s_demo.views.export import to_csv


def test_a_table_survives_the_round_trip() -> None:
    table = pd.DataFrame({"word": ["chat, noir", 'a "quote"', "猫"], "p": [0.5, 0.25, 1.0]})
    pd.testing.assert_frame_equal(pd.read_csv(io.BytesIO(to_csv(table).encode())), table)


def test_a_spreadsheet_is_told_that_this_is_utf_8() -> None:
    assert to_csv(pd.DataFrame({"é": ["è"]})).encode().startswith(b"\xef\xbb\xbf")


def test_no_cell_becomes_a_formula() -> None:
    table = pd.DataFrame({"=cmd()": ["=1+1", "@x", "-y", "fine"], "n": [-1, -2, -3, -4]})
    lines = to_csv(table).removeprefix("\ufeff").splitlines()
    assert lines == ["'=cmd(),n", "'=1+1,-1", "'@x,-2", "'-y,-3", "fine,-4"]
