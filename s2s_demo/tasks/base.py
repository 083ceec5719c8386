"""What every task promises: named sentence pairs, split three ways, the same for the same seed."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from s2s_demo.languages import language_of
from s2s_demo.text import Pair

LONGEST_SEQUENCE = 100  # tokens of one side; longer pairs are neither trained on nor judged


@dataclass(frozen=True)
class Task(ABC):
    """Something to learn: pairs of sentences to train on, to choose by, and to report on.

    The docstring of a task is its help text in the page.  `source_language` and `target_language`
    are two-letter codes, or "" where the task is not between human languages.
    """

    @property
    def source_language(self) -> str:
        return ""

    @property
    def target_language(self) -> str:
        return ""

    @property
    def signal(self) -> str:
        """What its sources are, one of SIGNALS, where they are no text; else ""."""
        return ""

    @property
    def tokenizer(self) -> tuple[str, int]:
        """The kind of tokenizer that suits the task, and its vocabulary size."""
        return "char", 1000

    @abstractmethod
    def train(self, epoch: int, seed: int) -> list[Pair]:
        """The pairs of one epoch; the same epoch and seed always give the same list."""

    @abstractmethod
    def val(self) -> list[Pair]:
        """Held-out pairs to choose by; a source that occurs several times has several references."""

    @abstractmethod
    def test(self) -> list[Pair]:
        """Held-out pairs to report on, once."""

    @property
    def notices(self) -> list[str]:
        """What whoever trains on it should know: what is left out because it is not here."""
        return []

    @property
    def examples(self) -> list[str]:
        """A few sources that show what the task is about; written by us."""
        return [pair.source for pair in self.val()[:3]]


class Bilingual(Task):
    """A task between two human languages: each kind has the fields `source` and `target`, tags or ""."""

    source: str
    target: str

    def __post_init__(self) -> None:
        _ = self.source_language, self.target_language  # an unknown one is refused before anything is learnt

    @property
    def source_language(self) -> str:
        return language_of(self.source).code

    @property
    def target_language(self) -> str:
        return language_of(self.target).code
