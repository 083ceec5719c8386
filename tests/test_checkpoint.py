import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from tiny import SENTENCES, model

from s2s_demo.checkpoint import available, load, pick_device, save_checkpoint
from s2s_demo.decoding import Beam
from s2s_demo.errors import CheckpointError, SettingError
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.text import Tokenizer
from s2s_demo.translator import Translator

TEXT = "A man is reading."


@pytest.fixture
def folder(translator: Translator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good checkpoint called "good", where named checkpoints are looked for."""
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(tmp_path))
    save_checkpoint(translator, tmp_path / "good")
    return tmp_path / "good"


# Round trip


def test_full_precision_comes_back_exactly(translator: Translator, folder: Path) -> None:
    back = load("good", "cpu")
    for name, weight in translator.model.state_dict().items():
        assert torch.equal(weight, back.model.state_dict()[name]), name
    assert (back.source_language, back.target_language) == ("en", "fr")
    assert back.tokenizer.pieces == translator.tokenizer.pieces
    assert back.model.config == translator.model.config
    first, second = (t.translate(TEXT).to_json() | {"seconds": 0} for t in (translator, back))
    assert first | {"model": back.name} == second


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize(("storage", "closeness"), [("fp16", 1e-3), ("int8", 1 / 250)])
def test_narrow_storage_comes_back_close(
    storage: str, closeness: float, tied: bool, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    original = model(seed=1, vocabulary_size=len(tokenizer), tied=tied, attention="cosine")
    save_checkpoint(Translator(original, tokenizer), tmp_path / storage, storage)
    back = load(tmp_path / storage, "cpu").model
    assert original.parameter_count == back.parameter_count
    for name, weight in original.state_dict().items():
        error = (weight - back.state_dict()[name]).abs().max()
        assert error <= closeness * weight.abs().max() + 1e-7, name


def test_eight_bits_take_about_a_quarter_of_the_room(tokenizer: Tokenizer, tmp_path: Path) -> None:
    made = Translator(model(vocabulary_size=len(tokenizer), embedding_size=64, hidden_size=64), tokenizer)
    sizes = {}
    for storage in ("fp32", "fp16", "int8"):
        save_checkpoint(made, tmp_path / storage, storage)
        sizes[storage] = (tmp_path / storage / "model.safetensors").stat().st_size
    assert sizes["fp16"] < 0.55 * sizes["fp32"]
    assert sizes["int8"] < 0.35 * sizes["fp32"]


def test_loading_draws_no_random_weights(tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ATTENTIONS:
        settings = {"decoder": "fixed"} if name == "none" else {}
        made = model(vocabulary_size=len(tokenizer), attention=name, tied=name != "dot", **settings)
        save_checkpoint(Translator(made, tokenizer), tmp_path / name)

    def drawn(weights: torch.Tensor, *_: object, **__: object) -> torch.Tensor:
        pytest.fail("random weights were drawn")

    for draw in ("normal_", "uniform_"):
        monkeypatch.setattr(torch.Tensor, draw, drawn)
    for name in ATTENTIONS:
        dice = torch.get_rng_state()
        assert load(tmp_path / name, "cpu").model.config.attention == name
        assert torch.equal(dice, torch.get_rng_state())


def test_what_is_loaded_is_read_only(folder: Path) -> None:
    back = load("good", "cpu")
    assert not back.model.training
    assert not any(parameter.requires_grad for parameter in back.model.parameters())


def test_checkpoints_are_found_by_name_and_by_path(folder: Path) -> None:
    assert available() == ["good"]
    assert load("good", "cpu").model.config == load(folder, "cpu").model.config


# Damage

Damage = Callable[[Path], object]


def edit(**changes: object) -> Damage:
    def change(folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text())
        config.update({key: value for key, value in changes.items() if key in config})
        config["model"].update({key: value for key, value in changes.items() if key in config["model"]})
        (folder / "config.json").write_text(json.dumps(config))

    return change


def cut_short(name: str, size: int) -> Damage:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:size])


def other_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.model").write_bytes(Tokenizer.train(SENTENCES, "char", 500).model)


def broken_weight(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    weights["output.bias"][3] = float("nan")
    save_file(weights, folder / "model.safetensors")


def missing_weight(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    del weights["output.bias"]
    save_file(weights, folder / "model.safetensors")


DAMAGES: dict[str, tuple[Damage, str]] = {
    "weights cut short": (cut_short("model.safetensors", 1000), "damaged"),
    "weights empty": (cut_short("model.safetensors", 0), "damaged"),
    "a weight missing": (missing_weight, "output.bias"),
    "a weight that is no number": (broken_weight, "output.bias"),
    "a pickle in place of the weights": (
        lambda folder: torch.save({"x": torch.ones(1)}, folder / "model.safetensors"),
        "damaged",
    ),
    "settings cut short": (cut_short("config.json", 40), "damaged"),
    "settings that are a list": (lambda folder: (folder / "config.json").write_text("[1]"), "damaged"),
    "settings that are no text": (lambda folder: (folder / "config.json").write_bytes(b"\xff\xfe\x00"), "damaged"),
    "settings too deep": (lambda folder: (folder / "config.json").write_text("[" * 100_000), "damaged"),
    "a card that is no card": (edit(card=[1]), "card is not a JSON object"),
    "a task that has no name": (edit(card={"task": ["reverse"]}), "damaged"),
    "a task too large": (edit(card={"task": "reverse", "options": {"longest": 10**9}}), "longest row of letters"),
    "a task with unknown options": (edit(card={"task": "reverse", "options": {"speed": 1}}), "speed"),
    "no model settings": (lambda folder: (folder / "config.json").write_text('{"format": 1}'), "'model'"),
    "an unknown attention": (edit(attention="bahdanu"), "unknown attention 'bahdanu'; choose from scaled_dot"),
    "an unknown setting": (
        lambda folder: edit(model={**json.loads((folder / "config.json").read_text())["model"], "heads": 8})(folder),
        "heads",
    ),
    "another size": (edit(hidden_size=16), "size mismatch"),
    "a size that is no number": (edit(hidden_size="large"), "hidden size needs a number between 2 and 4,096"),
    "another format": (edit(format=99), "has format 99; this version reads format 1"),
    "another tokenizer": (other_tokenizer, "the tokenizer has"),
    "a tokenizer cut short": (cut_short("tokenizer.model", 100), "SentencePiece"),
    "a missing file": (lambda folder: (folder / "tokenizer.model").unlink(), "tokenizer.model not found"),
    "a missing folder": (shutil.rmtree, "there are no checkpoints in"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_checkpoint_is_refused_with_its_reason(damage: str, folder: Path) -> None:
    harm, message = DAMAGES[damage]
    harm(folder)
    with pytest.raises(CheckpointError, match="good") as caught:
        load("good", "cpu")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "name", ["nothing", "", "../../etc/passwd", "/etc", "a\0b", "x" * 5000, "good/config.json", "."]
)
def test_what_is_no_checkpoint_is_refused_with_the_names_that_are(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    with pytest.raises(CheckpointError, match="available: good"):
        load(name, "cpu")


class Spy:
    """Unpickling this leaves a trace."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.trace),)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.model", "config.json"])
