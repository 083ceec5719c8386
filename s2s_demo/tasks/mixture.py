"""What the shipped translators are trained on: all that there is for two languages, and what we wrote ourselves."""

import random
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from s2s_demo.settings import setting
from s2s_demo.tasks.augment import as_typed, vary
from s2s_demo.tasks.corpora import (
    HELD_OUT,
    MULTI30K_LANGUAGES,
    Corpus,
    Multi30k,
    Tatoeba,
    data_folder,
    held_out_part,
)
from s2s_demo.tasks.phrases import phrases
from s2s_demo.tasks.scenes import scenes
from s2s_demo.tasks.when import with_a_date
from s2s_demo.text import Pair, lines_of, normalise
from s2s_demo.words import say


@dataclass(frozen=True)
class Translation(Corpus):
    """Captions and everyday sentences together: what the shipped translators are trained on.

    Multi30k `captions` times, our own phrasebook `phrases` times and Tatoeba once an epoch, varied
    a little each time: other names and numbers, sometimes no capitals or no full stop, so that the
    model copes with what people type.  `synthetic` pairs an epoch come from
    `synthetic/<source>-<target>.tsv`: text of one language beside its translation by another model
    (back-translation, Sennrich et al. 2016), each pair taken in turn, as far as Tatoeba lets it be
    learnt.  A share `typed` of the sources is written as people in a hurry type.  With
    `phrasebook_first`, what our phrasebook translates is learnt from it alone, so that the corpus'
    other ways to say it do not blend with its own.  `scenes`
    pairs an epoch are captions made from templates of our own, for Chinese.  Sentences that say
    "yesterday" or "last year" come `dated` times more, with a date in its place.  `more` and `apart`
    are those of Tatoeba.
    """

    captions: int = setting(1, low=0, high=1000, what="captions", help="how often Multi30k comes in an epoch")
    phrases: int = setting(0, low=0, high=1000, what="phrases", help="how often our phrasebook comes in an epoch")
    varied: float = setting(0.3, low=0, high=1, what="share varied", help="of pairs, with other names and numbers")
    synthetic: int = setting(0, low=0, high=10**9, what="synthetic pairs", help="back-translated pairs in an epoch")
    typed: float = setting(0.0, low=0, high=1, what="share typed", help="of sources, written as people in a hurry type")
    phrasebook_first: bool = setting(False, what="phrasebook first", help="what it translates is learnt from it alone")
    scenes: int = setting(0, low=0, high=10**9, what="scenes", help="captions in English and Chinese in an epoch")
    dated: int = setting(
        0, low=0, high=1000, what="dated", help='how often what says "yesterday" comes again with a date'
    )
    more: bool = setting(False, what="further pairs", help="learn from those of the file eng-…-more.tsv.gz, too")
    apart: bool = setting(True, what="apart", help="learn from nothing that is all but a held-out sentence")

    @property
    def corpora(self) -> tuple[str, ...]:
        return tuple(name for part in self._parts if part for name in part.corpora)

    @cached_property
    def _parts(self) -> tuple[Corpus | None, Tatoeba]:
        both = {self.source, self.target} <= set(MULTI30K_LANGUAGES)
        captions = Multi30k(self.source, self.target) if both else None
        return captions, Tatoeba(self.source, self.target, more=self.more, apart=self.apart)

    def train(self, epoch: int, seed: int) -> list[Pair]:
        captions, everyday = self._parts
        chance = random.Random(f"{seed}/{epoch}/vary")
        pairs = everyday.train(epoch, seed)
        dated = [self._dated(pairs, chance) for _ in range(self.dated)]
        if self.phrasebook_first:
            settled = {pair.source for pair in self._phrases(chance)}
            pairs = [pair for pair in pairs if pair.source not in settled]
        pairs += captions.train(epoch, seed) * self.captions if captions else []
        pairs += [pair for _ in range(self.phrases) for pair in self._phrases(chance)]
        pairs += [pair for some in dated for pair in some]
        pairs += self._turn(epoch)
        pairs += [scenes(self.source, self.target, chance) for _ in range(self.scenes)]
        pairs = [vary(pair, chance) if chance.random() < self.varied else pair for pair in pairs]
        return [as_typed(pair, chance) if self.typed and chance.random() < self.typed else pair for pair in pairs]

    def _phrases(self, chance: random.Random) -> list[Pair]:
        """The phrasebook, but for English sentences that the corpus keeps for testing."""
        share = HELD_OUT[self.target if self.source == "en" else self.source]
        pairs = phrases(self.source, self.target, chance)
        english = [pair.source if self.source == "en" else pair.target for pair in pairs]
        return [pair for pair, text in zip(pairs, english, strict=True) if held_out_part(text, share) != "test"]

    def _dated(self, pairs: list[Pair], chance: random.Random) -> list[Pair]:
        some = (with_a_date(pair, self.source, self.target, chance) for pair in pairs)
        return [pair for pair in some if pair]

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
        further = self._parts[1].notices
        if not self.synthetic or self._synthetic_file.is_file():
            return further
        return [*further, say("notices.synthetic", path=self._synthetic_file, pairs=self.synthetic)]

    @cached_property
    def _synthetic(self) -> list[Pair]:
        path = self._synthetic_file
        if not path.is_file():
            return []
        rows = [line.split("\t") for line in lines_of(path.read_text(encoding="utf-8"))]
        pairs = [Pair(*map(normalise, row)) for row in rows if len(row) == 2 and all(map(str.strip, row))]
        return self._parts[1].learnable(pairs)

    def val(self) -> list[Pair]:
        captions, everyday = self._parts
        return (captions.val()[:500] if captions else []) + everyday.val()[:1000]

    def test(self) -> list[Pair]:
        captions, everyday = self._parts
        return (captions.test() if captions else []) + everyday.test()
