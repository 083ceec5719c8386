from dataclasses import replace

import pytest
from live_cases import TINY, Copy

from s2s_demo.errors import SettingError
from s2s_demo.live import PRESETS, RunSettings, preset_for, preset_key, preset_name
from s2s_demo.live.settings import build_training
from s2s_demo.tasks import TASKS, make_task
from s2s_demo.tasks.made import MadeTask
from s2s_demo.tasks.signals import SignalTask


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"cell": "qrnn"}, "choose from rnn, gru, lstm"),
        ({"layers": 5}, "between 1 and 4"),
        ({"hidden_size": 1024}, "between 8 and 512"),
        ({"direction": "backward"}, "both, forward"),
        ({"attention": "bahdanu"}, "additive"),
        ({"decoder": "rwkv"}, "luong"),
        ({"optimiser": "lion"}, "adam"),
        ({"learning_rate": float("nan")}, "learning rate"),
        ({"batch_tokens": 10**6}, "8000"),
        ({"dropout": 1.0}, "0.8"),
        ({"updates": 10**9}, "100000"),
        ({"seconds": 3600}, "900"),
        ({"decoder": "fixed"}, "attention none"),
        ({"decoder": "gnmt", "input_feeding": True}, "luong"),
    ],
)
def test_settings_outside_the_limits_are_refused_with_what_is_allowed(given: dict[str, object], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        RunSettings(task="dates", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_builds_and_makes_an_update(name: str) -> None:
    settings = replace(PRESETS[name], hidden_size=8)
    task = make_task(settings.task)
    task = replace(task, per_epoch=20) if isinstance(task, SignalTask) else Copy()
    training = build_training(settings, task)
    assert training.advance().loss > 0
    assert training.model.looks == ("no attention" not in preset_name(name))


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_settings_to_start_with(name: str) -> None:
    task = make_task(name)
    settings = preset_for(name, task)
    assert settings.task == name
    assert (settings.vocabulary_size is None) == isinstance(task, MadeTask)


def test_the_seed_decides_the_first_weights() -> None:
    one, two, other = (build_training(replace(TINY, seed=seed), Copy()) for seed in (1, 1, 2))
    bias = [training.model.source_embedding.weight for training in (one, two, other)]
    assert (bias[0] == bias[1]).all()
    assert (bias[0] != bias[2]).any()


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_is_found_by_its_key_and_by_its_name(key: str) -> None:
    assert preset_key(key) == preset_key(preset_name(key)) == key
    assert preset_name(key) != f"presets.{key}"


def test_an_unknown_preset_is_told_which_there_are() -> None:
    with pytest.raises(SettingError, match=r"unknown preset 'dates'; choose from dates-in-seconds, "):
        preset_key("dates")
