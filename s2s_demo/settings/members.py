"""The settings that members of a registry have of their own, together: what a form, a link or a parser offers."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache, partial
from typing import Any, TypeVar

from s2s_demo.errors import SettingError, check_choice
from s2s_demo.settings.records import from_dict
from s2s_demo.settings.setting import Setting, settings_of

M = TypeVar("M")


def own_settings(member: object) -> tuple[Setting, ...]:
    """A member's own settings: its fields where it is a record, else those of its `Settings`, else none.

    A `partial` of a record has what it is given as its defaults.
    """
    record = _record_of(member)
    if record is None:
        return ()
    given: dict[str, object] = {}
    if isinstance(member, partial):
        places = (field.name for field in fields(record) if field.init and not field.kw_only)
        given = dict(zip(places, member.args, strict=False)) | member.keywords
    return tuple(replace(each, default=given.get(each.field, each.default)) for each in settings_of(record))


def own_record(member: object, given: Mapping[str, object], *, shared: bool = False) -> Any:
    """The record of a member's own settings (the member itself, where it is one) from plain data; None: it has none."""
    record = _record_of(member)
    if record is None:
        if given:
            raise SettingError("setting.none", member=getattr(member, "__name__", member), name=", ".join(given))
        return None
    made: Any = from_dict(record, given)
    check_settings(made, shared=shared)
    return made


def made_member(member: Callable[..., M], *arguments: object, settings: Mapping[str, object]) -> M:
    """A member made from these arguments, and from its own settings where it has any."""
    own = own_record(member, settings)
    return member(*arguments) if own is None else member(*arguments, settings=own)


def check_settings(record: object, *, shared: bool = False) -> None:
    """Raise SettingError unless every setting lies within its range, those of the members chosen too.

    For the `__post_init__` of a record.
    """
    for each in settings_of(type(record)):  # type: ignore[arg-type]  # mypy takes no type for hashable
        chosen = getattr(record, each.field)
        each.check(chosen, shared=shared)
        if each.registry and hasattr(record, each.own):
            own_record(each.registry()[chosen], getattr(record, each.own), shared=shared)


def _record_of(member: object) -> type | None:
    made = member.func if isinstance(member, partial) else member
    return made if isinstance(made, type) and is_dataclass(made) else getattr(made, "Settings", None)


def members_settings(registry: Mapping[str, object], prefix: str = "") -> tuple[Setting, ...]:
    """The settings of all members, each once, with the names of its members; what all of them have comes last.

    Their public names begin with `prefix`.  A name means one thing: members that share it agree in kind and range,
    or a TypeError says so to their author.  Where their defaults differ, the setting has none.
    """
    return _members_settings(tuple(registry.items()), prefix)


@lru_cache(maxsize=100)  # every question asks for those of the strategies
def _members_settings(members: tuple[tuple[str, object], ...], prefix: str) -> tuple[Setting, ...]:
    found: dict[str, Setting] = {}
    for member, kind in members:
        for own in own_settings(kind):
            name = f"{prefix}{own.name}"
            first = found.setdefault(name, replace(own, name=name, link=f"{prefix}{own.link}"))
            if _meaning(first) != _meaning(own):
                raise TypeError(f"{member} and {first.members[0]} both have {name}, but not of one kind and range")
            default = first.default if first.default == own.default else None
            found[name] = replace(first, members=(*first.members, member), default=default)
    return tuple(sorted(found.values(), key=lambda each: len(each.members) == len(members) > 1))


def _meaning(setting: Setting) -> tuple[object, ...]:
    return setting.field, setting.kind, setting.range(), setting.range(shared=True), setting.allowed


def member_from(
    registry: Mapping[str, Callable[..., M]],
    what: str,
    name: str,
    values: Mapping[str, object],
    *,
    shared: bool = False,
) -> M:
    """The member called `name` with those of the `values` (by public name) that are settings of its own.

    SettingError where the member or a value is impossible, or no member knows a value's name.
    """
    check_choice(what, name, registry)
    known = {each.name for each in members_settings(registry) if not (shared and each.local)}
    if unknown := sorted(values.keys() - known):
        raise SettingError("setting.unknown", name=", ".join(unknown), what=what, known=", ".join(sorted(known)))
    own = [each for each in own_settings(registry[name]) if each.name in values]
    return registry[name](**{each.field: each.value(values[each.name], shared=shared) for each in own})
