"""Sentences <-> piece numbers.  Knows SentencePiece and nothing of models, tasks or pages."""

import io
import re
from collections.abc import Iterable, Sequence

import sentencepiece

from s2s_demo.errors import DataError, check_choice, check_range
from s2s_demo.text.writing import normalise

PAD, UNK, BOS, EOS = 0, 1, 2, 3
SPECIAL = ("<pad>", "<unk>", "<bos>", "<eos>")
TOKENIZER_KINDS = ("bpe", "unigram", "char", "word")
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


def byte_of(piece: str) -> int | None:
    """The byte that a piece stands for; None where it is text."""
    byte = _BYTE.fullmatch(piece)
    return int(byte[1], 16) if byte else None


class Tokenizer:
    """Sentences <-> piece numbers, for both languages of a model, by a SentencePiece model.

    `bpe` and `unigram` fall back to bytes for characters they never saw, so that every normalised
    text survives a round trip; `char` and `word` write `<unk>` for those.
    """

    def __init__(self, model: bytes) -> None:
        try:
            self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        except Exception as error:  # SentencePiece raises bare RuntimeErrors
            raise DataError("tokenizer.no-model", bytes=len(model), why=error) from error
        self.model = model
        specials = tuple(self._processor.id_to_piece(i) for i in range(min(4, len(self))))
        if specials != SPECIAL:
            raise DataError("tokenizer.other-specials", needed=SPECIAL, found=specials)
        self.pieces = [self._processor.id_to_piece(i) for i in range(len(self))]

    @classmethod
    def train(cls, sentences: Iterable[str], kind: str = "bpe", vocabulary_size: int = 8000) -> "Tokenizer":
        """Learn a vocabulary of at most `vocabulary_size` pieces; the same text gives the same pieces."""
        check_choice("tokenizer", kind, TOKENIZER_KINDS)
        check_range("vocabulary size in pieces", vocabulary_size, 1, 200_000)
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
            raise DataError("tokenizer.not-learnt", kind=kind, pieces=vocabulary_size, why=error) from error
        return cls(stream.getvalue())

    def __len__(self) -> int:
        return int(self._processor.get_piece_size())

    def encode(self, text: str) -> list[int]:
        """Piece numbers of a text, without `<bos>` and `<eos>`."""
        return list(self._processor.encode(normalise(text)))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where each piece of a normalised text stands in it (start, end); a byte stands for its whole character."""
        spans: list[tuple[int, int]] = []
        at, pending = -1, 0  # -1: the space that SentencePiece sets in front; pending: bytes of a character to come
        for piece in self._processor.encode(text, out_type=str):
            if byte_of(piece) is None:
                spans.append((max(at, 0), at + len(piece)))
                at += len(piece)
                continue
            pending = (pending or len(text[at].encode())) - 1
            spans.append((at, at + 1))
            at += not pending
        return spans

    def decode(self, ids: Sequence[int]) -> str:
        """The text of piece numbers; special pieces write nothing, except `<unk>` (as ⁇)."""
        return normalise(self._processor.decode([i for i in ids if i not in (PAD, BOS, EOS)]))
