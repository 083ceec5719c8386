"""Settings of the whole suite: one thread, reproducible hypothesis runs, GPU tests only where there is a GPU."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, settings
from tiny import SENTENCES, model

from s2s_demo import checkpoint, words
from s2s_demo.checkpoint import save_checkpoint
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.serving.starting import starting
from s2s_demo.text import Tokenizer
from s2s_demo.translator import Translator

torch.set_num_threads(1)
settings.register_profile(
    "suite", max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """The tests' modules import what a server does at its start, and may take the same short way."""
    with starting():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not torch.cuda.is_available():
        for item in items:
            if item.get_closest_marker("gpu"):
                item.add_marker(pytest.mark.skip(reason="no CUDA device"))


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """A byte-pair tokenizer learnt from a few sentences of our own."""
    return Tokenizer.train(SENTENCES, "bpe", 330)


@pytest.fixture(scope="session")
def translator(tokenizer: Tokenizer) -> Translator:
    """A translator that was never trained: fast, and with all the machinery of a good one."""
    untrained = model(seed=3, vocabulary_size=len(tokenizer), tied=False)
    return Translator(untrained, tokenizer, "untrained", "en", "fr")


@pytest.fixture
def trainer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """What tab Train does for its visitors, with a lesson that is quickly made and one shipped model."""
    from live_cases import Copy  # the page's modules load for the tests of the page alone

    from s2s_demo.live import Runs
    from s2s_demo.serving.library import Library
    from s2s_demo.serving.visitors import Visitors
    from s2s_demo.tasks import TASKS
    from s2s_demo.ui.train.trainer import Trainer

    monkeypatch.setattr(checkpoint, "available", lambda: ["shipped"])
    monkeypatch.setitem(TASKS, "copy", Copy)
    runs = Runs(lease=60)
    yield Trainer(Library(Visitors(runs)))
    assert runs.shutdown()


@pytest.fixture
def other_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A second language, which says everything in capitals."""
    english = (words.TABLES / "en.toml").read_text(encoding="utf-8")
    (tmp_path / "en.toml").write_text(english, encoding="utf-8")
    few = {"live.standing": "BEI {update}", "live.learning-rate": "RATE {rate:g}", "train.states.paused": "HALT"}
    few |= {"train.resume": "WEITER", "train.no-run": "", "errors.train.no-run": "NICHTS DA"}
    (tmp_path / "xx.toml").write_text(
        'language = "X"\n' + "\n".join(f'{key} = "{text}"' for key, text in few.items()), encoding="utf-8"
    )
    monkeypatch.setattr(words, "TABLES", tmp_path)
    known = words.languages, words.table
    for each in known:
        each.cache_clear()
    yield "xx"
    for each in known:
        each.cache_clear()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of a model of letters that was never trained."""
    tokenizer = Tokenizer.train(["ab ba.", "abc cba!", "aabb ccbb"] * 4, "char", 40)
    untrained = Seq2Seq(ModelConfig(vocabulary_size=len(tokenizer), embedding_size=8, hidden_size=8))
    path = tmp_path_factory.mktemp("checkpoints") / "tiny"
    save_checkpoint(Translator(untrained, tokenizer, "tiny"), path)
    return path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Types a text into the standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))
