"""One setting: its name, kind, default, range, label and help, stated once beside the field that holds it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from s2s_demo.errors import SettingError, check_choice, check_range, check_whole

Range = tuple[float, float]
_DECLARED = "setting"  # the key in a field's metadata


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a person may set.

    `field` is its name in its record, `name` that by which links, the command line and the HTTP API know it (a name
    means one thing everywhere), `link` a shorter one for links.  `what` is its name in a sentence.  A number lies
    from `low` to `high`; what a visitor of a shared server may ask lies within `shared`; a slider goes from
    `slider[0]` to `slider[1]` in steps of `step`, though more may be allowed.  A word is one of `choices`, or of the
    names of a `registry`.  `local` settings are not offered to visitors.  `switch` names the flag that turns a
    yes-or-no setting from its default.  `members` are those of a registry that have the setting.
    """

    what: str = ""
    help: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    step: float | None = None
    choices: Iterable[str] = ()
    registry: Callable[[], Mapping[str, object]] | None = None
    shared: Range | None = None
    slider: Range | None = None
    local: bool = False
    switch: str = ""
    name: str = ""
    link: str = ""
    field: str = ""
    kind: type = str
    optional: bool = False
    default: Any = None
    members: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What stands above its control."""
        return f"{self.what[:1].upper()}{self.what[1:]}"

    @property
    def own(self) -> str:
        """The field beside it that holds, as plain data, what is set of the member chosen."""
        return f"{self.field}_settings"

    @property
    def is_number(self) -> bool:
        return self.kind in (int, float)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The words to choose from; none where any word will do."""
        return tuple(self.choices if self.registry is None else self.registry())

    def range(self, *, shared: bool = False) -> Range:
        """The least and the greatest number allowed; on a `shared` server, to a visitor."""
        return self.shared if shared and self.shared else (self.low, self.high)

    @property
    def span(self) -> Range:
        """From where to where the slider of a form goes."""
        return self.slider or self.range(shared=True)

    def check(self, given: object, *, shared: bool = False) -> None:
        """Raise SettingError unless the setting may have this value."""
        if given is None and self.optional:
            return
        if self.is_number:
            low, high = self.range(shared=shared)
            if isinstance(given, bool) or not isinstance(given, (int, float)):
                raise SettingError("setting.number", what=self.what, low=f"{low:,}", high=f"{high:,}")
            check_range(self.what, given, low, high)
            if self.kind is int:
                check_whole(self.what, given, low, high)  # type: ignore[arg-type]
        elif self.allowed:
            check_choice(self.what, given, self.allowed)  # type: ignore[arg-type]
        elif type(given) is not self.kind:
            raise SettingError("setting.kind", what=self.what, kind=self.kind.__name__, given=repr(given)[:60])

    def value(self, given: object, *, shared: bool = False) -> object:
        """A value somebody sent, as the record wants it (5 for 5.0); SettingError where it is impossible."""
        self.check(given, shared=shared)
        return self.kind(given) if self.is_number and given is not None else given

    def read(self, text: str, *, shared: bool = False) -> object:
        """The value that a text (of a link, say) stands for; SettingError where it stands for none."""
        given: object = text
        if self.is_number:
            try:
                given = float(text)
            except ValueError:
                given = text  # refused below
        elif self.kind is bool:
            given = {"true": True, "false": False}.get(text.lower(), text)
        return self.value(given, shared=shared)

    def explained(self, *, shared: bool = False) -> str:
        """Its help, and what is allowed."""
        low, high = self.range(shared=shared)
        if self.is_number:
            return f"{self.help}, {figure(low)} to {figure(high)}" if high < 1e9 else self.help
        return f"{self.help}: {', '.join(self.allowed)}" if self.allowed else self.help


def figure(number: object) -> str:
    """A number as a person writes it; anything else as it is."""
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return str(number)
    return f"{int(number):,}" if number == int(number) else f"{number:g}"


def setting(
    default: Any = MISSING,
    *,
    what: str,
    help: str,
    low: float = float("-inf"),
    high: float = float("inf"),
    step: float | None = None,
    choices: Iterable[str] = (),
    registry: Callable[[], Mapping[str, object]] | None = None,
    shared: Range | None = None,
    slider: Range | None = None,
    local: bool = False,
    switch: str = "",
    name: str = "",
    link: str = "",
) -> Any:
    """A field of a record that a person may set; the arguments are the fields of `Setting`."""
    declared = Setting(
        what=what,
        help=help,
        low=low,
        high=high,
        step=step,
        choices=choices,
        registry=registry,
        shared=shared,
        slider=slider,
        local=local,
        switch=switch,
        name=name,
        link=link,
    )
    return field(default=default, metadata={_DECLARED: declared})


@cache
def settings_of(record: type) -> tuple[Setting, ...]:
    """The settings of a record, in the order of its fields; other fields are nobody's to set."""
    hints = get_type_hints(record)
    return tuple(_setting(f, hints[f.name]) for f in fields(record) if _DECLARED in f.metadata)


def _setting(declared: "Field[Any]", hint: Any) -> Setting:
    found: Setting = declared.metadata[_DECLARED]
    (kind,) = set(get_args(hint) or (hint,)) - {NoneType}
    name = found.name or declared.name
    return replace(
        found,
        field=declared.name,
        name=name,
        link=found.link or name,
        kind=kind,
        optional=NoneType in get_args(hint),
        default=declared.default,
    )
