"""A sentence and what a model wrote for it, in the model's own numbers: everything in `explain` starts from here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import torch
from torch import Tensor

from s2s_demo.decoding import Beam, Strategy
from s2s_demo.errors import InputError, SettingError, check_whole
from s2s_demo.languages import language_of
from s2s_demo.model import Seq2Seq
from s2s_demo.reading import Reading
from s2s_demo.text import BOS, EOS, UNK, Row, Word, pad_sources, surface, words_of
from s2s_demo.translator import MAX_TOKENS, SentenceTranslation, Translator


@dataclass(frozen=True)
class Case:
    """One source sentence and one target for it, as token numbers that end in `<eos>`.

    Steps and words are numbered from 1, in `explain` and everywhere a visitor counts; `strategy` is how the target
    was found, and how a changed one goes on.
    """

    translator: Translator
    source: tuple[int, ...]
    written: tuple[int, ...]
    strategy: Strategy
    reading: Reading | None = field(default=None, compare=False, repr=False)  # where the source is no text

    @classmethod
    def of(
        cls, translator: Translator, sentence: SentenceTranslation, strategy: Strategy, hypothesis: int = 0
    ) -> "Case":
        """The case of one hypothesis of a translation that is there already."""
        number = {piece: i for i, piece in enumerate(sentence.pieces)}
        read, written = sentence.reading, tuple(number[token] for token in sentence.hypotheses[hypothesis].tokens)
        source = read.ids if read else tuple(number[token] for token in sentence.source.tokens)
        return cls(translator, source, written, strategy, read if translator.signal else None)

    @property
    def model(self) -> Seq2Seq:
        return self.translator.model

    @property
    def packed(self) -> Seq2Seq:
        """The same model as searches step with it: quicker, but without gradients."""
        return self.translator.packed

    @property
    def row(self) -> Row:
        """What the model reads, without the end."""
        return self.reading.row if self.reading else self.source[:-1]

    @property
    def source_pieces(self) -> Sequence[str]:
        """The tokens of the source by name."""
        return self.reading.tokens if self.reading else [self.translator.tokenizer.pieces[i] for i in self.source]

    @cached_property
    def source_words(self) -> tuple[Word, ...]:
        return words_of(self.reading.tokens) if self.reading else self.words(self.source)

    @cached_property
    def written_words(self) -> tuple[Word, ...]:
        return self.words(self.written)

    @property
    def spaced(self) -> bool:
        """Whether spaces divide what is written into words."""
        return not self.translator.by_letter and language_of(self.translator.target_language).spaced

    @property
    def limit(self) -> int:
        """The greatest number of steps that a search takes here."""
        return self.strategy.max_length or 2 * len(self.source) + 10

    def words(self, ids: Sequence[int]) -> tuple[Word, ...]:
        """The words of token numbers as a reader counts them: for a made task, each piece is one."""
        pieces = [self.translator.tokenizer.pieces[i] for i in ids]
        if not self.translator.by_letter:
            return words_of(pieces)
        return tuple(Word(surface([piece]), (place,)) for place, piece in enumerate(pieces))

    def text(self, ids: Sequence[int]) -> str:
        return self.translator.tokenizer.decode(ids)

    def writing(self, ids: Sequence[int]) -> "Case":
        """The same sentence with another target."""
        return replace(self, written=tuple(ids))

    def step_of(self, word: int) -> int:
        """The step at which a word of the target begins."""
        check_whole("number of the word", word, 1, len(self.written_words))
        return self.written_words[word - 1].positions[0] + 1

    def steps_of(self, step: int) -> tuple[int, ...]:
        """All steps of the word that is written at a step."""
        self.check_step(step)
        return next(
            tuple(place + 1 for place in word.positions) for word in self.written_words if step - 1 in word.positions
        )

    def check_step(self, step: int) -> None:
        check_whole("step", step, 1, len(self.written))

    def check_source_word(self, word: int) -> None:
        check_whole("number of the source word", word, 1, len(self.source_words))

    def tokens_of(self, text: str) -> list[int]:
        """What somebody typed, as token numbers without `<eos>`; InputError where the model cannot write it."""
        ids = self.translator.tokenizer.encode(text)
        if not ids:
            raise InputError("explain.nothing-typed")
        if UNK in ids:
            raise InputError("explain.cannot-write", text=text[:40], name=self.translator.name)
        if len(ids) >= MAX_TOKENS:
            raise InputError("explain.too-long", tokens=len(ids), most=MAX_TOKENS - 1)
        return ids

    @cached_property
    def batch(self) -> tuple[Tensor, Tensor]:
        """source and mask [1, S] on the model's device."""
        source, mask = pad_sources([self.row])
        return source.to(self.translator.device), mask.to(self.translator.device)

    @property
    def target_in(self) -> Tensor:
        """What the decoder reads before each step: [1, T]."""
        return torch.tensor([[BOS, *self.written[:-1]]], device=self.translator.device)


def open_case(
    translator: Translator, text: str, strategy: Strategy | None = None, *, sentence: int = 1, hypothesis: int = 1
) -> Case:
    """Translate a text and take one of its sentences, and one of that sentence's hypotheses."""
    strategy = strategy or Beam()
    sentences = translator.translate(text, strategy).sentences
    check_whole("number of the sentence", sentence, 1, len(sentences))
    check_whole("number of the hypothesis", hypothesis, 1, len(sentences[sentence - 1].hypotheses))
    return Case.of(translator, sentences[sentence - 1], strategy, hypothesis - 1)


def forced_case(case: Case, target: str) -> Case:
    """The same sentence with a target that somebody typed."""
    return case.writing([*case.tokens_of(target), EOS])


def heading(case: Case) -> dict[str, object]:
    """What a case is of, as a document about it begins: the model, the words that were read and that were written."""
    return {
        "model": case.translator.name,
        "source": {"text": case.text(case.source), "words": [word.text for word in case.source_words]},
        "translation": {"text": case.text(case.written), "words": [word.text for word in case.written_words]},
    }


def check_looks(case: Case) -> None:
    """Raise SettingError where the model has no attention to show or change."""
    if not case.model.looks:
        raise SettingError("explain.never-looks", name=case.translator.name)
