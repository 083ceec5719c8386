"""What of a translation the pictures show: a sentence, a way through its search, in words, pieces or letters.

Knows no Gradio, no events.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from s2s_demo.decoding import Node
from s2s_demo.errors import InputError
from s2s_demo.text import EOS, SPACE, SPECIAL, Word, by_word, surface, words_of
from s2s_demo.translator import SentenceTranslation, Source, Translation, Translator
from s2s_demo.views.theme import END
from s2s_demo.words import say

UNITS = ("words", "pieces", "letters")  # letters: models that know nothing else
LONGEST_CHOICE = 70  # characters


@dataclass(frozen=True)
class View:
    """What of a translation the pictures show: which sentence, which node's path, what unit, cut nodes or not."""

    sentence: int = 0
    node: int | None = None  # None: the best hypothesis
    unit: str = "words"
    show_cut: bool = False


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
    kinds = {len(piece) for piece in translator.tokenizer.pieces if piece not in SPECIAL}
    return "letters" if kinds == {1} and not translator.source_language else wanted


def letters_of(tokens: Sequence[str], *, with_mark: bool = True) -> tuple[Word, ...]:
    """Pieces one by one; the mark that a text starts is no letter: it counts with the first one, or not at all."""
    marked = len(tokens) > 1 and tokens[0] == SPACE and tokens[1] not in SPECIAL
    groups: list[tuple[int, ...]] = [(i,) for i in range(marked, len(tokens))]
    groups[0] = (0, 1) if marked and with_mark else groups[0]
    return tuple(Word(surface([tokens[i] for i in group]), group) for group in groups)


def piece_label(token: str) -> str:
    """A subword as shown: a dot where a word starts, so that pieces can be told from words."""
    return f"·{surface([token])}" if token.startswith(SPACE) and token != SPACE else surface([token])


def sentence_of(translation: Translation, number: int) -> SentenceTranslation:
    """The sentence the pictures show; the first, where the number makes no sense any more."""
    sentences = translation.sentences
    return sentences[number] if 0 <= number < len(sentences) else sentences[0]


def beam_size(translation: Translation) -> int:
    """How many beginnings went on at each step; 0 where words were drawn, as the views want it."""
    if translation.strategy["name"] == "sampling":
        return 0
    return int(translation.strategy.get("size", 1))


def path_of(sentence: SentenceTranslation, node: int | None) -> Path:
    """The path to a node (None or the root: the best hypothesis, for which no tree is read)."""
    best = sentence.best
    if is_best(sentence, node):
        return Path(sentence.source, best.tokens, best.alignment)
    nodes = nodes_to(sentence, node)
    return Path(sentence.source, tuple(n.token for n in nodes), np.stack([n.alignment for n in nodes]))


def nodes_to(sentence: SentenceTranslation, node: int | None) -> list[Node]:
    """The nodes from the first word to a node (None or the root: to the end of the best hypothesis)."""
    if node is not None and not 0 <= node < len(sentence.tree.nodes):
        raise InputError("no-such-node", node=node, nodes=len(sentence.tree.nodes))
    return sentence.tree.path(node or sentence.best.leaf)


def is_best(sentence: SentenceTranslation, node: int | None) -> bool:
    """Whether a node stands for the translation itself; None and the root do."""
    return not node or node == sentence.best.leaf


def describe(sentence: SentenceTranslation, node: int | None) -> str:
    """Which path the pictures show, in words."""
    if is_best(sentence, node):
        return say("parts.path.best")
    assert node is not None
    for place, hypothesis in enumerate(sentence.hypotheses, start=1):
        if hypothesis.leaf == node:
            return say("parts.path.hypothesis", place=place, text=hypothesis.text or END)
    at = sentence.tree.nodes[node]
    key = at.status if at.status in ("cut", "kept") else "finished"
    return say(f"parts.path.{key}", step=at.step, rank=at.rank, text=prefix_text(sentence, node))


def prefix_text(sentence: SentenceTranslation, node: int) -> str:
    """The words from the first to a node."""
    return surface([n.token for n in sentence.tree.path(node) if n.token != SPECIAL[EOS]])


def path_choices(sentence: SentenceTranslation, show_cut: bool) -> list[tuple[str, int]]:
    """The keyboard's way to every node: finished hypotheses first, then beginnings step by step."""
    leaves = {hypothesis.leaf for hypothesis in sentence.hypotheses}
    choices = [
        (say("parts.path.choice-finished", place=place, text=_clipped(h.text or END)), h.leaf)
        for place, h in enumerate(sentence.hypotheses, start=1)
    ]
    for node in sentence.tree.nodes[1:]:
        if node.id not in leaves and (show_cut or node.status != "cut"):
            text, status = _clipped(prefix_text(sentence, node.id), end=True), say(f"parts.path.status.{node.status}")
            choices.append((say("parts.path.choice", step=node.step, text=text, status=status), node.id))
    return choices


def _clipped(text: str, *, end: bool = False) -> str:
    """A long text's beginning, or its `end`, with an ellipsis for the rest."""
    if len(text) <= LONGEST_CHOICE:
        return text
    return f"…{text[-LONGEST_CHOICE:]}" if end else f"{text[:LONGEST_CHOICE]}…"
