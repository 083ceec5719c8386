"""What the made tasks share: pairs come out of a seed, no file is read, some sources are kept hidden."""

import random
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from s2s_demo.settings import check_settings, setting
from s2s_demo.tasks.base import Task
from s2s_demo.tasks.corpora import held_out_part
from s2s_demo.text import Pair

TRIES = 20_000  # draws spent on filling the held-out lists; small worlds run dry before that


@dataclass(frozen=True, kw_only=True)
class MadeTask(Task):
    """A task whose pairs are made by a rule.

    An epoch is `per_epoch` fresh pairs.  Whatever shares its `secret` with a held-out pair never
    occurs in training, so that a good score means the rule was learnt, not the pairs.
    """

    per_epoch: int = setting(
        2000, low=1, high=1_000_000, what="number of pairs in an epoch", help="fresh pairs in each"
    )
    held_out: int = setting(
        500, low=1, high=10_000, what="number of held-out pairs", help="to judge by, and as many to report on"
    )
    share: ClassVar[float] = 0.1  # of all secrets in test, and again in val

    def __post_init__(self) -> None:
        check_settings(self)

    @abstractmethod
    def make(self, chance: random.Random) -> Pair:
        """Draw one pair."""

    def secret(self, pair: Pair) -> str:
        """What a pair must not have in common with a held-out pair; "" for pairs that are always shown."""
        return pair.source

    def links(self, pair: Pair) -> set[tuple[int, int]]:
        """The alignment to expect: (source character, target character), counted from 0.

        A target character may be linked with several, each of which is right, or with none.  Empty where the
        rule does not say which character comes from which.
        """
        return set()

    @property
    def own_examples(self) -> tuple[str, ...]:
        """Sources chosen by hand."""
        return ()

    @property
    def examples(self) -> list[str]:
        return list(self.own_examples)

    def part(self, pair: Pair) -> str:
        """ "train", "val" or "test", decided by the pair's secret alone."""
        secret = self.secret(pair)
        return held_out_part(secret, self.share) if secret else "train"

    def train(self, epoch: int, seed: int) -> list[Pair]:
        chance = random.Random(f"{seed}/{epoch}/{self!r}")
        pairs: list[Pair] = []
        while len(pairs) < self.per_epoch:
            pair = self.make(chance)
            if self.part(pair) == "train":
                pairs.append(pair)
        return pairs

    def val(self) -> list[Pair]:
        return list(self._hidden["val"])

    def test(self) -> list[Pair]:
        return list(self._hidden["test"])

    @cached_property
    def _hidden(self) -> dict[str, list[Pair]]:
        parts: dict[str, dict[str, Pair]] = {"val": {}, "test": {}}
        for pair in self._draws():
            chosen = parts.get(self.part(pair))
            if chosen is not None and len(chosen) < self.held_out:
                chosen.setdefault(pair.source, pair)
            if all(len(part) == self.held_out for part in parts.values()):
                break
        return {name: list(part.values()) for name, part in parts.items()}

    def _draws(self) -> Iterator[Pair]:
        chance = random.Random(f"held out/{self!r}")
        return (self.make(chance) for _ in range(TRIES))
