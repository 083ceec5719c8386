"""A run in a folder survives a kill -9 at any moment and ends in a checkpoint that loads."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace

import pytest
import torch

from s2s_demo.checkpoint import load
from s2s_demo.errors import CheckpointError, SettingError
from s2s_demo.experiment import Experiment, Recipe, Validation, from_dict, read_recipe, train
from s2s_demo.model import ModelConfig
from s2s_demo.tasks.letters import Reverse
from s2s_demo.training import LearningRate, Progress, TrainingConfig

RECIPE = Recipe(
    task="reverse",
    model=ModelConfig(vocabulary_size=100, embedding_size=16, hidden_size=16),
    training=TrainingConfig(
        updates=24, tokens_per_batch=200, learning_rate=LearningRate(peak=3e-3, warm_up=4), label_smoothing=0.0
    ),
    validate_every=12,
    validate_sentences=20,
    save_every=5,
)


def curve(folder):
    lines = (folder / "log.jsonl").read_text().splitlines()
    return [{k: v for k, v in json.loads(line).items() if k != "seconds"} for line in lines]


def test_a_recipe_survives_json(tmp_path):
    path = tmp_path / "recipe.json"
    path.write_text(json.dumps(asdict(RECIPE)))
    assert read_recipe(path) == RECIPE


def test_an_unknown_setting_is_named():
    with pytest.raises(SettingError, match="hiden_size"):
        from_dict(Recipe, {"task": "reverse", "model": {"vocabulary_size": 10, "hiden_size": 3}})


def test_a_run_is_judged_and_ends_in_a_checkpoint(tmp_path):
    events = []
    experiment = train(RECIPE, tmp_path / "run", device="cpu", watch=events.append)
    assert [e.update for e in events if isinstance(e, Progress)] == list(range(1, 25))
    judged = [e for e in events if isinstance(e, Validation)]
    assert [v.update for v in judged] == [12, 24]
    assert judged[1].gold_loss < judged[0].gold_loss
    assert experiment.best in judged
    assert load(tmp_path / "run", "cpu").translate("abc").sentences[0].hypotheses
    stored, full = (load(folder, "cpu").model.output.weight for folder in (tmp_path / "run", tmp_path / "run" / "fp32"))
    assert not stored.equal(full)
    assert stored.allclose(full, rtol=2e-3, atol=1e-4)  # RECIPE stores fp16
    assert len(curve(tmp_path / "run")) == 26


def test_a_made_task_is_chosen_by_exact_answers_and_stands_in_the_card(tmp_path):
    experiment = train(replace(RECIPE, options={"longest": 5}), tmp_path / "run", device="cpu")
    assert load(tmp_path / "run", "cpu").made_task == Reverse(longest=5)
    first, second = Validation(1, 1.0, 1.0, 0, 0, 90.0, 0.1), Validation(2, 2.0, 2.0, 0, 0, 10.0, 0.2)
    assert experiment._score(second) > experiment._score(first)


def test_an_interrupted_run_continues_bit_for_bit(tmp_path):
    train(RECIPE, tmp_path / "whole", device="cpu")
    broken = Experiment(RECIPE, tmp_path / "broken", device="cpu")
    for event in broken.run():
        if isinstance(event, Progress) and event.update == 18:
            break  # the last save was at 15
    train(RECIPE, tmp_path / "broken", device="cpu", resume=True)
    assert curve(tmp_path / "whole") == curve(tmp_path / "broken")


def test_kill_9_loses_at_most_the_updates_since_the_last_save(tmp_path):
    recipe = replace(RECIPE, training=replace(RECIPE.training, updates=30))
    train(recipe, tmp_path / "whole", device="cpu")
    (tmp_path / "recipe.json").write_text(json.dumps(asdict(recipe)))
    folder = tmp_path / "killed"
    command = [sys.executable, "-m", "s2s_demo", "train", "--device", "cpu", "--threads", "1", "--output", str(folder)]
    process = subprocess.Popen([*command, "--recipe", str(tmp_path / "recipe.json")], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (folder / "log.jsonl").exists() or len((folder / "log.jsonl").read_bytes().splitlines()) < 20:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    train(recipe, folder, device="cpu", resume=True)
    assert curve(tmp_path / "whole") == curve(folder)


def test_patience_ends_a_run_that_does_not_improve(tmp_path):
    hopeless = replace(
        RECIPE,
        patience=2,
        validate_every=1,
        training=replace(RECIPE.training, learning_rate=LearningRate(peak=0.0), updates=1000),
    )
    assert train(hopeless, tmp_path / "run", device="cpu").training.update == 3


def test_a_folder_in_use_is_not_overwritten(tmp_path):
    Experiment(RECIPE, tmp_path / "run", device="cpu")
    with pytest.raises(CheckpointError, match="--resume"):
        Experiment(RECIPE, tmp_path / "run", device="cpu")
    with pytest.raises(CheckpointError, match="no run to resume"):
        Experiment(RECIPE, tmp_path / "other", device="cpu", resume=True)


def test_a_damaged_state_is_refused(tmp_path):
    Experiment(RECIPE, tmp_path / "run", device="cpu")
    state = (tmp_path / "run" / "resume.pt").read_bytes()
    (tmp_path / "run" / "resume.pt").write_bytes(state[: len(state) // 2])
    with pytest.raises(CheckpointError, match=r"resume\.pt"):
        Experiment(RECIPE, tmp_path / "run", device="cpu", resume=True)


def test_a_run_can_start_from_a_checkpoint(tmp_path):
    first = train(replace(RECIPE, storage="fp32"), tmp_path / "first", device="cpu")
    tuned = replace(RECIPE, start_from=str(tmp_path / "first"))
    second = Experiment(tuned, tmp_path / "second", device="cpu")
    assert second.training.tokenizer.model == first.training.tokenizer.model
    assert next(second.training.updates()).loss < curve(tmp_path / "first")[0]["loss"]


def test_a_fine_tuned_model_can_lie_between_its_start_and_what_it_learnt(tmp_path):
    start = train(replace(RECIPE, storage="fp32"), tmp_path / "start", device="cpu").translator().model.state_dict()
    tuned = replace(RECIPE, start_from=str(tmp_path / "start"), interpolation=0.75, storage="fp32", validate_every=1000)
    learnt = train(tuned, tmp_path / "tuned", device="cpu").training.model.state_dict()
    kept = load(tmp_path / "tuned", "cpu").model.state_dict()
    assert any((learnt[name] - start[name]).abs().max() > 1e-3 for name in start)
    for name, value in kept.items():
        assert torch.allclose(value, 0.25 * start[name] + 0.75 * learnt[name], atol=1e-6), name


def test_interpolation_needs_a_start():
    with pytest.raises(SettingError, match="no start_from"):
        replace(RECIPE, interpolation=0.5)


def test_a_checkpoint_of_another_architecture_cannot_be_the_start(tmp_path):
    train(RECIPE, tmp_path / "first", device="cpu")
    other = replace(RECIPE, start_from=str(tmp_path / "first"), model=replace(RECIPE.model, hidden_size=24))
    with pytest.raises(CheckpointError, match="another architecture"):
        Experiment(other, tmp_path / "second", device="cpu")
