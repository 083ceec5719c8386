"""What every made task and every member of a registry keeps to."""

from collections.abc import Mapping
from functools import cache

import pytest

from s2s_demo.decoding import STRATEGIES
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.encoders import ENCODERS
from s2s_demo.model.front_ends import FRONT_ENDS
from s2s_demo.settings import own_settings
from s2s_demo.tasks import TASKS, make_task
from s2s_demo.tasks.corpora import Corpus
from s2s_demo.tasks.signals import SignalTask
from s2s_demo.text import Pair, Tokenizer, normalise
from s2s_demo.training.losses import LOSSES
from s2s_demo.training.optimisers import OPTIMISERS

REGISTRIES: list[Mapping[str, type]] = [ATTENTIONS, FRONT_ENDS, ENCODERS, DECODERS, STRATEGIES, OPTIMISERS, LOSSES]


# Tasks that are made here (the corpora need files; they and those of signals have their own tests)

MADE = [name for name in TASKS if not isinstance(make_task(name), (Corpus, SignalTask))]


Parts = tuple[list[Pair], list[Pair], list[Pair]]


@cache
def parts_of(name: str) -> Parts:
    """Training (one epoch), validation and test pairs of a task."""
    task = make_task(name)
    return task.train(1, 5), task.val(), task.test()


@pytest.mark.parametrize("name", MADE)
def test_a_task_is_the_same_for_the_same_seed(name: str) -> None:
    task = make_task(name)
    assert parts_of(name) == (task.train(1, 5), task.val(), task.test())


@pytest.mark.parametrize("name", MADE)
def test_the_parts_of_a_task_share_no_source(name: str) -> None:
    train, val, test = ({pair.source for pair in part} for part in parts_of(name))
    assert train
    assert val
    assert test
    assert not train & val
    assert not train & test
    assert not val & test


@pytest.mark.parametrize("name", MADE)
def test_the_tokenizer_of_a_task_writes_all_its_parts(name: str) -> None:
    train, val, test = parts_of(name)
    texts = [text for pair in train[:3000] for text in (pair.source, pair.target)]
    tokenizer = Tokenizer.train(texts, *make_task(name).tokenizer)
    for pair in [*train[:50], *val[:50], *test[:50]]:
        for text in (pair.source, pair.target):
            assert text == normalise(text)
            assert tokenizer.decode(tokenizer.encode(text)) == text


@pytest.mark.parametrize("name", MADE)
def test_a_task_shows_examples(name: str) -> None:
    examples = make_task(name).examples
    assert examples
    assert all(example.strip() for example in examples)


@pytest.mark.parametrize(
    "member",
    [member for registry in REGISTRIES for member in registry.values()],
    ids=lambda member: member.__name__,
)
def test_every_member_explains_itself(member: type) -> None:
    assert member.__doc__
    assert member.__doc__.strip()


@pytest.mark.parametrize(
    "member",
    [member for registry in [*REGISTRIES, TASKS] for member in registry.values()],
    ids=lambda member: str(member),
)
def test_every_setting_of_a_member_has_a_name_a_help_and_a_range_that_holds_its_default(member: object) -> None:
    for each in own_settings(member):
        assert each.what, each
        assert each.help, each
        assert not each.is_number or float("-inf") < each.low < each.high < float("inf"), each
        each.check(each.default)
        each.check(each.default, shared=True)
