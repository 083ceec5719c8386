"""From a sentence to numbers and back: one way of writing, subwords, batches.

This file knows SentencePiece and nothing of models, tasks or pages.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import sentencepiece
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.errors import DataError, InputError, check_choice

PAD, UNK, BOS, EOS = 0, 1, 2, 3
SPECIAL = ("<pad>", "<unk>", "<bos>", "<eos>")
TOKENIZER_KINDS = ("bpe", "unigram", "char", "word")
SPACE = "\u2581"  # SentencePiece's mark for "a word starts here"

_ONE_FORM = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\ufeff\u200b\u200c\u2060", None),  # invisible
        SPACE: "_",
    }
)


@dataclass(frozen=True)
class Pair:
    """A sentence and its translation, as plain text."""

    source: str
    target: str


def normalise(text: str) -> str:
    """One way of writing: NFC, plain quotes and hyphens, one space between words, none outside.

    Case, punctuation and everything a reader would miss stay as they are.
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_ONE_FORM))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:(?:[A-Z]\. ?)*[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|approx"
    r"|Mme|Mlle|env|z\. ?B|d\. ?h|u\. ?a|Nr|Hr|Fr|bzw|ca|ggf|evtl"
    r"|(?i:(?<!\bI )am|im|vom|zum|zur|de[rmns]|das|die) \d\d?)\.$"  # German "am 3. Mai", "im 2. Stock"
)
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(\[¿¡]*[^\W\d_a-zß-öø-ÿ]|[\"'(\[]*\d)|(?<=[。！？])\s*(?=\S)"
)


def split_sentences(text: str) -> list[str]:
    """Split what a person typed into sentences; each line is at least one sentence.

    A full stop ends a sentence when a capital, a digit or a new line follows; titles, initials and
    German ordinals ("Dr. Who", "J. P. Smith", "am 3. Mai") do not.  Sentences come back normalised,
    empty ones are dropped.
    """
    sentences: list[str] = []
    for line in text.splitlines():
        line, start = normalise(line), 0
        for gap in _SENTENCE_END.finditer(line):
            if not _ABBREVIATION.search(line[start : gap.start()]):
                sentences.append(line[start : gap.end()].strip())
                start = gap.end()
        sentences.append(line[start:].strip())
    return [sentence for sentence in sentences if sentence]


def typeset(text: str, language: str) -> str:
    """The typographer's form for display; French puts a narrow no-break space before ? ! : ;"""
    if language != "fr":
        return text
    text = re.sub(r"\s*([?!;:])(?=\s|$|[?!\"])", "\u202f\\1", text)
    return re.sub("(?<=[?!])\u202f(?=[?!])", "", text)


class Tokenizer:
    """Sentences <-> piece numbers, for both languages of a model, by a SentencePiece model.

    `bpe` and `unigram` fall back to bytes for characters they never saw, so that every normalised
    text survives a round trip; `char` and `word` write `<unk>` for those.
    """

    def __init__(self, model: bytes) -> None:
        try:
            self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        except Exception as error:  # SentencePiece raises bare RuntimeErrors
            raise DataError(f"this is not a SentencePiece model ({len(model)} bytes): {error}") from error
        self.model = model
        specials = tuple(self._processor.id_to_piece(i) for i in range(min(4, len(self))))
        if specials != SPECIAL:
            raise DataError(f"a tokenizer must start with the pieces {SPECIAL}; this one has {specials}")
        self.pieces = [self._processor.id_to_piece(i) for i in range(len(self))]

    @classmethod
    def train(cls, sentences: Iterable[str], kind: str = "bpe", vocabulary_size: int = 8000) -> "Tokenizer":
        """Learn a vocabulary of at most `vocabulary_size` pieces; the same text gives the same pieces."""
        check_choice("tokenizer", kind, TOKENIZER_KINDS)
        stream = io.BytesIO()
        try:
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=iter([normalise(sentence) for sentence in sentences]),
                model_writer=stream,
                model_type=kind,
                vocab_size=vocabulary_size,
                hard_vocab_limit=False,
                use_all_vocab=kind in ("char", "word"),
                character_coverage=1.0,
                byte_fallback=kind in ("bpe", "unigram"),
                normalization_rule_name="identity",
                pad_id=PAD,
                unk_id=UNK,
                bos_id=BOS,
                eos_id=EOS,
                pad_piece=SPECIAL[PAD],
                unk_piece=SPECIAL[UNK],
                bos_piece=SPECIAL[BOS],
                eos_piece=SPECIAL[EOS],
                num_threads=1,
                minloglevel=2,
            )
        except RuntimeError as error:
            raise DataError(f"no {kind} vocabulary of {vocabulary_size} pieces can be learnt here: {error}") from error
        return cls(stream.getvalue())

    def __len__(self) -> int:
        return int(self._processor.get_piece_size())

    def encode(self, text: str) -> list[int]:
        """Piece numbers of a text, without `<bos>` and `<eos>`."""
        return list(self._processor.encode(normalise(text)))

    def decode(self, ids: Sequence[int]) -> str:
        """The text of piece numbers; special pieces write nothing, except `<unk>` (as ⁇)."""
        return normalise(self._processor.decode([i for i in ids if i not in (PAD, BOS, EOS)]))


