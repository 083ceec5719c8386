"""A recipe in stages runs as one, can be resumed in any stage, and every shipped recipe is such a one."""

import gzip
import json
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest
from tiny import Echo

from s2s_demo.checkpoint import SHIPPED, load
from s2s_demo.cli import main
from s2s_demo.errors import CheckpointError, SettingError
from s2s_demo.experiment import Recipe, read_recipe
from s2s_demo.model import ModelConfig
from s2s_demo.stages import begin, read_stages, resume
from s2s_demo.tasks import TASKS, corpora, make_task, mixture
from s2s_demo.tasks.made import MadeTask
from s2s_demo.tasks.phrases import phrases
from s2s_demo.tasks.signals import speakers
from s2s_demo.training import TrainingConfig

SMALL = ModelConfig(vocabulary_size=99, embedding_size=8, hidden_size=8)
FIRST = Recipe(task="echo", model=SMALL, training=TrainingConfig(updates=3, tokens_per_batch=20), validate_every=3)
RECIPES = {path.parent.name: read_recipe(path) for path in sorted(SHIPPED.glob("*/recipe.json"))}
ONE_OF_A_TASK = {recipe.task: name for name, recipe in RECIPES.items()}.values()


@pytest.fixture
def recipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three stages that stand beside each other; the last one."""
    monkeypatch.setitem(TASKS, "echo", Echo)
    for name, start in (("recipe-1", None), ("recipe-2", "recipe-1.json"), ("recipe", "recipe-2.json")):
        stage = replace(FIRST, start_from=start)
        (tmp_path / f"{name}.json").write_text(json.dumps(asdict(stage)))
    return tmp_path / "recipe.json"


def test_stages_are_read_from_the_first_to_the_last(recipes: Path) -> None:
    assert [stage.start_from for stage in read_stages(recipes)] == [None, "recipe-1.json", "recipe-2.json"]


def test_each_stage_starts_from_the_folder_of_the_one_before(recipes: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    plan = begin(read_stages(recipes), run)
    assert [folder for _, folder in plan] == [run / "stage-1", run / "stage-2", run]
    assert [stage.start_from for stage, _ in plan] == [None, str(run / "stage-1"), str(run / "stage-2")]
    assert resume(run) == plan
    (run / "stage-1").mkdir()
    (run / "stage-1" / "recipe.json").touch()
    with pytest.raises(CheckpointError, match="already holds a run; add --resume"):
        begin(read_stages(recipes), run)


def test_stages_whose_first_one_fails_leave_the_folder_free_for_the_mended_recipe(
    recipes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, first = tmp_path / "run", recipes.parent / "recipe-1.json"
    first.write_text(json.dumps(asdict(FIRST) | {"tokenizer": "magic"}))
    asked = ["train", "--recipe", str(recipes), "--output", str(run), "--device", "cpu"]
    assert main(asked) == 2
    assert "unknown tokenizer 'magic'" in capsys.readouterr().err
    assert not [path for path in run.rglob("*") if path.is_file()]
    first.write_text(json.dumps(asdict(FIRST)))
    assert main(asked) == 0
    assert main(asked) == 2
    assert "already holds a run" in capsys.readouterr().err


def test_a_recipe_that_goes_on_from_itself_is_refused(recipes: Path) -> None:
    (recipes.parent / "recipe-1.json").write_text(json.dumps(asdict(replace(FIRST, start_from="recipe.json"))))
    with pytest.raises(SettingError, match=r"goes on from itself: recipe\.json -> recipe-2\.json -> recipe-1\.json"):
        read_stages(recipes)


def test_all_stages_run_by_one_command_and_go_on_after_an_interruption(
    recipes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert main(["train", "--recipe", str(recipes), "--output", str(whole), "--device", "cpu"]) == 0
    assert "stage 3 of 3" in capsys.readouterr().out
    begin(read_stages(recipes), broken)
    first = str(recipes.parent / "recipe-1.json")
    assert main(["train", "--recipe", first, "--output", str(broken / "stage-1"), "--device", "cpu"]) == 0
    assert main(["train", "--resume", "--output", str(broken), "--device", "cpu"]) == 0
    assert main(["train", "--resume", "--output", str(broken), "--device", "cpu"]) == 0  # already at its end
    for name, weight in load(whole, "cpu").model.state_dict().items():
        assert weight.equal(load(broken, "cpu").model.state_dict()[name]), name


@pytest.mark.parametrize(("budget", "says"), [(["--updates", "2"], False), (["--max-seconds", "0.2"], True)])
def test_a_budget_in_seconds_says_that_it_cannot_be_repeated(
    recipes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], budget: list[str], says: bool
) -> None:
    first = str(recipes.parent / "recipe-1.json")
    assert main(["train", "--recipe", first, "--output", str(tmp_path / "run"), "--device", "cpu", *budget]) == 0
    assert ("another run gets other numbers; with --updates it repeats" in capsys.readouterr().err) is says


def test_a_budget_in_updates_repeats_bit_for_bit(recipes: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        options = ["--recipe", str(recipes), "--output", str(tmp_path / name), "--device", "cpu", "--updates", "4"]
        assert main(["train", *options]) == 0
    one, two = ((tmp_path / name / "model.safetensors").read_bytes() for name in ("one", "two"))
    assert one == two


def packed(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small corpora in every language, of our own."""
    folder = tmp_path_factory.mktemp("data")
    cats = {"en": "I have {} cats.", "fr": "J'ai {} chats.", "de": "Ich habe {} Katzen.", "zh": "我有{}只猫。"}
    for part, numbers in (("train", range(100, 200)), ("val", range(3)), ("test_2016_flickr", range(3, 6))):
        for code in ("en", "de", "fr", "cs"):
            packed(folder / "multi30k" / f"{part}.{code}.gz", [cats.get(code, "{}").format(i) for i in numbers])
    for code, name in (("fr", "fra"), ("de", "deu"), ("zh", "cmn")):
        rows = [f"{cats['en'].format(i)}\t{cats[code].format(i)}" for i in range(300)]
        packed(folder / "tatoeba" / f"eng-{name}.tsv.gz", rows)
    return folder


