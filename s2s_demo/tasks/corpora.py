"""Corpora of human translations, read from a folder that a person filled (see `s2s-demo data`).

Nothing here touches the network.  The folder is `$S2S_DEMO_DATA`, else `~/.cache/s2s_demo/data`,
and holds `multi30k/{train,val,test_2016_flickr}.<language>.gz`, `tatoeba/eng-<language>.tsv.gz` and, where
somebody has further pairs of tatoeba.org, `tatoeba/eng-<language>-more.tsv.gz` in the same form.
"""

import gzip
import hashlib
import os
import random
import zlib
from abc import abstractmethod
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from s2s_demo.errors import DataError, check_choice
from s2s_demo.settings import setting
from s2s_demo.tasks.base import Bilingual
from s2s_demo.tasks.near import near_to
from s2s_demo.tasks.register import one_register
from s2s_demo.text import Pair, lines_of, normalise, simplified
from s2s_demo.words import say

MULTI30K_LANGUAGES = ("en", "de", "fr", "cs")
TATOEBA_LANGUAGES = {"fr": "fra", "de": "deu", "zh": "cmn"}
HELD_OUT = {"fr": 0.01, "de": 0.01, "zh": 0.04}  # share of English sentences in test, and again in val


def data_folder() -> Path:
    """Where corpora are looked for."""
    return Path(os.environ.get("S2S_DEMO_DATA") or Path.home() / ".cache" / "s2s_demo" / "data")


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise DataError("corpus.missing", name=path.name, folder=path.parent, corpus=path.parent.name)
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return lines_of(stream.read())
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DataError("corpus.unreadable", path=path, why=error) from error


@dataclass(frozen=True)
class Corpus(Bilingual):
    """Pairs between two human languages, from the `corpora` of these names."""

    source: str = "en"
    target: str = "fr"

    @property
    @abstractmethod
    def corpora(self) -> tuple[str, ...]: ...

    @property
    def tokenizer(self) -> tuple[str, int]:
        return "bpe", 8000


@dataclass(frozen=True)
class Multi30k(Corpus):
    """Image captions in English, German, French and Czech: 29,000 pairs (Elliott et al. 2016, 2017)."""

    corpora = ("multi30k",)

    def __post_init__(self) -> None:
        for language in (self.source, self.target):
            check_choice("language of Multi30k", language, MULTI30K_LANGUAGES)

    def _pairs(self, part: str) -> list[Pair]:
        sides = [_lines(data_folder() / "multi30k" / f"{part}.{code}.gz") for code in (self.source, self.target)]
        if len(sides[0]) != len(sides[1]):
            lines = dict(zip(("source_lines", "target_lines"), map(len, sides), strict=True))
            raise DataError("corpus.uneven", part=part, source=self.source, target=self.target, **lines)
        return [Pair(normalise(s), normalise(t)) for s, t in zip(*sides, strict=True) if s.strip() and t.strip()]

    @cached_property
    def _train(self) -> list[Pair]:
        return self._pairs("train")

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return self._train

    def val(self) -> list[Pair]:
        return self._pairs("val")

    def test(self) -> list[Pair]:
        return self._pairs("test_2016_flickr")


