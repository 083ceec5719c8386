"""Settings records from plain data that somebody wrote: every name known, every value of the right kind."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from s2s_demo.errors import SettingError
from s2s_demo.words import Joined, Said

R = TypeVar("R")
_KINDS = {int: "whole", float: "number", str: "text", bool: "yes-or-no", dict: "settings", NoneType: "null"}


def from_dict(kind: type[R], given: object) -> R:
    """A settings record, and the records inside it, from plain data; SettingError says what is wrong with it."""
    checked = _checked(kind, given)
    required = {f.name for f in fields(kind) if f.default is f.default_factory is MISSING}  # type: ignore[arg-type]
    if missing := sorted(required - checked.keys()):
        raise SettingError("setting.lacking", record=_name(kind), names=", ".join(missing))
    return kind(**checked)


def with_settings(record: R, given: object) -> R:
    """A copy of a settings record with some of them replaced by plain data."""
    return replace(record, **_checked(type(record), given))  # type: ignore[type-var]


def _checked(kind: type, given: object) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise SettingError("setting.other-kind", name=_name(kind), given=_short(given), allowed=_kind(dict))
    known = [f.name for f in fields(kind) if f.init]
    if unknown := sorted(str(name) for name in given if name not in known):
        names, record = ", ".join(unknown), _name(kind)
        raise SettingError("setting.unknown-in", names=names, record=record, known=", ".join(known))
    hints = get_type_hints(kind)
    return {name: _value(name, hints[name], value) for name, value in given.items()}


def _value(name: str, hint: Any, value: object) -> Any:
    """`value`, if it is of one of the types of a hint; an object of settings becomes the record it describes."""
    types = [get_origin(each) or each for each in (get_args(hint) if NoneType in get_args(hint) else (hint,))]
    for each in types:
        if is_dataclass(each) and isinstance(each, type) and isinstance(value, Mapping):
            return from_dict(each, value)
        if each is float and type(value) is int:
            return value
        if type(value) is each:
            return value
    allowed = Joined(tuple(map(_kind, types)), Said("kinds.or"))
    raise SettingError("setting.other-kind", name=name, given=_short(value), allowed=allowed)


def _kind(of: object) -> Said:
    return Said(f"kinds.{_KINDS.get(of, _KINDS[dict])}")  # type: ignore[call-overload]


def _name(kind: type) -> str:
    return kind.__qualname__.rpartition("<locals>.")[2]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
