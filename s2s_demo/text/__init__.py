"""From a sentence to numbers and back: one way of writing, subwords, words, batches.

writing      one way of writing, lines, the typographer's form
sentences    where a sentence ends
chinese      traditional characters as simplified ones
tokenizer    SentencePiece: sentences <-> piece numbers
utf8         which pieces may follow which, so that bytes spell characters
words        the words of a text, and pieces grouped into them
batch        sentence pairs as padded tensors
"""

from s2s_demo.text.batch import Batch, Pair, Row, bucket, pad, pad_sources
from s2s_demo.text.chinese import simplified
from s2s_demo.text.sentences import split_sentences
from s2s_demo.text.tokenizer import BOS, EOS, PAD, SPECIAL, TOKENIZER_KINDS, UNK, Tokenizer
from s2s_demo.text.utf8 import Utf8
from s2s_demo.text.words import WORD, Word, by_word, spelling, split_words, surface, word_of_byte, words_of
from s2s_demo.text.writing import SPACE, lines_of, normalise, typeset, visible

__all__ = [
    "BOS",
    "EOS",
    "PAD",
    "SPACE",
    "SPECIAL",
    "TOKENIZER_KINDS",
    "UNK",
    "WORD",
    "Batch",
    "Pair",
    "Row",
    "Tokenizer",
    "Utf8",
    "Word",
    "bucket",
    "by_word",
    "lines_of",
    "normalise",
    "pad",
    "pad_sources",
    "simplified",
    "spelling",
    "split_sentences",
    "split_words",
    "surface",
    "typeset",
    "visible",
    "word_of_byte",
    "words_of",
]
