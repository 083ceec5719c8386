"""A new member is one class and one line in its registry, with settings of its own: each test adds one while it runs.

It must then stand, with its settings, in the records, on the command line and in its help, in the link, and in the
signature and documentation of the HTTP API; and what is set must be what it works with.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

import pytest
import torch
from pages import ask, page
from tiny import Echo, Painted, painted
from torch import Tensor, nn

from s2s_demo.cli import _parser, main
from s2s_demo.commands.train import recipes_of
from s2s_demo.decoding import Greedy
from s2s_demo.errors import SettingError
from s2s_demo.experiment import Experiment, Recipe
from s2s_demo.live import PRESETS, Runs, RunSettings
from s2s_demo.live.settings import build_training
from s2s_demo.model import ModelConfig
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.attention.dot import ScaledDot
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.decoders.luong import LuongDecoder
from s2s_demo.model.encoders import ENCODERS
from s2s_demo.model.encoders.recurrent import RecurrentEncoder
from s2s_demo.model.front_ends import FRONT_ENDS
from s2s_demo.model.front_ends.linear import LinearFrontEnd
from s2s_demo.serving.library import Library
from s2s_demo.serving.visitors import Visitors
from s2s_demo.settings import from_dict, members_settings, own_settings, setting
from s2s_demo.tasks import TASKS
from s2s_demo.training.losses import LOSSES, CrossEntropy, Pass
from s2s_demo.training.optimisers import OPTIMISERS, Optimiser
from s2s_demo.ui.parts.handler import leaves
from s2s_demo.ui.train.form import Form, asked
from s2s_demo.ui.train.handlers import on_start
from s2s_demo.ui.train.presets import SUITS
from s2s_demo.ui.train.trainer import Trainer

used: list[float] = []  # what members worked with


@dataclass(frozen=True, kw_only=True)
class Force:
    """The setting that the new members below have of their own."""

    force: float = setting(1.0, low=0.5, high=4, what="force", help="how hard it pulls, in stones")


class Pulling(ScaledDot):
    """Scaled-dot attention, sharper by a factor."""

    Settings = Force

    def __init__(self, query_size: int, memory_size: int, attention_size: int, settings: Force) -> None:
        super().__init__(query_size, memory_size, attention_size)
        self.force = settings.force

    def energies(self, query: Tensor, keys: Tensor) -> Tensor:
        used.append(self.force)
        return self.force * super().energies(query, keys)


class Loud(RecurrentEncoder):
    """The recurrent encoder, louder by a factor."""

    Settings = Force

    def __init__(self, config: ModelConfig, settings: Force) -> None:
        super().__init__(config)
        self.force = settings.force

    def forward(self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None) -> tuple[Tensor, Tensor]:
        used.append(self.force)
        return super().forward(self.force * embedded, mask, noise)


class Sharp(LinearFrontEnd):
    """The linear front end, sharper by a factor."""

    Settings = Force

    def __init__(self, config: ModelConfig, settings: Force) -> None:
        super().__init__(config)
        used.append(settings.force)


class Bold(LuongDecoder):
    """Luong's decoder, bolder by a factor."""

    Settings = Force

    def __init__(self, config: ModelConfig, settings: Force) -> None:
        super().__init__(config)
        used.append(settings.force)


