"""Settings that cannot fit into the memory are refused before anything is built."""

from dataclasses import replace

import pytest
import torch
from live_cases import Copy, make_run
from tiny import model

from s2s_demo.cli import main
from s2s_demo.errors import SettingError
from s2s_demo.model import ModelConfig, parameters_of
from s2s_demo.training import TrainingConfig, memory
from s2s_demo.training.memory import batch_bytes, check_memory, free_bytes, weights_bytes

CPU = torch.device("cpu")
SMALL, BRIEF = ModelConfig(vocabulary_size=99, embedding_size=8, hidden_size=8), TrainingConfig(tokens_per_batch=100)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"tied": False},
        {"cell": "gru", "encoder_layers": 3, "bidirectional": False, "residual": False},
        {"decoder": "luong", "attention": "general", "input_feeding": True, "decoder_layers": 2},
        {"decoder": "bahdanau", "attention": "additive"},
        {"decoder": "fixed", "attention": "none", "context": "every_step"},
    ],
    ids=str,
)
def test_parameters_are_counted_without_a_model(settings: dict[str, object]) -> None:
    built = model(0, **settings)
    assert parameters_of(built.config) == built.parameter_count


def test_what_is_too_big_is_refused_with_its_size_and_what_to_lower() -> None:
    large = replace(SMALL, hidden_size=4096, embedding_size=4096, encoder_layers=16, decoder_layers=16)
    with pytest.raises(SettingError, match=r"need about [0-9]{3}\.. GB .* M parameters.*lower the hidden size"):
        check_memory(large, BRIEF, CPU)
    many = replace(BRIEF, tokens_per_batch=1_000_000)
    with pytest.raises(SettingError, match=r"a batch of 1,000,000 tokens .* GB\).*lower the tokens of a batch"):
        check_memory(replace(SMALL, vocabulary_size=200_000), many, CPU)


def test_exactly_what_is_free_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    need = weights_bytes(SMALL, BRIEF) + batch_bytes(SMALL, BRIEF)
    for free in (need, None):
        monkeypatch.setattr(memory, "free_bytes", lambda device, free=free: free)
        check_memory(SMALL, BRIEF, CPU)
    monkeypatch.setattr(memory, "free_bytes", lambda device: need - 1)
    with pytest.raises(SettingError, match="GB are free"):
        check_memory(SMALL, BRIEF, CPU)


def test_free_memory_is_that_of_the_machine() -> None:
    free = free_bytes(CPU)
    assert free is None or 10**7 < free < 10**14


def test_the_command_and_the_page_say_so(
    tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda device: 10**5)
    assert main(["train", "--task", "dates", "--output", str(tmp_path / "run"), "--device", "cpu"]) == 2
    assert "these settings need about" in capsys.readouterr().err
    run = make_run(task=Copy())
    run.start()
    assert run.join(60)
    assert run.view().state == "failed"
    assert str(run.view().status).startswith("these settings need about")
