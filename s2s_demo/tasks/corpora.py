"""Corpora of human translations, read from a folder that a person filled (see `s2s-demo data`).

Nothing here touches the network.  The folder is `$S2S_DEMO_DATA`, else `~/.cache/s2s_demo/data`,
and holds `multi30k/{train,val,test_2016_flickr}.<language>.gz` and `tatoeba/eng-<language>.tsv.gz`.
"""

import gzip
import hashlib
import os
import random
import zlib
from abc import abstractmethod
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from s2s_demo.errors import DataError, check_choice
from s2s_demo.settings import setting
from s2s_demo.tasks.augment import as_typed, vary
from s2s_demo.tasks.base import Bilingual
from s2s_demo.tasks.phrases import phrases
from s2s_demo.text import Pair, lines_of, normalise
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
    each source sentence.
    """

    corpora = ("tatoeba",)
    per_sentence: int = setting(2, low=1, high=1000, what="translations of a sentence", help="in an epoch, at most")

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
        hidden = {pair.source for part in ("val", "test") for pair in parts[part]}
        parts["train"] = [pair for pair in parts["train"] if pair.source not in hidden]
        return parts

    @cached_property
    def _by_source(self) -> list[tuple[str, list[str]]]:
        translations: defaultdict[str, list[str]] = defaultdict(list)
        for pair in self._split["train"]:
            translations[pair.source].append(pair.target)
        return [(source, one_register(targets, self.target)) for source, targets in translations.items()]

    def train(self, epoch: int, seed: int) -> list[Pair]:
        chance = random.Random(f"{seed}/{epoch}/tatoeba")
        return [
            Pair(source, target)
            for source, targets in self._by_source
            for target in (targets if len(targets) <= self.per_sentence else chance.sample(targets, self.per_sentence))
        ]

    def val(self) -> list[Pair]:
        return self._split["val"]

    def test(self) -> list[Pair]:
        return self._split["test"]


@dataclass(frozen=True)
class Translation(Corpus):
    """Captions and everyday sentences together: what the shipped translators are trained on.

    Multi30k `captions` times, our own phrasebook `phrases` times and Tatoeba once an epoch, varied
    a little each time: other names and numbers, sometimes no capitals or no full stop, so that the
    model copes with what people type.  `synthetic` pairs an epoch come from
    `synthetic/<source>-<target>.tsv`: text of one language beside its translation by another model
    (back-translation, Sennrich et al. 2016), each pair taken in turn.  A share `typed` of the sources
    is written as people in a hurry type.  With `phrasebook_first`, what our phrasebook translates is
    learnt from it alone, so that the corpus' other ways to say it do not blend with its own.
    """

    captions: int = setting(1, low=0, high=1000, what="captions", help="how often Multi30k comes in an epoch")
    phrases: int = setting(0, low=0, high=1000, what="phrases", help="how often our phrasebook comes in an epoch")
    varied: float = setting(0.3, low=0, high=1, what="share varied", help="of pairs, with other names and numbers")
    synthetic: int = setting(0, low=0, high=10**9, what="synthetic pairs", help="back-translated pairs in an epoch")
    typed: float = setting(0.0, low=0, high=1, what="share typed", help="of sources, written as people in a hurry type")
    phrasebook_first: bool = setting(False, what="phrasebook first", help="what it translates is learnt from it alone")

    @property
    def corpora(self) -> tuple[str, ...]:
        return tuple(name for part in self._parts if part for name in part.corpora)

    @cached_property
    def _parts(self) -> tuple[Corpus | None, Tatoeba]:
        both = {self.source, self.target} <= set(MULTI30K_LANGUAGES)
        captions = Multi30k(self.source, self.target) if both else None
        return captions, Tatoeba(self.source, self.target)

    def train(self, epoch: int, seed: int) -> list[Pair]:
        captions, everyday = self._parts
        chance = random.Random(f"{seed}/{epoch}/vary")
        pairs = everyday.train(epoch, seed)
        if self.phrasebook_first:
            settled = {pair.source for pair in self._phrases(chance)}
            pairs = [pair for pair in pairs if pair.source not in settled]
        pairs += captions.train(epoch, seed) * self.captions if captions else []
        pairs += [pair for _ in range(self.phrases) for pair in self._phrases(chance)]
        pairs += self._turn(epoch)
        pairs = [vary(pair, chance) if chance.random() < self.varied else pair for pair in pairs]
        return [as_typed(pair, chance) if self.typed and chance.random() < self.typed else pair for pair in pairs]

    def _phrases(self, chance: random.Random) -> list[Pair]:
        """The phrasebook, but for English sentences that the corpus keeps for testing."""
        share = HELD_OUT[self.target if self.source == "en" else self.source]
        pairs = phrases(self.source, self.target, chance)
        english = [pair.source if self.source == "en" else pair.target for pair in pairs]
        return [pair for pair, text in zip(pairs, english, strict=True) if held_out_part(text, share) != "test"]

    def _turn(self, epoch: int) -> list[Pair]:
        if not self.synthetic or not self._synthetic:
            return []
        turns = max(1, round(len(self._synthetic) / self.synthetic))
        return self._synthetic[epoch % turns :: turns]

    @property
    def _synthetic_file(self) -> Path:
        return data_folder() / "synthetic" / f"{self.source}-{self.target}.tsv"

    @property
    def notices(self) -> list[str]:
        if not self.synthetic or self._synthetic_file.is_file():
            return []
        return [say("notices.synthetic", path=self._synthetic_file, pairs=self.synthetic)]

    @cached_property
    def _synthetic(self) -> list[Pair]:
        path = self._synthetic_file
        if not path.is_file():
            return []
        rows = [line.split("\t") for line in lines_of(path.read_text(encoding="utf-8"))]
        return [Pair(*map(normalise, row)) for row in rows if len(row) == 2 and all(map(str.strip, row))]

    def val(self) -> list[Pair]:
        captions, everyday = self._parts
        return (captions.val()[:500] if captions else []) + everyday.val()[:1000]

    def test(self) -> list[Pair]:
        captions, everyday = self._parts
        return (captions.test() if captions else []) + everyday.test()


@lru_cache(maxsize=3)
def _tatoeba(language: str) -> list[tuple[str, str]]:
    """(English, other) of every distinct pair, normalised."""
    rows = _lines(data_folder() / "tatoeba" / f"eng-{TATOEBA_LANGUAGES[language]}.tsv.gz")
    pairs = ((normalise(cells[0]), normalise(cells[1])) for row in rows if len(cells := row.split("\t")) >= 2)
    return list(dict.fromkeys(pair for pair in pairs if all(pair)))


def held_out_part(sentence: str, share: float) -> str:
    """ "test", "val" or "train", by a hash of the sentence alone."""
    digest = hashlib.sha256(normalise(sentence).casefold().encode()).digest()
    place = int.from_bytes(digest[:8], "big") / 2**64
    return "test" if place < share else "val" if place < 2 * share else "train"


_FAMILIAR = frozenset("tu te t' toi ton ta tes".split())
_POLITE = frozenset("vous votre vos".split())


def register(french: str) -> str:
    """ "tu", "vous" or "" (neither, or both) for a French sentence."""
    words = Counter(french.lower().replace("'", "' ").replace("-", " ").strip(" .!?").split())
    familiar, polite = bool(_FAMILIAR & words.keys()), bool(_POLITE & words.keys())
    polite = polite or any(word.endswith("ez") and word not in ("chez", "assez", "nez", "rez") for word in words)
    return "" if familiar == polite else "tu" if familiar else "vous"


def one_register(translations: list[str], language: str) -> list[str]:
    """Where a French sentence exists with tu and with vous, keep vous: a model that saw both mixes them."""
    if language != "fr" or not any(register(text) == "vous" for text in translations):
        return translations
    return [text for text in translations if register(text) != "tu"]
