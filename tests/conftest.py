"""Settings of the whole suite: one thread, reproducible hypothesis runs, GPU tests only where there is a GPU."""

import pytest
import torch
from hypothesis import HealthCheck, settings
from tiny import SENTENCES, model

from s2s_demo.text import Tokenizer
from s2s_demo.translator import Translator

torch.set_num_threads(1)
settings.register_profile(
    "suite", max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("suite")


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
