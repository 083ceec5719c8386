"""What of a translation is shown or taken home: a sentence, a way through its search, in words, pieces or letters.

Knows no Gradio, no events.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from s2s_demo.decoding import Hypothesis, Node
from s2s_demo.errors import InputError
from s2s_demo.text import by_word, words_of
from s2s_demo.translator import SentenceTranslation, Source, Translation, Translator
from s2s_demo.views.picture import letters_of, piece_label


@dataclass(frozen=True)
class View:
    """What of a translation a browser shows: which sentence, which node's path, in which unit, as which head looks."""

    sentence: int = 0
    node: int | None = None  # None: the best hypothesis
    unit: str = "words"
    head: int | None = None  # counted through the layers; None: the mean of all


@dataclass(frozen=True)
class Path:
    """One way through a search, as the heatmap shows it: what was read, the tokens written, the alignment [T, S]."""

    source: Source
    tokens: tuple[str, ...]
    alignment: NDArray[np.floating[Any]]

    def heatmap(self, unit: str) -> tuple[list[str], list[str], NDArray[np.floating[Any]]]:
        """Labels of the source, labels of the target, and the alignment [T, S] of words, pieces or letters."""
        if unit == "pieces":
            return [piece_label(t) for t in self.source.tokens], [piece_label(t) for t in self.tokens], self.alignment
        if unit == "letters":
            source, target = letters_of(self.source.tokens), letters_of(self.tokens, with_mark=False)
        else:
            source, target = self.source.words, words_of(self.tokens)
        return [word.text for word in source], [word.text for word in target], by_word(self.alignment, source, target)


def unit_of(translator: Translator, wanted: str) -> str:
    """Words or pieces, as wanted; letters where a model reads and writes nothing else (dates, sums)."""
    return "letters" if translator.letters else wanted


def sentence_of(translation: Translation, number: int) -> SentenceTranslation:
    """The sentence that is shown; the first, where the number makes no sense any more."""
    sentences = translation.sentences
    return sentences[number] if 0 <= number < len(sentences) else sentences[0]


def beam_size(translation: Translation) -> int | None:
    """Against how many others each step's words were ranked, as the views want it.

    0 where words were drawn, None where beginnings went on one by one; in a diverse beam the places of a group.
    """
    strategy = translation.strategy
    if strategy["name"] in ("sampling", "bayes_risk"):
        return 0
    if strategy["name"] in ("exact", "exhaustive"):
        return None
    size = int(strategy.get("size", 1))
    return size // min(size, int(strategy.get("groups", 1)))


def path_of(sentence: SentenceTranslation, node: int | None, head: int | None = None) -> Path:
    """The path to a node, as one head looks or all; no node, or the root: the best hypothesis, and no tree is read."""
    best = sentence.best
    if not node or node == best.leaf:
        return Path(sentence.source, best.tokens, _look(best, head))
    if not 0 < node < len(sentence.tree.nodes):
        raise InputError("no-such-node", node=node, nodes=len(sentence.tree.nodes))
    nodes = sentence.tree.path(node)
    return Path(sentence.source, tuple(n.token for n in nodes), np.stack([_look(n, head) for n in nodes]))


def _look(one: Hypothesis | Node, head: int | None) -> NDArray[np.floating[Any]]:
    """Where a head looks; where all look at their mean, if there is no such head."""
    heads = one.heads
    return one.alignment if heads is None or head is None or not 0 <= head < len(heads) else heads[head]
