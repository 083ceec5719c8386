"""One model of a live run with all that is remembered about it, and how to fork it into two."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from s2s_demo.errors import SettingError
from s2s_demo.live.history import Curve, Thinned
from s2s_demo.live.judge import Judge, Judgement
from s2s_demo.live.records import Check, LaneView, Moment, Probe, TwoPrefixes
from s2s_demo.model import Seq2Seq
from s2s_demo.settings import with_changes
from s2s_demo.training import Controls, LearningRate, Progress, TeacherForcing, Training
from s2s_demo.translator import Translator
from s2s_demo.words import Said

CHECKS, MOMENTS = 200, 60  # kept at most


@dataclass(frozen=True, kw_only=True)
class Change:
    """What to change while a run goes on; None leaves a control as it is.

    A number for `teacher_forcing` is a constant ratio; a schedule starts to count at the change.  The
    learning rate set here stays constant from then on.
    """

    teacher_forcing: TeacherForcing | float | None = None
    learning_rate: float | None = None
    clip: float | None = None

    def __post_init__(self) -> None:
        self.apply(Controls(TeacherForcing(), LearningRate(), 1.0), 0)  # refuse what is not allowed here, not later
        if self.clip is not None and not 0.001 <= self.clip <= 1000:
            raise SettingError("live.clip", clip=self.clip, least=0.001, most=1000)

    def apply(self, controls: Controls, update: int) -> Controls:
        """The controls from the update after `update` on."""
        if self.teacher_forcing is not None:
            controls = replace(controls, teacher_forcing=replace(self._forcing, since=update))
        if self.learning_rate is not None:
            rate = LearningRate(kind="constant", peak=self.learning_rate, warm_up=0)
            controls = replace(controls, learning_rate=rate)
        return controls if self.clip is None else replace(controls, clip=self.clip)

    @property
    def _forcing(self) -> TeacherForcing:
        given = self.teacher_forcing
        return given if isinstance(given, TeacherForcing) else TeacherForcing(start=float(given or 0))

    @property
    def label(self) -> Said | None:
        """The text of its line on the curves; None for a change of nothing."""
        parts = []
        if self.teacher_forcing is not None:
            f = self._forcing
            key = "live.forcing" if f.kind == "constant" else "live.forcing-schedule"
            parts.append(Said(key, {"start": f.start, "end": f.end, "what": f.kind, "over": f.over}))
        if self.learning_rate is not None:
            parts.append(Said("live.learning-rate", {"rate": self.learning_rate}))
        if self.clip is not None:
            parts.append(Said("live.clip", {"clip": self.clip}))
        return together(parts)


def together(parts: Sequence[Said]) -> Said | None:
    """Several changes in one sentence; None if there are none."""
    return reduce(lambda first, then: Said("live.and", {"first": first, "then": then}), parts) if parts else None


class Lane:
    """A model that learns, its curves, its judgements and its movies.

    `advance` and `look` compute (the run's thread alone calls them), `record` and `keep` write down
    what they found, so that a reader is kept waiting for the short part only.
    """

    def __init__(self, name: str, description: Said | None, training: Training, judge: Judge) -> None:
        self.name, self.description = name, description
        self.training, self.judge = training, judge
        self.update = training.update
        self.progress: Progress | None = None
        self.curve, self.checks = Curve(), Thinned[Check](CHECKS)
        self.two_prefixes = Thinned[TwoPrefixes](MOMENTS)
        self.movies: list[tuple[str, Thinned[Moment]]] = []
        self.latest: Judgement | None = None

    def record(self, progress: Progress) -> None:
        """Write down one update."""
        self.progress, self.update = progress, progress.update
        self.curve.add(progress)

    def look(self) -> tuple[Judgement, list[tuple[Thinned[Moment], Moment]]]:
        """Judge the model as it stands and watch the probes; what is known already is not computed again."""
        viewer = Translator(copied(self.training.model), self.training.tokenizer)
        latest = self.latest
        if latest is None or latest.check.update != self.update:
            latest = self.judge.judge(viewer, self.update)
        stale = [(text, movie) for text, movie in self.movies if not _seen(movie, self.update)]
        moments = self.judge.watch(viewer, self.update, [text for text, _ in stale])
        return latest, [(movie, moment) for (_, movie), moment in zip(stale, moments, strict=True)]

    def keep(self, judgement: Judgement, frames: list[tuple[Thinned[Moment], Moment]]) -> None:
        """Write down what `look` found."""
        if judgement is not self.latest:
            self.latest = judgement
            self.checks.add(judgement.check)
            self.two_prefixes.add(judgement.two_prefixes)
        for movie, moment in frames:
            if not _seen(movie, moment.update):  # two may have looked at an ended run at the same time
                movie.add(moment)

    def watch(self, texts: tuple[str, ...]) -> None:
        """Watch these sentences from now on; those watched before keep their movies."""
        known = dict(self.movies)
        self.movies = [(text, known.get(text) or Thinned(MOMENTS)) for text in dict.fromkeys(texts)]

    def rest(self) -> None:
        """Nobody trains any more: keep the weights, and drop gradients, moments and the encoded epoch."""
        old = self.training
        old.model.zero_grad(set_to_none=True)
        self.training = Training(old.model, old.tokenizer, old.task, old.config)
        self.training.controls, self.training.update = old.controls, old.update

    def view(self) -> LaneView:
        """What there is to see."""
        controls, done = self.training.controls, self.progress.done if self.progress else 0.0
        return LaneView(
            self.name,
            self.description,
            self.training.model.looks,
            self.curve.points,
            self.checks.records,
            self.judge.by_letter,
            self.two_prefixes.records,
            self.latest.samples if self.latest else (),
            tuple(Probe(text, movie.records) for text, movie in self.movies),
            controls.teacher_forcing.at(self.update + 1),
            controls.learning_rate.at(self.update + 1, done),
            controls.clip,
        )


def _seen(movie: Thinned[Moment], update: int) -> bool:
    return bool(movie.records) and movie.records[-1].update == update


def copied(model: Seq2Seq) -> Seq2Seq:
    """A model of its own with the same weights."""
    copy = Seq2Seq(model.config, seed=None)
    copy.load_state_dict(model.state_dict())
    return copy


def fork(lane: Lane, change: Change | None, attention: str | None) -> Lane:
    """A second lane "B": the same weights, optimiser, data order and random state, one difference.

    With another `attention`, only the attention's own weights are new, drawn from the run's seed.
    """
    old = lane.training
    config = old.model.config if attention is None else with_changes(old.model.config, {"attention": attention})
    model = Seq2Seq(config, old.config.seed)
    training = Training(model, old.tokenizer, old.task, old.config)
    training.restore(_fitted(old.snapshot(), old.model, model))
    training.controls = change.apply(old.controls, old.update) if change else old.controls
    labels = [Said("live.attention", {"what": attention}) if attention else None, change.label if change else None]
    difference = together([label for label in labels if label]) or Said("live.no-difference")
    twin = Lane("B", difference, training, lane.judge)
    twin.progress = lane.progress
    twin.watch(tuple(text for text, _ in lane.movies))
    return twin


def _fitted(snapshot: dict[str, Any], old: Seq2Seq, new: Seq2Seq) -> dict[str, Any]:
    """A snapshot of `old` for `new`, which differs in its attention: what both have is kept, by name."""
    names = [[name for name, _ in model.named_parameters()] for model in (old, new)]
    if names[0] == names[1] and old.config == new.config:
        return snapshot
    kept = {name: value for name, value in snapshot["model"].items() if "attention" not in name}
    state = snapshot["optimiser"]["state"]
    moments = {
        i: state[names[0].index(name)]
        for i, name in enumerate(names[1])
        if name in kept and names[0].index(name) in state
    }
    groups = deepcopy(snapshot["optimiser"]["param_groups"])
    groups[0]["params"] = list(range(len(names[1])))
    weights = {**new.state_dict(), **kept}
    return {**snapshot, "model": weights, "optimiser": {"state": moments, "param_groups": groups}}
