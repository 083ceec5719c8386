"""The form of tab Train: what a run is to be, and what acts on it while it goes on.

`CONTROLS` is the one place that lists what can be set; layout, checks and presets go by it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, NamedTuple

import gradio as gr

from s2s_demo.errors import SettingError, check_range, check_whole
from s2s_demo.live import RunSettings
from s2s_demo.live.settings import DIRECTIONS, LIMITS
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.recurrent import CELLS
from s2s_demo.training import TeacherForcing
from s2s_demo.training.optimisers import OPTIMISERS
from s2s_demo.training.schedule import FORCING_SCHEDULES

RATES = (0.0001, 0.0003, 0.001, 0.002, 0.003, 0.004, 0.01, 0.03, 0.1)
CLIPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 1000.0)  # the last is as good as none
SCHEDULE_UPDATES = 300  # what the length of a schedule begins with


@dataclass(frozen=True)
class Control:
    """A control: the field of RunSettings that it sets (teacher forcing has four), its kind, and its words.

    A `name` and a `number` are chosen from `choices`, values with the keys of their labels (a label without an entry
    in the table is said as it is); a `whole` number is typed within `limits`, a `share` is slid between them.
    """

    field: str
    kind: Literal["name", "number", "whole", "share", "switch"]
    label: str
    help: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    limits: tuple[float, float] = (0, 1)
    elem_id: str = ""


def _same(names: Iterable[str]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, name) for name in names)


def _whole(field: str, elem_id: str = "") -> Control:
    return Control(field, "whole", f"train.{field.replace('_', '-')}", limits=LIMITS[field], elem_id=elem_id)


RATE_CHOICES = tuple((f"{rate:g}", rate) for rate in RATES)
_CLIP_CHOICES = (*((f"{clip:g}", clip) for clip in CLIPS[:-1]), ("train.clip-off", CLIPS[-1]))

AT_START = (
    Control("cell", "name", "train.cell", choices=_same(CELLS)),
    _whole("layers"),
    _whole("hidden_size"),
    Control(
        "direction", "name", "train.direction", choices=tuple((f"train.directions.{way}", way) for way in DIRECTIONS)
    ),
    Control("attention", "name", "train.attention", choices=_same(ATTENTIONS)),
    Control("decoder", "name", "train.decoder", choices=_same(DECODERS)),
    Control("optimiser", "name", "train.optimiser", choices=_same(OPTIMISERS)),
    _whole("batch_tokens"),
    _whole("updates"),
    _whole("seed", elem_id="train-seed"),
    Control("input_feeding", "switch", "train.input-feeding", help="train.input-feeding-help"),
)
WHILE = (  # these act on a run that goes on, too
    Control("forced", "switch", "train.forcing"),
    Control("ratio", "share", "train.ratio", help="train.ratio-help"),
    Control(
        "schedule",
        "name",
        "train.schedule",
        choices=tuple((f"train.schedules.{name}", name) for name in FORCING_SCHEDULES),
    ),
    Control("over", "whole", "train.over", limits=(1, LIMITS["updates"][1])),
    Control("learning_rate", "number", "train.learning-rate", choices=RATE_CHOICES),
    Control("clip", "number", "train.clip", choices=_CLIP_CHOICES),
)
CONTROLS = AT_START + WHILE
FORCING = ("forced", "ratio", "schedule", "over")  # teacher forcing is what these say together


class Knobs(NamedTuple):
    """The part of the form that acts on a run that goes on: values, or components."""

    forced: Any = gr.skip()
    ratio: Any = gr.skip()
    schedule: Any = gr.skip()
    over: Any = gr.skip()
    learning_rate: Any = gr.skip()
    clip: Any = gr.skip()


class Form(NamedTuple):
    """The form: values, which anybody may have sent, or the components that hold them."""

    cell: Any = gr.skip()
    layers: Any = gr.skip()
    hidden_size: Any = gr.skip()
    direction: Any = gr.skip()
    attention: Any = gr.skip()
    decoder: Any = gr.skip()
    optimiser: Any = gr.skip()
    batch_tokens: Any = gr.skip()
    updates: Any = gr.skip()
    seed: Any = gr.skip()
    input_feeding: Any = gr.skip()
    forced: Any = gr.skip()
    ratio: Any = gr.skip()
    schedule: Any = gr.skip()
    over: Any = gr.skip()
    learning_rate: Any = gr.skip()
    clip: Any = gr.skip()

    @classmethod
    def of(cls, settings: RunSettings) -> "Form":
        """The form that shows these settings."""
        forcing = settings.teacher_forcing
        knobs = {"forced": forcing.start > 0, "ratio": forcing.start or 1.0, "schedule": forcing.kind}
        values = {**asdict(settings), **knobs, "over": SCHEDULE_UPDATES}
        return cls(**{control.field: values[control.field] for control in CONTROLS})

    def settings(self, base: RunSettings) -> RunSettings:
        """`base` with all that the form asks; raises SettingError for what is impossible."""
        listed = [control for control in CONTROLS if control.field not in FORCING]
        changes: dict[str, Any] = {each.field: checked(each, getattr(self, each.field)) for each in listed}
        return replace(base, **changes, teacher_forcing=self.forcing())

    def forcing(self) -> TeacherForcing:
        """What the switch, the ratio and the schedule say together."""
        return forcing_of(self.forced, self.ratio, self.schedule, self.over)

    @property
    def knobs(self) -> Knobs:
        """What acts on a run that goes on."""
        return Knobs(self.forced, self.ratio, self.schedule, self.over, self.learning_rate, self.clip)


def checked(control: Control, given: Any) -> Any:
    """A value of the kind that a control sets; SettingError if a browser sent another, or one beyond its limits."""
    if control.kind == "switch":
        return bool(given)
    if control.kind == "name":
        return str(given)  # RunSettings says which there are
    what = control.field.replace("_", " ")
    number = number_of(what, given)
    if control.kind != "whole":
        return number  # RunSettings says how far it goes
    low, high = control.limits
    check_range(what, number, low, high)
    check_whole(what, given, int(low), int(high))
    return int(number)


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


def lines(text: object) -> Sequence[str]:
    """The sentences to watch: one a line."""
    return str(text or "").splitlines()
