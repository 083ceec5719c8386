"""What tab Evaluate asks for: a model, a test set, a strategy."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from s2s_demo.errors import InputError, SettingError
from s2s_demo.evaluation import TestSet
from s2s_demo.languages import language_of
from s2s_demo.serving.query import Controls, Query
from s2s_demo.serving.visitors import Visitor
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate.sets import MOST_BYTES, shipped, uploaded
from s2s_demo.words import say

SETS = ("ours", "files")
STRATEGIES: Sequence[str] = ("greedy", "beam")  # those that are no matter of chance


class Form(NamedTuple):
    """The fields, as a browser sent them, or the components that hold them; checked when they are used."""

    model: Any = ""
    test_set: Any = "ours"
    source: Any = None
    references: Any = None
    strategy: Any = "beam"
    beam_size: Any = 5
    length_penalty: Any = 0.75

    def query(self) -> Query:
        """Model and strategy; SettingError when one of them is impossible."""
        if not self.model:
            raise SettingError("evaluate.no-model")
        settings = {"beam_size": self.beam_size, "length_penalty": self.length_penalty}
        return Controls("", self.model, self.strategy, **settings).query()

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
    source, target = (language_of(code).name for code in codes)
    return say("evaluate.pair", source=source, target=target)
