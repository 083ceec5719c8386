"""A question to the page: which text, which model, which strategy; as a form, a link or the API puts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

from s2s_demo.decoding import STRATEGIES, Strategy, strategy_from, strategy_settings
from s2s_demo.errors import SettingError
from s2s_demo.serving.catalogue import EXAMPLES
from s2s_demo.settings import Setting

DEFAULT_MODEL = "en-fr"
DEFAULT_STRATEGY = "beam"


@dataclass(frozen=True)
class Query:
    """What is asked; equal queries have equal answers, so answers can be kept."""

    text: str
    model: str
    strategy: Strategy


def offered() -> tuple[Setting, ...]:
    """The settings of strategies that a visitor may set: those of links, of the HTTP API and of forms, in order."""
    return tuple(each for each in strategy_settings() if not each.local)


LARGEST_BEAM = next(int(each.range(shared=True)[1]) for each in offered() if each.name == "beam_size")


@dataclass(frozen=True)
class Question:
    """A question as somebody put it; anybody may have sent it, so `query` checks it.

    `settings` are those of the strategies by public name, a missing one having its default.  Settings that the
    strategy chosen does not have do not matter to it.
    """

    text: str = EXAMPLES["en"][0]
    model: str = DEFAULT_MODEL
    strategy: str = DEFAULT_STRATEGY
    settings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, model: str, strategy: str, *settings: Any) -> "Question":
        """A question from its values in a row, the settings in the order in which they are `offered`."""
        names = (each.name for each in offered())
        return cls(text, model, strategy, dict(zip(names, settings, strict=True)))

    def values(self) -> tuple[Any, ...]:
        """The values in a row, as `of` takes them."""
        settings = (self.settings.get(each.name, each.default) for each in offered())
        return self.text, self.model, self.strategy, *settings

    def query(self) -> Query:
        """Raises SettingError when something impossible is asked."""
        if not isinstance(self.text, str):
            raise SettingError(f"the text is {type(self.text).__name__}, not a text; send a string")
        return Query(self.text, str(self.model), strategy_from(self.strategy, self.settings, shared=True))

    def to_link(self) -> dict[str, str]:
        """The query string of a link to this question: what differs from the defaults, and what another model reads."""
        link = {name: str(getattr(self, name)) for name in _WORDS if getattr(self, name) != getattr(Question, name)}
        if self.model != DEFAULT_MODEL:
            link = {"text": self.text, **link}
        set_ = ((each, self.settings.get(each.name, each.default)) for each in offered())
        return link | {each.link: plain(value) for each, value in set_ if value != each.default}

    @classmethod
    def from_link(cls, parameters: Mapping[str, str]) -> "Question":
        """The question a link asks; what is missing or impossible keeps its default."""
        question = cls(parameters.get("text", cls.text), parameters.get("model", cls.model))
        if parameters.get("strategy") in STRATEGIES:
            question = replace(question, strategy=parameters["strategy"])
        settings = {}
        for each in offered():
            try:
                if each.link in parameters:
                    settings[each.name] = each.read(parameters[each.link], shared=True)
            except SettingError:
                continue
        return replace(question, settings=settings)


def parameters_of(search: object) -> dict[str, str]:
    """What the part of an address after the question mark says."""
    return dict(parse_qsl(search.removeprefix("?"), max_num_fields=100)) if isinstance(search, str) else {}


def link_names() -> list[str]:
    """Every name that a link to a question, to a step of its answer, or of a question to a class may have.

    And of those of a link to a run, the two that have no prefix.
    """
    return [*_WORDS, *(each.link for each in offered()), *_OF_A_STEP, *_FIRST, *RUN_NAMES]


def plain(value: object) -> str:
    """A value as a link says it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


_WORDS = ("text", "model", "strategy")  # what a link may say besides settings
_OF_A_STEP = ("sentence", "hypothesis", "step", "edits")  # what a link to one step of the answer says besides
RUN_NAMES = ("task", "preset")  # what a link to a run says besides its settings (`run_link.py`)
_FIRST = ("ask", "at", "q")  # what a link asks before it shows anything: of which step, or in a teacher's words
