"""How good alignments are: against a statistical aligner, and against links that people drew.

Everything here is in words, numbered from 0, `<eos>` not among them; a link is (source word, target word).
"""

from s2s_demo.alignment.forced import WordAlignment, forced_alignments
from s2s_demo.alignment.gold import GoldPair, gold_for, read_gold
from s2s_demo.alignment.guide import PlaceGuide, WordGuide
from s2s_demo.alignment.model1 import Model1, MutualAligner
from s2s_demo.alignment.quality import AlignmentQuality, alignment_error_rate, alignment_quality, linked_words_right

__all__ = [
    "AlignmentQuality",
    "GoldPair",
    "Model1",
    "MutualAligner",
    "PlaceGuide",
    "WordAlignment",
    "WordGuide",
    "alignment_error_rate",
    "alignment_quality",
    "forced_alignments",
    "gold_for",
    "linked_words_right",
    "read_gold",
]
