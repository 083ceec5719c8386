"""The settings that members of a registry have of their own, together: what a form, a link or a parser offers."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from functools import partial
from typing import TypeVar

from s2s_demo.errors import SettingError, check_choice
from s2s_demo.settings.setting import Setting, settings_of

M = TypeVar("M")


def own_settings(member: object) -> tuple[Setting, ...]:
    """A member's own settings: its fields where it is a record, else those of its `Settings`, else none."""
    made = member.func if isinstance(member, partial) else member
    record = made if is_dataclass(made) and isinstance(made, type) else getattr(made, "Settings", None)
    return settings_of(record) if record else ()


def members_settings(registry: Mapping[str, object], prefix: str = "") -> tuple[Setting, ...]:
    """The settings of all members, each once, with the names of its members; what all of them have comes last.

    Their public names begin with `prefix`.  A name means one thing: members that share it agree in kind and range,
    or a TypeError says so to their author.  Where their defaults differ, the setting has none.
    """
    found: dict[str, Setting] = {}
    for member, kind in registry.items():
        for own in own_settings(kind):
            name = f"{prefix}{own.name}"
            first = found.setdefault(name, replace(own, name=name, link=f"{prefix}{own.link}"))
            if (first.kind, first.range(), first.allowed) != (own.kind, own.range(), own.allowed):
                raise TypeError(f"{member} and {first.members[0]} both have {name}, but not of one kind and range")
            default = first.default if first.default == own.default else None
            found[name] = replace(first, members=(*first.members, member), default=default)
    return tuple(sorted(found.values(), key=lambda each: len(each.members) == len(registry) > 1))


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
