"""Tables to take home as comma-separated values."""

import pandas as pd

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # without it Excel takes UTF-8 for the encoding of the country


def to_csv(table: pd.DataFrame) -> str:
    """The table as CSV; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    text: str = table.map(_harmless).rename(columns=_harmless).to_csv(index=False, lineterminator="\n")
    return BOM + text


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
