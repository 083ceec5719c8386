"""What tab Evaluate asks for: a model, a test set, a strategy."""

from typing import Any, NamedTuple

from s2s_demo.decoding import STRATEGIES
from s2s_demo.errors import InputError, SettingError
from s2s_demo.evaluation import TestSet
from s2s_demo.serving.names import language_name
from s2s_demo.serving.query import Query, Question, offered
from s2s_demo.serving.visitors import Visitor
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate.sets import MOST_BYTES, shipped, uploaded
from s2s_demo.words import say

SETS = ("ours", "files")


def strategies() -> list[str]:
    """Those that are no matter of chance, and quick enough for many sentences."""
    by_chance = {name for each in offered() if each.name == "seed" for name in each.members}
    return [name for name, kind in STRATEGIES.items() if name not in by_chance and not kind.takes_its_time]


def strategy_fields() -> list[str]:
    """The public names of their settings, in the order of the form."""
    return [each.name for each in offered() if set(each.members) & set(strategies())]


class Form(NamedTuple):
    """The fields, as a browser sent them, or the components that hold them; checked when they are used."""

    model: Any = ""
    test_set: Any = "ours"
    source: Any = None
    references: Any = None
    strategy: Any = "beam"
    settings: tuple[Any, ...] = ()

    @classmethod
    def of(cls, *values: Any) -> "Form":
        """The form from its values in a row."""
        model, test_set, source, references, strategy, *settings = values
        return cls(model, test_set, source, references, strategy, tuple(settings))

    def query(self) -> Query:
        """Model and strategy; SettingError when one of them is impossible."""
        if not self.model:
            raise SettingError("evaluate.no-model")
        settings = dict(zip(strategy_fields(), self.settings, strict=False))
        return Question("", self.model, self.strategy, settings).query()

    def chosen_set(self, translator: Translator, visitor: Visitor) -> TestSet:
        """What to translate; files are those that the visitor brought."""
        if self.test_set not in SETS:
            raise SettingError("evaluate.unknown-set", given=self.test_set, sets=", ".join(SETS))
        if self.test_set == "files":
            return uploaded(self.source, self.references, lambda path: visitor.content(path, MOST_BYTES))
        found = shipped(translator)
        if found is None:
            raise InputError("evaluate.no-set", pair=pair_of(translator))
        return found


def pair_of(translator: Translator) -> str:
    """Which languages a model reads and writes, in words."""
    codes = (translator.source_language, translator.target_language)
    if not all(codes):
        return say("evaluate.this-model")
    source, target = (language_name(code) for code in codes)
    return say("evaluate.pair", source=source, target=target)
