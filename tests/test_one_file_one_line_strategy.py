"""A strategy that is added at run time: in help, options, links and the HTTP API, with its settings."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
import torch
from pages import page
from tiny import found, opinionated
from torch import Tensor

from s2s_demo.cli import _parser, main
from s2s_demo.commands.options import strategy_of
from s2s_demo.decoding import STRATEGIES, Greedy, strategy_from
from s2s_demo.errors import SettingError
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question, offered
from s2s_demo.settings import setting
from s2s_demo.translator import Translator


@dataclass(frozen=True, kw_only=True)
class Contrary(Greedy):
    """Greedy, but every so often the likeliest word is taken for impossible, where there is another."""

    name: ClassVar[str] = "contrary"
    every: int = setting(2, low=1, high=9, shared=(1, 4), what="every", help="how many words between contradictions")

    def choose(self, log_probs: Tensor, totals: Tensor, step: int) -> Any:
        if (step + 1) % self.every == 0:
            others = log_probs.scatter(-1, log_probs.argmax(dim=-1, keepdim=True), float("-inf"))
            log_probs = torch.where(others.amax(dim=-1, keepdim=True) > float("-inf"), others, log_probs)
        return super().choose(log_probs, totals, step)


@pytest.fixture
def contrary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STRATEGIES, "contrary", Contrary)


@pytest.mark.usefixtures("contrary")
def test_a_strategy_stands_in_the_help_and_is_read_from_options(capsys):
    with pytest.raises(SystemExit):
        main(["translate", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert f"--strategy STRATEGY {', '.join(STRATEGIES)} (beam)" in text
    assert "--every N contrary: how many words between contradictions, 1 to 9 (2)" in text
    arguments = ["translate", "--strategy", "contrary", "--every", "3"]
    assert strategy_of(_parser(arguments).parse_args(arguments)) == Contrary(every=3)
    arguments[2] = "beam"
    with pytest.raises(SettingError, match="--every belongs to contrary, not to --strategy beam"):
        strategy_of(_parser(arguments).parse_args(arguments))


@pytest.mark.usefixtures("contrary")
def test_a_strategy_is_read_from_a_link_within_what_a_shared_server_allows():
    asked = Question(strategy="contrary", settings={"every": 3})
    assert asked.to_link() == {"strategy": "contrary", "every": "3"}
    assert Question.from_link(asked.to_link()).query().strategy == Contrary(every=3)
    assert Question.from_link({"strategy": "contrary", "every": "9"}).query().strategy == Contrary()
    with pytest.raises(SettingError, match="every is 9; it must lie between 1 and 4"):
        strategy_from("contrary", {"every": 9}, shared=True)


@pytest.mark.usefixtures("contrary")
def test_a_strategy_is_a_documented_parameter_of_the_http_api():
    described = page(Library()).get_api_info()["named_endpoints"]
    for endpoint in ("/translate", "/evaluate"):
        every = described[endpoint]["parameters"][-1]
        assert (every["parameter_name"], every["parameter_default"], every["type"]) == ("every", 2, {"type": "integer"})
        about = described[endpoint]["description"]
        assert "every: how many words between contradictions, 1 to 4 (contrary)." in about
        assert ", ".join(STRATEGIES) in about
    assert offered()[-1].name == "every"


@pytest.mark.usefixtures("contrary")
def test_a_strategy_translates_with_what_is_set(translator: Translator):
    texts = {
        found(opinionated(0), strategy_from("contrary", {"every": every}))[1][0].text.split()[0] for every in (1, 9)
    }
    assert len(texts) == 2  # the first word is contradicted, or not
    answered = translator.translate("A man.", strategy_from("contrary", {"every": 4})).to_json()
    assert answered["strategy"] == {"name": "contrary", "max_length": None, "every": 4}
