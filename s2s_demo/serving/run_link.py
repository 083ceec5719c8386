"""A link to tab Train: the task, the preset, and what was set otherwise (`?task=dates&run-seed=5`).

A link says what differs from its preset, each setting by its public name after `run-`: there a name means what it
means on the command line, and none is taken for a setting of a search.
"""

from collections.abc import Mapping

from s2s_demo.live import PRESETS, RunSettings
from s2s_demo.serving.query import plain
from s2s_demo.settings import Setting, members_settings, settings_of
from s2s_demo.tasks import TASKS
from s2s_demo.training.schedule import FORCING_SCHEDULES

PREFIX = "run-"
SUITS = "suits-the-task"  # the preset that leaves all to the task
KNOBS = (  # teacher forcing as the form asks for it: a switch, a ratio, and a schedule from that ratio down to 0
    Setting(what="teacher forcing", name="forced", kind=bool),
    Setting(what="ratio", name="ratio", kind=float, low=0, high=1),
    Setting(what="teacher-forcing schedule", name="schedule", choices=FORCING_SCHEDULES),
    Setting(what="length of the teacher-forcing schedule in updates", name="over", kind=int, low=1, high=100_000),
)


def link_name(name: str) -> str:
    """A setting's public name as a link has it."""
    return f"{PREFIX}{name.replace('_', '-')}"


def run_settings() -> dict[str, Setting]:
    """Every setting of a run by its name in a link, those of members and what acts on a run that goes on included."""
    declared = [*KNOBS]
    for each in settings_of(RunSettings):
        declared.append(each)
        if each.registry:
            declared += members_settings(each.registry(), f"{each.name}_")
    return {link_name(each.name): each for each in declared}


def run_choices() -> dict[str, tuple[str, ...]]:
    """What a link's `task` and `preset` may be."""
    return {"task": tuple(TASKS), "preset": (*PRESETS, SUITS)}


def read_value(setting: Setting, text: str) -> object:
    """What a link sets; SettingError where that is impossible.  0 leaves a number open."""
    return None if setting.optional and text == "0" else setting.read(text, shared=True)


def changes_to_link(now: Mapping[str, object], before: Mapping[str, object]) -> dict[str, str]:
    """The part of a link that says what is set otherwise, by public names."""
    set_ = {name: value for name, value in now.items() if value != before[name]}
    return {link_name(name): plain(0 if value is None else value) for name, value in set_.items()}
