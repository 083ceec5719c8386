"""Where a model looks while it writes given sentences: in words, or for a made task in characters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.alignment.words import CHARACTER, overlap
from s2s_demo.decoding import forced_log_probs
from s2s_demo.errors import DataError, SettingError
from s2s_demo.reading import source_encoder
from s2s_demo.text import Batch, Pair, Row, normalise, split_words
from s2s_demo.translator import MAX_TOKENS, Translator

AT_ONCE = 50  # sentences in a batch


@dataclass(frozen=True)
class WordAlignment:
    """Where a model looked while it wrote a given sentence.

    weights [T, S + 1]: row = target word, column = source word, the last column `<eos>`.  There is no
    row for `<eos>`.  Rows sum to 1.  For a made task a character counts as a word.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    weights: NDArray[np.float64]

    @property
    def links(self) -> set[tuple[int, int]]:
        """Each target word with the source word it looks at most; none where that is `<eos>`."""
        most = self.weights.argmax(axis=1).tolist()
        return {(s, t) for t, s in enumerate(most) if s < len(self.source)}


def forced_alignments(translator: Translator, pairs: Sequence[Pair]) -> list[WordAlignment | None]:
    """The alignment of each given translation (teacher forcing).

    None for a pair that the model's pieces cannot spell, or of more than 200 tokens.
    """
    if translator.model.config.attention == "none":
        raise SettingError("alignment.no-attention", model=translator.name)
    ready = {i: prepared for i, pair in enumerate(pairs) if (prepared := _prepare(translator, pair))}
    if not ready:
        raise DataError("alignment.not-spelt", pairs=len(pairs), model=translator.name)
    order = sorted(ready, key=lambda i: (len(ready[i].source_ids), len(ready[i].target_ids)))
    done: dict[int, WordAlignment] = {}
    for start in range(0, len(order), AT_ONCE):
        chunk = order[start : start + AT_ONCE]
        batch = Batch.of([(ready[i].source_ids, ready[i].target_ids) for i in chunk]).to(translator.device)
        alignment = forced_log_probs(translator.model, batch)[1].float().cpu().numpy()
        done |= {i: ready[i].in_words(alignment[row]) for row, i in enumerate(chunk)}
    return [done.get(i) for i in range(len(pairs))]


@dataclass(frozen=True)
class _Prepared:
    """The words of a pair with its pieces, and what each piece writes of each word [words, pieces]."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    source_ids: Row
    target_ids: list[int]
    source_overlap: NDArray[np.float64]
    target_overlap: NDArray[np.float64]

    def in_words(self, alignment: NDArray[np.float32]) -> WordAlignment:
        """From pieces to words: the sum over a source word's pieces, the mean over a target word's.

        A piece that writes parts of two words gives each its share.
        """
        pieces = alignment[: len(self.target_ids)].astype(np.float64)
        shares = self.source_overlap / self.source_overlap.sum(axis=0)
        columns = np.column_stack([pieces[:, : len(self.source_ids)] @ shares.T, pieces[:, len(self.source_ids)]])
        writers = self.target_overlap > 0
        rows = writers / writers.sum(axis=1, keepdims=True)
        return WordAlignment(self.source, self.target, rows @ columns)


def _prepare(translator: Translator, pair: Pair) -> _Prepared | None:
    source, target = _read(translator, pair.source), _spelt(translator, pair.target)
    if source is None or target is None or not all(0 < len(side[1]) < MAX_TOKENS for side in (source, target)):
        return None
    return _Prepared(source[0], target[0], source[1], target[1], source[2], target[2])


def _read(translator: Translator, source: str) -> tuple[tuple[str, ...], Row, NDArray[np.float64]] | None:
    """What of a source counts as a word, what the model reads, and what belongs to what; each place of a signal is one.

    None where the model's pieces cannot spell it.
    """
    if not translator.signal:
        return _spelt(translator, source)
    row = source_encoder(translator.tokenizer, translator.signal)(source)
    return tuple(map(str, range(len(row)))), row, np.eye(len(row))


def _spelt(translator: Translator, text: str) -> tuple[tuple[str, ...], list[int], NDArray[np.float64]] | None:
    """The words (or letters) of a text, its pieces, and what each piece writes of each word; None where it cannot."""
    tokenizer, by_letter = translator.tokenizer, translator.by_letter
    ids = tokenizer.encode(text)
    shares = overlap(text, [tokenizer.pieces[i] for i in ids], *((CHARACTER,) if by_letter else ()))
    return None if shares is None else (tuple(normalise(text) if by_letter else split_words(text)), ids, shares)
