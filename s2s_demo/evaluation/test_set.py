"""What is evaluated on: sources, and for each of them one or more references."""

from collections.abc import Sequence
from dataclasses import dataclass

from s2s_demo.errors import DataError
from s2s_demo.text import Pair


@dataclass(frozen=True)
class TestSet:
    """Sources, and for each of them one or more references."""

    name: str
    sources: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]

    __test__ = False  # not a test, whatever pytest thinks of the name

    def __post_init__(self) -> None:
        if not self.sources or len(self.sources) != len(self.references):
            raise DataError(
                "test-set.uneven", name=self.name, sources=len(self.sources), references=len(self.references)
            )

    @classmethod
    def of(cls, name: str, pairs: Sequence[Pair], at_most: int | None = None) -> "TestSet":
        """Pairs that share a source become one sentence with several references.

        Of more than `at_most` sentences as many are taken at even distances: corpora come sorted by length.
        """
        references: dict[str, list[str]] = {}
        for pair in pairs:
            references.setdefault(pair.source, []).append(pair.target)
        sources = list(references)
        if at_most and len(sources) > at_most:
            sources = [sources[i * len(sources) // at_most] for i in range(at_most)]
        return cls(name, tuple(sources), tuple(tuple(references[source]) for source in sources))
