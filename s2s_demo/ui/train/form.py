"""The form of tab Train: what a run is to be, and what acts on it while it goes on.

What a run is to be is every setting of `RunSettings`, and what the members chosen have of their own: a new setting, and
a new member with settings, is asked for by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.errors import SettingError, check_range
from s2s_demo.live import RunSettings
from s2s_demo.live.settings import LIMITS
from s2s_demo.settings import Setting, members_settings, own_settings, settings_of
from s2s_demo.signals.document import brief
from s2s_demo.tasks import Task
from s2s_demo.training import TeacherForcing

RATES = (0.0001, 0.0003, 0.001, 0.002, 0.003, 0.004, 0.01, 0.03, 0.1)
CLIPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 1000.0)  # the last is as good as none
SCHEDULE_UPDATES = 300  # what the length of a schedule begins with


class Knobs(NamedTuple):
    """The part of the form that acts on a run that goes on: values, or components."""

    forced: Any = gr.skip()
    ratio: Any = gr.skip()
    schedule: Any = gr.skip()
    over: Any = gr.skip()
    learning_rate: Any = gr.skip()
    clip: Any = gr.skip()

    def forcing(self) -> TeacherForcing:
        """What the switch, the ratio and the schedule say together."""
        return forcing_of(self.forced, self.ratio, self.schedule, self.over)


class Asked(NamedTuple):
    """A setting of a run that is chosen before its start; those of members belong to a `picker`, which chooses one."""

    setting: Setting
    picker: Setting | None = None

    def default(self, member: object) -> Any:
        """What a member that has the setting begins with; for any other, what the first that has it begins with."""
        assert self.picker is not None
        assert self.picker.registry is not None
        name = member if member in self.setting.members else self.setting.members[0]
        own = own_settings(self.picker.registry()[str(name)])
        return next(each.default for each in own if each.field == self.setting.field)

    def of(self, settings: RunSettings) -> Any:
        """Its value in these settings."""
        if self.picker is None:
            return getattr(settings, self.setting.field)
        chosen = getattr(settings, self.picker.field)
        return getattr(settings, self.picker.own).get(self.setting.field, self.default(chosen))

    def read(self, given: Any) -> Any:
        """Its value from what a browser sent; SettingError where that is impossible.  0 leaves a number open."""
        return self.setting.value(None if self.setting.optional and given == 0 else given, shared=True)

    def matters(self, values: Mapping[str, Any]) -> bool:
        """Whether the member chosen has it, by the values of the form."""
        return self.picker is None or values[self.picker.name] in self.setting.members


def asked() -> tuple[Asked, ...]:
    """All that is chosen before the start, in the order of the form."""
    found: list[Asked] = []
    for each in settings_of(RunSettings):
        if each.field not in Knobs._fields:
            found.append(Asked(each))
            if each.registry:
                found += [Asked(own, each) for own in members_settings(each.registry(), f"{each.name}_")]
    return tuple(found)


class Form(NamedTuple):
    """The form: values, which anybody may have sent, or the components that hold them; `start` is as it is `asked`."""

    knobs: Knobs
    start: tuple[Any, ...]

    @classmethod
    def of(cls, settings: RunSettings) -> "Form":
        """The form that shows these settings."""
        forcing = settings.teacher_forcing
        knobs = Knobs(
            forced=forcing.start > 0,
            ratio=forcing.start or 1.0,
            schedule=forcing.kind,
            over=SCHEDULE_UPDATES,
            learning_rate=settings.learning_rate,
            clip=settings.clip,
        )
        return cls(knobs, tuple(each.of(settings) for each in asked()))

    @classmethod
    def read(cls, *values: Any) -> "Form":
        """The form from its values in a row."""
        knobs = len(Knobs._fields)
        return cls(Knobs(*values[:knobs]), values[knobs:])

    @classmethod
    def untouched(cls) -> "Form":
        """The form of an answer that leaves it as it is."""
        return cls(Knobs(), tuple(gr.skip() for _ in asked()))

    def named(self) -> dict[str, Any]:
        """What is chosen before the start, by public names."""
        return {each.setting.name: value for each, value in zip(asked(), self.start, strict=True)}

    def values(self) -> dict[str, Any]:
        """All of it by public names, as a link says it."""
        return {**self.knobs._asdict(), **self.named()}

    def changed(self, values: Mapping[str, Any]) -> "Form":
        """The same with some values, by public names, in place of its own."""
        start = (values.get(name, value) for name, value in self.named().items())
        knobs = {name: value for name, value in values.items() if name in Knobs._fields}
        return Form(self.knobs._replace(**knobs), tuple(start))

    def shown(self) -> "Form":
        """The form as an answer: settings of members that are not chosen are out of sight."""
        values = self.named()
        start = (
            gr.update(value=value, visible=each.matters(values)) if each.picker else value
            for each, value in zip(asked(), self.start, strict=True)
        )
        return self._replace(start=tuple(start))

    def asked_now(self) -> list[Asked]:
        """What matters of it: settings of members that are not chosen do not."""
        values = self.named()
        return [each for each in asked() if each.matters(values)]

    def sights(self) -> tuple[Any, ...]:
        """Which settings of members are in sight, as an answer to a form whose values stay."""
        values = self.named()
        return tuple(gr.update(visible=each.matters(values)) for each in asked() if each.picker)

    def settings(self, base: RunSettings) -> RunSettings:
        """`base` with all that the form asks; raises SettingError for what is impossible."""
        changes: dict[str, Any] = {"teacher_forcing": self.knobs.forcing()}
        for each in settings_of(RunSettings):
            if each.field in Knobs._fields:
                changes[each.field] = each.value(getattr(self.knobs, each.field), shared=True)
            elif each.registry:
                changes[each.own] = {}
        values = self.named()
        for question, given in zip(asked(), self.start, strict=True):
            if question.matters(values):
                value = question.read(given)
                if question.picker is None:
                    changes[question.setting.field] = value
                elif value != question.default(values[question.picker.name]):
                    changes[question.picker.own][question.setting.field] = value
        return replace(base, **changes)


def forcing_of(forced: Any, ratio: Any, schedule: Any, over: Any) -> TeacherForcing:
    """Off, a constant ratio, or a schedule from the ratio down to 0."""
    if not forced:
        return TeacherForcing(start=0.0)
    start, length = number_of("ratio", ratio), number_of("length of the schedule in updates", over)
    check_range("length of the schedule in updates", length, 1, LIMITS["updates"][1])
    return TeacherForcing(kind=str(schedule), start=start, over=int(length))


def number_of(what: str, given: Any) -> float:
    """A number that a browser sent; SettingError if it is none."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise SettingError("train.no-number", what=what)
    return float(given)


def sources(asked: Sequence[str], task: Task) -> Sequence[str]:
    """What is to be watched: sentences as they are; of a signal, examples by their brief names."""
    known = {brief(example): example for example in task.examples} if task.signal else {}
    return [known.get(line.strip(), line) for line in asked]


def lines(text: object) -> Sequence[str]:
    """The sentences to watch: one a line."""
    return str(text or "").splitlines()
