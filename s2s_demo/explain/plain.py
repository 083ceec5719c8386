"""Records of `explain` as plain data for JSON: lists, numbers and texts, enough to compute every number again."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from s2s_demo.explain.edits import Edit, plain_edit
from s2s_demo.words import Said

DIGITS = 6  # after the point


def as_plain(record: object) -> Any:
    """A record, and all in it, as JSON would hold it: a sentence with its key and facts, an infinite number as null."""
    if isinstance(record, Edit):
        return plain_edit(record)
    if isinstance(record, Said):
        return {"key": record.key, "facts": as_plain(record.facts), "text": str(record)}
    if is_dataclass(record) and not isinstance(record, type):
        return {field.name: as_plain(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, np.ndarray):
        values = record.astype(float).round(DIGITS).tolist()
        return values if np.isfinite(record).all() else as_plain(values)
    if isinstance(record, float | np.floating):
        return round(float(record), DIGITS) if np.isfinite(record) else None
    if isinstance(record, Mapping):
        return {str(key): as_plain(value) for key, value in record.items()}
    if isinstance(record, list | tuple):
        return [as_plain(value) for value in record]
    return record
