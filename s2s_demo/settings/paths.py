"""Settings of records within records, by their paths ("model.attention_settings.window")."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, get_type_hints

from s2s_demo.settings.members import members_settings
from s2s_demo.settings.setting import Setting, settings_of

R = TypeVar("R")


def settings_within(record: type, path: str = "") -> dict[str, Setting]:
    """All settings of a record, of the records inside it, and of the members it may choose, by their paths."""
    own, hints = {each.field: each for each in settings_of(record)}, get_type_hints(record)
    found: dict[str, Setting] = {}
    for field in fields(record):
        if is_dataclass(hint := hints[field.name]) and isinstance(hint, type):
            found |= settings_within(hint, f"{path}{field.name}.")
        if each := own.get(field.name):
            found[f"{path}{field.name}"] = each
            if each.registry and each.own in hints:
                members = members_settings(each.registry(), f"{each.name}_")
                found |= {f"{path}{each.own}.{setting.field}": setting for setting in members}
    return found


def with_changes(record: R, changes: Mapping[str, object]) -> R:
    """A copy of a record with the values at some paths replaced, all at once.

    Where another member is chosen, its settings begin at their defaults.
    """
    flat = {path: value for path, value in changes.items() if "." not in path}
    deep: dict[str, dict[str, object]] = {}
    for path, value in changes.items():
        head, _, rest = path.partition(".")
        if rest:
            deep.setdefault(head, {})[rest] = value
    for each in settings_of(type(record)):  # type: ignore[arg-type]  # mypy takes no type for hashable
        if each.field in flat and flat[each.field] != getattr(record, each.field) and hasattr(record, each.own):
            flat[each.own] = {}
    for head, below in deep.items():
        before = flat.get(head, getattr(record, head))
        flat[head] = {**before, **below} if isinstance(before, Mapping) else with_changes(before, below)
    return replace(record, **flat)  # type: ignore[type-var]
