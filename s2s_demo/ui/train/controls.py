"""The control strip of tab Train as one record: what a visitor set, checked, and what a preset sets."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from s2s_demo.errors import SettingError, check_range, check_whole
from s2s_demo.live import PRESETS, RunSettings, preset_for
from s2s_demo.live.settings import LIMITS, is_quick
from s2s_demo.tasks import Task
from s2s_demo.training import TeacherForcing
from s2s_demo.ui import strings

FIRST_TASK = "dates"
OWN = "own-file"  # the name of a visitor's own task
ARCHITECTURE = ("cell", "layers", "direction", "attention", "decoder", "input_feeding")
RATES = (0.0001, 0.0003, 0.001, 0.002, 0.003, 0.004, 0.01, 0.03, 0.1)
CLIPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 1000.0)


@dataclass(frozen=True)
class Strip:
    """The values of the controls, named as the parts of the page; anybody may have sent them."""

    cell: Any
    layers: Any
    hidden_size: Any
    direction: Any
    attention: Any
    decoder: Any
    input_feeding: Any
    optimiser: Any
    batch_tokens: Any
    updates: Any
    seed: Any
    forced: Any
    ratio: Any
    schedule: Any
    over: Any
    learning_rate: Any
    clip: Any

    @classmethod
    def of(cls, settings: RunSettings) -> "Strip":
        """The strip that shows these settings."""
        forcing, plain = settings.teacher_forcing, asdict(settings)
        knobs = {"forced": forcing.start > 0, "ratio": forcing.start or 1.0, "schedule": forcing.kind, "over": 300}
        return cls(**{name: {**plain, **knobs}[name] for name in STRIP})

    def settings(self, base: RunSettings) -> RunSettings:
        """`base` with all that the strip shows; raises SettingError for what is impossible."""
        for name in ("layers", "hidden_size", "batch_tokens", "updates", "seed"):
            number, (low, high) = _number(name, getattr(self, name)), LIMITS[name]
            check_range(name.replace("_", " "), number, low, high)
            check_whole(name.replace("_", " "), getattr(self, name), int(low), int(high))
        return replace(
            base,
            cell=str(self.cell),
            layers=int(self.layers),
            hidden_size=int(self.hidden_size),
            direction=str(self.direction),
            attention=str(self.attention),
            decoder=str(self.decoder),
            input_feeding=bool(self.input_feeding),
            optimiser=str(self.optimiser),
            batch_tokens=int(self.batch_tokens),
            updates=int(self.updates),
            seed=int(self.seed),
            teacher_forcing=self.forcing(),
            learning_rate=_number("learning rate", self.learning_rate),
            clip=_number("clip", self.clip),
        )

    def forcing(self) -> TeacherForcing:
        """What the switch, the ratio and the schedule say together."""
        return forcing_of(self.forced, self.ratio, self.schedule, self.over)


STRIP = tuple(field.name for field in fields(Strip))
WHILE = ("forced", "ratio", "schedule", "over", "learning_rate", "clip")  # act on a run that goes on


def forcing_of(forced: Any, ratio: Any, schedule: Any, over: Any) -> TeacherForcing:
    """Off, a constant ratio, or a schedule from the ratio down to 0."""
    if not forced:
        return TeacherForcing(start=0.0)
    start, length = _number("ratio", ratio), _number("length of the schedule in updates", over)
    check_range("length of the schedule in updates", length, 1, LIMITS["updates"][1])
    return TeacherForcing(kind=str(schedule), start=start, over=int(length))


def rate_of(rate: Any) -> float:
    """A learning rate that a browser sent."""
    return _number("learning rate", rate)


def clip_of(clip: Any) -> float:
    """A gradient norm that a browser sent."""
    return _number("clip", clip)


def preset_settings(preset: str | None, name: str, task: Task) -> RunSettings:
    """The settings of a preset for a task: the preset's own, or, where learning takes minutes, its architecture."""
    suits = preset_for(name, task)
    if preset in (None, strings.PRESET_SUITS):
        return suits
    if preset not in PRESETS:
        raise SettingError(f"unknown preset {preset!r}; choose from {', '.join(PRESETS)}")
    chosen = PRESETS[preset]
    if chosen.task == name or (is_quick(task) and task_of_preset(preset) is None):
        return replace(chosen, task=name)
    changes: dict[str, Any] = {field: getattr(chosen, field) for field in ARCHITECTURE}
    return replace(suits, **changes)


def own_preset(name: str) -> str:
    """The preset made for a task, or that which says that the task decides."""
    return next((preset for preset, settings in PRESETS.items() if settings.task == name), strings.PRESET_SUITS)


def task_of_preset(preset: str | None) -> str | None:
    """The task a preset was made for; None for an architecture, which goes with any task."""
    return PRESETS[preset].task if preset in PRESETS and own_preset(PRESETS[preset].task) == preset else None


def lines(text: object) -> Sequence[str]:
    """The sentences to watch: one a line."""
    return str(text or "").splitlines()


def _number(what: str, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise SettingError(f"{what.replace('_', ' ')} needs a number")
    return float(given)