@pytest.mark.parametrize("name", RECIPES)
def test_the_recipe_of_every_shipped_model_makes_its_model(name: str) -> None:
    shipped = json.loads((SHIPPED / name / "config.json").read_text())["model"]
    made = asdict(read_stages(SHIPPED / name / "recipe.json")[-1].model)
    assert {**made, "vocabulary_size": shipped["vocabulary_size"], "signal": shipped.get("signal", "")} == {
        **{key: value for key, value in made.items() if key not in shipped},
        **shipped,
    }


@pytest.mark.parametrize("name", ONE_OF_A_TASK)
def test_the_recipe_of_a_shipped_model_of_every_task_can_be_run(
    name: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("S2S_DEMO_DATA", str(data))
    corpora._tatoeba.cache_clear()
    few = cache(lambda source, target: phrases(source, target, Random(1))[:20])  # all of it takes seconds a stage
    monkeypatch.setattr(mixture, "phrases", lambda source, target, chance: few(source, target))
    monkeypatch.setattr(speakers, "clip", lambda *_: np.ones(800, np.float32))  # not every machine has espeak-ng
    sizes = ["--updates", "1", "--hidden-size", "8", "--embedding-size", "8", "--batch-tokens", "200"]
    sizes += ["--validate-sentences", "10"]  # what has learnt nothing writes on to the longest length
    sizes += ["--guided-alignment", "0"]  # the aligner alone takes a second a stage
    sizes += ["--task-per-epoch", "300"] if isinstance(make_task(RECIPES[name].task), MadeTask) else []
    smaller = [*sizes, "--device", "cpu"] + (["--tokenizer", "char"] if "-" in name and name[:2] != "da" else [])
    output = tmp_path / "run"
    assert main(["train", "--recipe", str(SHIPPED / name / "recipe.json"), "--output", str(output), *smaller]) == 0
    corpora._tatoeba.cache_clear()
    assert (
        load(output, "cpu").model.config.decoder
        == json.loads((SHIPPED / name / "config.json").read_text())["model"]["decoder"]
    )
    said = capsys.readouterr()
    stages = read_stages(SHIPPED / name / "recipe.json")
    has_made = any(stage.options.get("synthetic") for stage in stages)
    assert ("machine-made pairs an epoch are left out" in said.err) is has_made
