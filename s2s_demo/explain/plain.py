"""Records of `explain` as plain data for JSON: lists, numbers and texts, enough to compute every number again."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from s2s_demo.explain.edits import Edit, plain_edit
from s2s_demo.words import Said

DIGITS = 6  # after the point


def as_plain(record: object) -> Any:
    """A record, and all records in it, as JSON would hold it; a sentence is given with its key and facts."""
    if isinstance(record, Edit):
        return plain_edit(record)
    if isinstance(record, Said):
        return {"key": record.key, "facts": as_plain(record.facts), "text": str(record)}
    if is_dataclass(record) and not isinstance(record, type):
        return {field.name: as_plain(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, np.ndarray):
        return record.astype(float).round(DIGITS).tolist()
    if isinstance(record, float | np.floating):
        return round(float(record), DIGITS)
    if isinstance(record, Mapping):
        return {str(key): as_plain(value) for key, value in record.items()}
    if isinstance(record, list | tuple):
        return [as_plain(value) for value in record]
    return record