def test_nothing_in_a_checkpoint_is_executed(file: str, folder: Path, tmp_path: Path) -> None:
    torch.save({"output.bias": Spy(tmp_path / "executed")}, folder / file)
    with pytest.raises(CheckpointError):
        load("good", "cpu")
    assert not (tmp_path / "executed").exists()


# Writing


def test_saving_again_replaces_a_checkpoint(translator: Translator, folder: Path) -> None:
    save_checkpoint(translator, folder, "int8")
    assert json.loads((folder / "config.json").read_text())["storage"] == "int8"
    assert load("good", "cpu").translate(TEXT, Beam(size=2)).sentences


def test_an_unknown_storage_is_refused(translator: Translator, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="choose from int8, fp16, fp32"):
        save_checkpoint(translator, tmp_path / "x", "fp8")
    assert not (tmp_path / "x").exists()


# Devices


def test_devices_are_picked_by_name() -> None:
    assert pick_device("cpu") == torch.device("cpu")
    assert pick_device().type == ("cuda" if torch.cuda.is_available() else "cpu")
    with pytest.raises(SettingError, match="choose from auto, cpu, cuda"):
        pick_device("tpu")


def test_a_gpu_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(CheckpointError, match="torch sees no GPU; use 'auto' or 'cpu'"):
        pick_device("cuda")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"source_language": 5}, "its source_language is 5, not a text"),
        ({"target_language": "klingon"}, "unknown language 'klingon'"),
        ({"name": ["x"]}, "its name is"),
    ],
)
def test_a_config_of_the_wrong_kind_is_refused(changes, says, tmp_path, translator):
    save_checkpoint(translator, tmp_path / "mine")
    config = json.loads((tmp_path / "mine" / "config.json").read_text())
    (tmp_path / "mine" / "config.json").write_text(json.dumps(config | changes))
    with pytest.raises(CheckpointError, match=re.escape(says)):
        load(tmp_path / "mine")