@dataclass(frozen=True)
class Tatoeba(Corpus):
    """Everyday sentences from tatoeba.org, as packed by ManyThings (CC BY 2.0 FR).

    Split by a hash of the English sentence, so that all translations of one sentence fall on one
    side, in this and in later releases.  An epoch takes at most `per_sentence` translations of
    each source sentence.  With `more`, the further pairs are learnt from, too; they are never tested on.
    With `apart`, nothing is learnt from that is all but a held-out sentence.  Chinese is learnt in
    simplified characters.
    """

    corpora = ("tatoeba",)
    per_sentence: int = setting(2, low=1, high=1000, what="translations of a sentence", help="in an epoch, at most")
    more: bool = setting(False, what="further pairs", help="learn from those of the file eng-…-more.tsv.gz, too")
    apart: bool = setting(True, what="apart", help="learn from nothing that is all but a held-out sentence")

    def __post_init__(self) -> None:
        if self.source != "en" and self.target != "en":
            raise DataError("corpus.without-english", source=self.source, target=self.target)
        check_choice("language of Tatoeba beside English", self._other, TATOEBA_LANGUAGES)

    @property
    def _other(self) -> str:
        return self.target if self.source == "en" else self.source

    @cached_property
    def _split(self) -> dict[str, list[Pair]]:
        parts: dict[str, list[Pair]] = {"train": [], "val": [], "test": []}
        for english, other in _tatoeba(self._other):
            pair = Pair(english, other) if self.source == "en" else Pair(other, english)
            parts[held_out_part(english, HELD_OUT[self._other])].append(pair)
        return parts

    @cached_property
    def _learnt(self) -> list[Pair]:
        """What may be learnt from: nothing that is held out, nor, with `apart`, what is all but that."""
        pairs = self._split["train"]
        if self.more:
            share = HELD_OUT[self._other]
            further = [pair for pair in _tatoeba(self._other, more=True) if held_out_part(pair[0], share) == "train"]
            pairs = pairs + [Pair(*(pair if self.source == "en" else pair[::-1])) for pair in further]
        hidden = {pair.source for pair in self._held_out}
        return self.learnable([pair for pair in pairs if pair.source not in hidden])

    @property
    def _held_out(self) -> list[Pair]:
        return [*self._split["val"], *self._split["test"]]

    def learnable(self, pairs: list[Pair]) -> list[Pair]:
        """Those of the pairs, of whatever origin, that are not all but held out, with `apart`; as they are learnt."""
        if self.apart:
            for side, language in (("source", self.source), ("target", self.target)):
                near = near_to((getattr(pair, side) for pair in self._held_out), language)
                pairs = [pair for pair in pairs if not near(getattr(pair, side))]
        if self._other == "zh":
            pairs = [Pair(simplified(pair.source), simplified(pair.target)) for pair in pairs]
        return list(dict.fromkeys(pairs))

    @cached_property
    def _by_source(self) -> list[tuple[str, list[str]]]:
        translations: defaultdict[str, list[str]] = defaultdict(list)
        for pair in self._learnt:
            translations[pair.source].append(pair.target)
        return [(source, one_register(targets, self.target)) for source, targets in translations.items()]

    def train(self, epoch: int, seed: int) -> list[Pair]:
        chance = random.Random(f"{seed}/{epoch}/tatoeba")
        return [
            Pair(source, target)
            for source, targets in self._by_source
            for target in (targets if len(targets) <= self.per_sentence else chance.sample(targets, self.per_sentence))
        ]

    @property
    def notices(self) -> list[str]:
        path = _more_file(self._other)
        return [say("notices.further", path=path)] if self.more and not path.is_file() else []

    def val(self) -> list[Pair]:
        return self._split["val"]

    def test(self) -> list[Pair]:
        return self._split["test"]


def _more_file(language: str) -> Path:
    return data_folder() / "tatoeba" / f"eng-{TATOEBA_LANGUAGES[language]}-more.tsv.gz"


@lru_cache(maxsize=4)
def _tatoeba(language: str, more: bool = False) -> list[tuple[str, str]]:
    """(English, other) of every distinct pair, normalised; with `more`, of the further ones, if they are here."""
    path = _more_file(language) if more else data_folder() / "tatoeba" / f"eng-{TATOEBA_LANGUAGES[language]}.tsv.gz"
    if more and not path.is_file():
        return []
    pairs = ((normalise(cells[0]), normalise(cells[1])) for row in _lines(path) if len(cells := row.split("\t")) >= 2)
    return list(dict.fromkeys(pair for pair in pairs if all(pair)))


def held_out_part(sentence: str, share: float) -> str:
    """ "test", "val" or "train", by a hash of the sentence alone."""
    digest = hashlib.sha256(normalise(sentence).casefold().encode()).digest()
    place = int.from_bytes(digest[:8], "big") / 2**64
    return "test" if place < share else "val" if place < 2 * share else "train"