@dataclass(frozen=True)
class Word:
    """A word as shown, and the positions of its pieces."""

    text: str
    positions: tuple[int, ...]


def words_of(pieces: Sequence[str]) -> tuple[Word, ...]:
    """Group pieces into words, for people who want to see words.

    A piece that starts with a space starts a word; so do punctuation after a letter and `<eos>`,
    so that "ladder." shows as two words.  Writing without spaces falls apart into its pieces.
    """
    groups: list[list[int]] = []
    word = ""
    for position, piece in enumerate(pieces):
        if not groups or _starts_word(piece, word):
            groups.append([])
            word = ""
        groups[-1].append(position)
        word += piece
    return tuple(Word(surface([pieces[i] for i in group]), tuple(group)) for group in groups)


def surface(pieces: Sequence[str]) -> str:
    """How pieces are shown: without space marks, bytes as the characters they spell."""
    written = b""
    for piece in pieces:
        byte = _BYTE.fullmatch(piece)
        text = "</s>" if piece == SPECIAL[EOS] else piece.replace(SPACE, " ")
        written += bytes([int(byte[1], 16)]) if byte else text.encode()
    return written.decode(errors="replace").strip() or "\u2423"


def by_word(alignment: NDArray[np.float32], source: Sequence[Word], target: Sequence[Word]) -> NDArray[np.float32]:
    """An alignment of pieces [T, S] as one of words: summed over a source word's pieces, averaged over a target word's.

    Rows keep their sum.
    """
    columns = np.stack([alignment[:, list(word.positions)].sum(axis=1) for word in source], axis=1)
    return np.stack([columns[list(word.positions)].mean(axis=0) for word in target])


_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
_ELISION = re.compile(rf"{SPACE}?(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")


def _starts_word(piece: str, word: str) -> bool:
    """Whether a piece begins a new word after the pieces `word`."""
    if piece.startswith(SPACE) or piece in SPECIAL or word in SPECIAL:
        return True
    if word == SPACE or _BYTE.fullmatch(piece):
        return False
    head, tail = piece[0], word[-1]
    if _UNSPACED.match(head) or _UNSPACED.match(tail):
        return True
    if head.isalnum():
        return bool(_ELISION.fullmatch(word))  # l' | homme, but not don't
    return head not in "'-" and tail not in "'-"


@dataclass(frozen=True)
class Batch:
    """Token numbers of B sentence pairs; masks are True on real tokens.

    source [B, S] ends in `<eos>`; target_in [B, T] starts with `<bos>`; target_out [B, T] ends in
    `<eos>`: what the decoder should say after having read target_in up to the same position.
    """

    source: Tensor
    source_mask: Tensor
    target_in: Tensor
    target_out: Tensor
    target_mask: Tensor

    @classmethod
    def of(cls, pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> "Batch":
        """Pad encoded pairs (without special tokens) into one batch."""
        source, source_mask = pad([[*s, EOS] for s, _ in pairs])
        target_in, target_mask = pad([[BOS, *t] for _, t in pairs])
        target_out, _ = pad([[*t, EOS] for _, t in pairs])
        return cls(source, source_mask, target_in, target_out, target_mask)

    def to(self, device: torch.device) -> "Batch":
        return replace(self, **{name: value.to(device) for name, value in vars(self).items()})


def pad(sequences: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Sequences of different lengths as one matrix [B, S] and its mask [B, S], True on real tokens."""
    if not sequences or not all(sequences):
        raise InputError("a batch needs at least one sentence, and every sentence at least one token")
    lengths = torch.tensor([len(sequence) for sequence in sequences])
    padded = torch.full((len(sequences), int(lengths.max())), PAD)
    for row, sequence in zip(padded, sequences, strict=True):
        row[: len(sequence)] = torch.tensor(sequence)
    return padded, torch.arange(padded.shape[1]) < lengths[:, None]


def bucket(
    pairs: Sequence[tuple[Sequence[int], Sequence[int]]], tokens: int, generator: torch.Generator
) -> Iterator[list[int]]:
    """Group the indices of encoded pairs into batches of about `tokens` target tokens.

    All sources of a batch have exactly the same length and its targets nearly so, which wastes
    next to nothing on padding; the batches come in random order.
    """
    noise = torch.rand(len(pairs), generator=generator).tolist()
    order = sorted(range(len(pairs)), key=lambda i: (len(pairs[i][0]), len(pairs[i][1]) + 2 * noise[i], noise[i]))
    batches: list[list[int]] = []
    width = 0
    for i in order:
        width = max(width, len(pairs[i][1]) + 1)
        same = batches and len(pairs[batches[-1][0]][0]) == len(pairs[i][0])
        if not same or width * (len(batches[-1]) + 1) > tokens:
            batches.append([])
            width = len(pairs[i][1]) + 1
        batches[-1].append(i)
    for j in torch.randperm(len(batches), generator=generator).tolist():
        yield batches[j]
