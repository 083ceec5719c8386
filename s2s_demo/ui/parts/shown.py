"""A translation as the values of the page's parts: words, pictures, tables.  Knows no Gradio, no events."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from s2s_demo.decoding import Hypothesis, Node
from s2s_demo.errors import InputError
from s2s_demo.text import SPACE, SPECIAL, Word, by_word, surface, words_of
from s2s_demo.translator import SentenceTranslation, Source, Translation, Translator
from s2s_demo.ui import strings
from s2s_demo.views.theme import END

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
    """One way through the tree, shown in the pictures: its nodes from the first word to the last."""

    source: Source
    nodes: tuple[Node, ...]

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(node.token for node in self.nodes)

    def heatmap(self, unit: str) -> tuple[list[str], list[str], np.ndarray]:
        """Labels of the source, labels of the target, and the alignment [T, S] of words, pieces or letters."""
        alignment = np.stack([node.alignment for node in self.nodes])
        if unit == "pieces":
            return [piece_label(t) for t in self.source.tokens], [piece_label(t) for t in self.tokens], alignment
        if unit == "letters":
            source, target = letters_of(self.source.tokens), letters_of(self.tokens, with_mark=False)
        else:
            source, target = self.source.words, words_of(self.tokens)
        return [word.text for word in source], [word.text for word in target], by_word(alignment, source, target)


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


def sentence_of(translation: Translation, view: View) -> SentenceTranslation:
    """The sentence the pictures show; the first, where the number makes no sense any more."""
    sentences = translation.sentences
    return sentences[view.sentence] if 0 <= view.sentence < len(sentences) else sentences[0]


def beam_size(translation: Translation) -> int:
    """How many beginnings went on at each step; 0 where words were drawn, as the views want it."""
    if translation.strategy["name"] == "sampling":
        return 0
    return int(translation.strategy.get("size", 1))


def path_of(sentence: SentenceTranslation, node: int | None) -> Path:
    """The path to a node (None or the root: the best hypothesis)."""
    if node is not None and not 0 <= node < len(sentence.tree.nodes):
        raise InputError(f"this tree has no node {node}; it has {len(sentence.tree.nodes)} nodes")
    return Path(sentence.source, tuple(sentence.tree.path(node or sentence.best.leaf)))


def is_best(sentence: SentenceTranslation, node: int | None) -> bool:
    """Whether a node stands for the translation itself; None and the root do."""
    return not node or node == sentence.best.leaf


def describe(sentence: SentenceTranslation, node: int | None) -> str:
    """Which path the pictures show, in words."""
    if is_best(sentence, node):
        return strings.SHOWN_BEST
    assert node is not None
    for place, hypothesis in enumerate(sentence.hypotheses, start=1):
        if hypothesis.leaf == node:
            return strings.SHOWN_HYPOTHESIS.format(place=place, text=hypothesis.text or END)
    at = sentence.tree.nodes[node]
    template = {"cut": strings.SHOWN_CUT, "kept": strings.SHOWN_KEPT}.get(at.status, strings.SHOWN_FINISHED)
    return template.format(step=at.step, rank=at.rank, text=prefix_text(sentence, node))


def prefix_text(sentence: SentenceTranslation, node: int) -> str:
    """The words from the first to a node."""
    return surface([n.token for n in sentence.tree.path(node) if n.token != "<eos>"])  # noqa: S105


def path_choices(sentence: SentenceTranslation, show_cut: bool) -> list[tuple[str, int]]:
    """The keyboard's way to every node: finished hypotheses first, then beginnings step by step."""
    leaves = {hypothesis.leaf for hypothesis in sentence.hypotheses}
    choices = [(f"{i}. {_clipped(h.text or END)}", h.leaf) for i, h in enumerate(sentence.hypotheses, start=1)]
    for node in sentence.tree.nodes[1:]:
        if node.id not in leaves and (show_cut or node.status != "cut"):
            status = strings.STATUSES[node.status]
            choices.append((f"{node.step}: {_clipped(prefix_text(sentence, node.id), end=True)} ({status})", node.id))
    return choices


def _clipped(text: str, *, end: bool = False) -> str:
    """A long text's beginning, or its `end`, with an ellipsis for the rest."""
    if len(text) <= LONGEST_CHOICE:
        return text
    return f"…{text[-LONGEST_CHOICE:]}" if end else f"{text[:LONGEST_CHOICE]}…"


@dataclass(frozen=True)
class AnswerWord:
    """A word of the translation: the gap before it, and the model's probability of all its pieces."""

    text: str
    gap: str
    log_prob: float

    def to_dict(self) -> dict[str, object]:
        p = float(np.exp(self.log_prob))
        level = "sure" if p >= 0.8 else "likely" if p >= 0.5 else "unsure"
        said = strings.WORD_SAID.format(p=f"{p:.0%}", log_prob=f"{self.log_prob:.2f}")
        return {"text": self.text, "gap": self.gap, "probability": round(p, 3), "said": said, "level": level}


def answer_words(sentence: SentenceTranslation) -> list[AnswerWord]:
    """The words of the best hypothesis as its text spaces them, `</s>` left out."""
    best, path = sentence.best, sentence.tree.path(sentence.best.leaf)
    found, at = [], 0
    for word in words_of([token for token in best.tokens if token != "<eos>"]):  # noqa: S105
        place = best.text.find(word.text, at)
        gap = best.text[at:place] if place >= 0 else " "
        at = place + len(word.text) if place >= 0 else at
        found.append(AnswerWord(word.text, gap, sum(path[i].log_prob for i in word.positions)))
    return found


def numbers(hypothesis: Hypothesis, seconds: float) -> list[tuple[str, str]]:
    """What stands beside the translation: name and value."""
    return [
        (strings.TOTAL, _signed(hypothesis.total_log_prob, 2)),
        (strings.SCORE, _signed(hypothesis.score, 3)),
        (strings.STEPS, str(len(hypothesis.tokens))),
        (strings.MILLISECONDS, f"{1000 * seconds:.0f}"),
    ]


def _signed(value: float, digits: int) -> str:
    """A number as printed; what rounds to nought has no sign."""
    return f"{round(value, digits) + 0.0:.{digits}f}"


def answer(translation: Translation, view: View, language: str, link: dict[str, str]) -> dict[str, object]:
    """The value of the answer view."""
    shown = sentence_of(translation, view)
    sentences: Sequence[SentenceTranslation] = translation.sentences
    return {
        "sentences": [
            {"words": [word.to_dict() for word in answer_words(sentence)], "selected": sentence is shown}
            for sentence in sentences
        ],
        "numbers": numbers(shown.best, translation.seconds),
        "hint": strings.UNDERLINE if len(sentences) == 1 else strings.UNDERLINE_MANY,
        "language": language,
        "link": link,
    }


def about(translator: Translator) -> str:
    """The footer: which model, how large, where it runs."""
    weights = list(translator.model.parameters())
    millions = sum(weight.numel() for weight in weights) / 1e6
    number = str(weights[0].dtype).removeprefix("torch.")
    return strings.ABOUT.format(
        name=translator.name, millions=f"{millions:.1f}", device=translator.device.type.upper(), number=number
    )
