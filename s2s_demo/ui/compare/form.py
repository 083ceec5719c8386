"""What tab Compare asks for: one sentence, several models, several strategies."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from s2s_demo.decoding import STRATEGIES
from s2s_demo.errors import SettingError
from s2s_demo.serving.query import Query, Question

MOST_LANES = 8  # on the page; all kinds of attention fit side by side


class Form(NamedTuple):
    """The fields, as a browser sent them, or the components that hold them; `queries` checks them."""

    text: Any = Question.text
    models: Any = ()
    strategies: Any = ("greedy", "beam", "sampling")
    beam_size: Any = 5
    seed: Any = 0

    def queries(self) -> list[Query]:
        """One for each lane, model by model; raises SettingError when there are none or too many."""
        order = {name: place for place, name in enumerate(STRATEGIES)}
        models = _distinct(self.models)
        strategies = sorted(_distinct(self.strategies), key=lambda name: order.get(name, len(order)))
        if not models:
            raise SettingError("compare.no-model")
        if not strategies:
            raise SettingError("compare.no-strategy")
        lanes = len(models) * len(strategies)
        if lanes > MOST_LANES:
            counts = {"models": len(models), "strategies": len(strategies), "lanes": lanes}
            raise SettingError("compare.too-many", **counts, most=MOST_LANES)
        settings = {"beam_size": self.beam_size, "seed": self.seed}
        return [Question(self.text, model, name, settings).query() for model in models for name in strategies]


def _distinct(names: Any) -> Sequence[str]:
    return list(dict.fromkeys(map(str, names))) if isinstance(names, (list, tuple)) else []