@dataclass(frozen=True, kw_only=True)
class Heavy(Optimiser, Force):
    """Plain descent with a decay."""

    def of(self, parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
        used.append(self.force)
        return torch.optim.SGD(parameters, lr=0.1, weight_decay=self.force)


@dataclass(frozen=True, kw_only=True)
class Strict(CrossEntropy, Force):
    """Cross-entropy, stricter by a factor."""

    def __call__(self, seen: Pass) -> tuple[Tensor, Tensor]:
        used.append(self.force)
        objective, plain = super().__call__(seen)
        return self.force * objective, plain


@dataclass(frozen=True)
class Drill(Echo):
    """Two letters, some of them drilled."""

    force: float = setting(1.0, low=0.5, high=4, what="force", help="how hard it pulls, in stones")

    def train(self, epoch: int, seed: int) -> Any:
        used.append(self.force)
        return super().train(epoch, seed) * round(self.force * 2)


# registry, its new member, where a recipe keeps the choice and its settings, what the fields of a live run are called
NEW = {
    "attention": (ATTENTIONS, Pulling, "model", "attention_settings"),
    "front_end": (FRONT_ENDS, Sharp, "model", "front_end_settings"),
    "encoder": (ENCODERS, Loud, "model", "encoder_settings"),
    "decoder": (DECODERS, Bold, "model", "decoder_settings"),
    "optimiser": (OPTIMISERS, Heavy, "training", "optimiser_settings"),
    "loss": (LOSSES, Strict, "training", "loss_settings"),
    "task": (TASKS, Drill, "", "options"),
}


@pytest.fixture(autouse=True)
def nothing_used_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    used.clear()
    monkeypatch.setitem(TASKS, "echo", Echo)  # type: ignore[arg-type]
    monkeypatch.setitem(TASKS, "painted", Painted)  # type: ignore[arg-type]


@pytest.fixture(params=NEW)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a registry that has a new member, called "new"."""
    registry, member, *_ = NEW[request.param]
    monkeypatch.setitem(registry, "new", member)  # type: ignore[arg-type]
    return str(request.param)


def option(kind: str) -> str:
    """The option that sets the new member's force."""
    return f"--{kind.replace('_', '-')}-force"


def any_task(kind: str) -> str:
    """A task that a member of the registry can work on."""
    return "painted" if kind == "front_end" else "echo"


def recipe_of(kind: str, *more: str) -> Recipe:
    chosen = [] if kind == "task" else ["--task", any_task(kind)]
    small = ["--hidden-size", "8", "--embedding-size", "8", "--updates", "2", "--attention", "dot"]
    arguments = ["train", "--output", "never", *chosen, *small, f"--{kind.replace('_', '-')}", "new", *more]
    (recipe,) = recipes_of(_parser(arguments).parse_args(arguments))
    return recipe


def set_of(kind: str, recipe: Recipe) -> dict[str, Any]:
    _, _, record, field = NEW[kind]
    found: dict[str, Any] = getattr(getattr(recipe, record) if record else recipe, field)
    return found


def test_its_setting_stands_in_the_help_with_its_range_and_default(kind, capsys):
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert f"{option(kind)} X new: how hard it pulls, in stones, 0.5 to 4 (1)" in text


def test_an_option_sets_it_and_the_recipe_keeps_it(kind):
    recipe = recipe_of(kind, option(kind), "2.5")
    assert set_of(kind, recipe) == {"force": 2.5}
    assert from_dict(Recipe, json.loads(json.dumps(asdict(recipe)))) == recipe
    assert set_of(kind, recipe_of(kind)) == {}


def test_a_run_by_the_recipe_works_with_it(kind, tmp_path):
    experiment = Experiment(recipe_of(kind, option(kind), "2.5"), tmp_path / "run", device="cpu")
    assert len([event for event in experiment.run() if hasattr(event, "gradient_norm")]) == 2
    assert set(used) == {2.5}
    assert experiment.translator().translate(painted("ab") if kind == "front_end" else "ab", Greedy()).sentences


def test_a_live_run_works_with_it(kind):
    chosen = {"task": "new"} if kind == "task" else {"task": any_task(kind), kind: "new"}
    settings = RunSettings(**chosen, **{f"{kind}_settings": {"force": 2.5}}, hidden_size=8)  # type: ignore[arg-type]
    assert from_dict(RunSettings, json.loads(json.dumps(asdict(settings)))) == settings
    build_training(settings, settings.make_task()).advance()
    assert set(used) == {2.5}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"force": 9}, "force is 9; it must lie between 0.5 and 4"),
        ({"force": "2"}, "force is '2'; it must be a number"),
        ({"pull": 2}, "unknown setting pull"),
    ],
)
def test_what_it_may_not_be_is_refused(kind, given, says):
    chosen = {"task": "new"} if kind == "task" else {"task": any_task(kind), kind: "new"}
    with pytest.raises(SettingError, match=says):
        RunSettings(**chosen, **{f"{kind}_settings": given})


def test_a_form_finds_its_settings_with_label_help_and_range(kind):
    registry, member, *_ = NEW[kind]
    (own,) = (each for each in own_settings(member) if each.name == "force")
    assert (own.label, own.help, own.range(), own.default) == ("Force", "how hard it pulls, in stones", (0.5, 4), 1.0)
    (offered_,) = (each for each in members_settings(registry, f"{kind}_") if each.name == f"{kind}_force")
    assert offered_.members == ("new",)


def in_the_form(kind: str) -> tuple[list[Any], Any]:
    """The picker of the registry and the control of the new member's setting, on a page that was built just now."""
    components = [block for block in page(Library()).blocks.values() if getattr(block, "elem_id", None)]
    pickers = [
        each
        for each in components
        if each.elem_id == kind.replace("_", "-") and "new" in dict(getattr(each, "choices", ()))
    ]
    (control,) = [each for each in components if each.elem_id == option(kind)[2:]]
    return pickers, control


def test_the_form_of_tab_train_asks_for_it_when_its_member_is_chosen(kind):
    if kind == "task":
        pytest.skip("tasks are not asked for their settings there")
    (picker,), control = in_the_form(kind)
    assert (control.label, control.info) == ("Force", "how hard it pulls, in stones, 0.5 to 4")
    assert (control.value, control.visible) == (1.0, False)
    names = [each.setting.name for each in asked()]
    values = {**Form.of(PRESETS["dates-in-seconds"]).named(), kind: "new"}
    form = Form(Form.of(PRESETS["dates-in-seconds"]).knobs, tuple(values.values()))
    own = [each.setting.name for each in asked() if each.picker]
    assert form.sights()[own.index(f"{kind}_force")]["visible"] is True
    assert picker.label
    assert names.index(f"{kind}_force") > names.index(kind)


def test_a_run_is_started_from_the_form_with_what_is_set_there(kind):
    if kind == "task":
        pytest.skip("tasks are not asked for their settings there")
    small = RunSettings(task=any_task(kind), hidden_size=8, updates=2)
    values = {**Form.of(small).named(), kind: "new", f"{kind}_force": 2.5}
    runs = Runs(lease=60)
    trainer = Trainer(Library(Visitors(runs)))
    form = Form(Form.of(small).knobs, tuple(values.values()))
    started = ask(on_start, trainer.library, any_task(kind), SUITS, "", *leaves(form), visitor="ann")
    assert started.message == ""
    run = runs.get("ann")
    assert run is not None
    assert run.join(60)
    assert run.view().state == "finished", run.view().status
    assert set(used) == {2.5}
    assert runs.shutdown()


def test_another_member_does_not_take_it():
    with pytest.raises(SettingError, match="Dot has no settings of its own"):
        ModelConfig(vocabulary_size=9, attention="dot", attention_settings={"force": 2})


def test_a_member_chosen_later_begins_with_its_own_defaults(monkeypatch):
    monkeypatch.setitem(ATTENTIONS, "new", Pulling)
    recipe = recipe_of("attention", "--attention-force", "2.5")
    assert replace(recipe.model, attention="new").attention_settings == {"force": 2.5}
    assert recipe_of("attention", "--attention", "dot").model.attention_settings == {}
