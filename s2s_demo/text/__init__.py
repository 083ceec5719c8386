"""From a sentence to numbers and back: one way of writing, subwords, words, batches.

writing      one way of writing, lines, the typographer's form
sentences    where a sentence ends
tokenizer    SentencePiece: sentences <-> piece numbers
words        pieces grouped into words
batch        sentence pairs as padded tensors
"""

from s2s_demo.text.batch import Batch, Pair, bucket, pad
from s2s_demo.text.sentences import split_sentences
from s2s_demo.text.tokenizer import BOS, EOS, PAD, SPECIAL, TOKENIZER_KINDS, UNK, Tokenizer
from s2s_demo.text.words import Word, by_word, surface, words_of
from s2s_demo.text.writing import SPACE, lines_of, normalise, typeset, visible

__all__ = [
    "BOS",
    "EOS",
    "PAD",
    "SPACE",
    "SPECIAL",
    "TOKENIZER_KINDS",
    "UNK",
    "Batch",
    "Pair",
    "Tokenizer",
    "Word",
    "bucket",
    "by_word",
    "lines_of",
    "normalise",
    "pad",
    "split_sentences",
    "surface",
    "typeset",
    "visible",
    "words_of",
]
