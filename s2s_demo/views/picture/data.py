"""One sentence as the data of its picture: the whole search and every look, compact, for a script to draw.

The script lays out, draws and links; nothing has to be asked of the server while somebody looks.
"""

import base64
from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from s2s_demo.decoding.tree import Node, Tree
from s2s_demo.text import EOS, SPACE, SPECIAL, Word, surface, words_of
from s2s_demo.translator import SentenceTranslation

STATUS = {"root": "0", "kept": "k", "cut": "c", "finished": "f", "returned": "r"}
FIRST_UNSPACED = "\u0e00"  # Thai; Han and kana come after it
LEVELS = 65_535  # an attention weight travels in two bytes


class SourceWord(TypedDict):
    """A word of the source as shown, the tokens it is made of, whether it is the mark that ends the sentence."""

    text: str
    tokens: list[int]
    end: bool


class PictureData(TypedDict):
    """A search; lists and strings of one entry a node, node 0 being the root, parents before children.

    `starts`: "1" where a node begins a word, `text` the word from its beginning to the node, `piece` the node's own
    token; `total` the sum of log-probabilities (nats), `alpha` the length penalty; `row` a node's row of `alignment`,
    which is base64 of unsigned 16-bit numbers [rows, S], little endian, 65,535 for 1.  `leaves`: the finished
    hypotheses, best first.  `p_gen`: how probably each token was generated rather than copied; none without a pointer.
    """

    words: list[SourceWord]
    pieces: list[SourceWord]
    parent: list[int]
    status: str
    starts: str
    text: list[str]
    piece: list[str]
    total: list[float]
    rank: list[int]
    row: list[int]
    alignment: str
    alpha: float
    leaves: list[int]
    looks: bool
    p_gen: list[float]


def picture_data(sentence: SentenceTranslation, *, alpha: float, looks: bool, letters: bool = False) -> PictureData:
    """All that the picture of a sentence shows; with `letters` every letter is a word of its own."""
    tree, tokens = sentence.tree, sentence.source.tokens
    starts = _starts(tree, letters)
    row, rows = _rows(tree)
    points = any(node.p_gen is not None for node in tree.nodes)
    return {
        "words": [_shown(word, tokens) for word in (letters_of(tokens) if letters else sentence.source.words)],
        "pieces": [_shown(Word(piece_label(token), (i,)), tokens) for i, token in enumerate(tokens)],
        "parent": [node.parent or 0 for node in tree.nodes],
        "status": "".join(STATUS[node.status] for node in tree.nodes),
        "starts": "".join("1" if start else "0" for start in starts),
        "text": _texts(tree, starts),
        "piece": [piece_label(node.token) for node in tree.nodes],
        "total": [round(node.total_log_prob, 5) for node in tree.nodes],
        "rank": [node.rank for node in tree.nodes],
        "row": row,
        "alignment": base64.b64encode(rows.astype("<u2").tobytes()).decode(),
        "alpha": alpha,
        "leaves": [hypothesis.leaf for hypothesis in sentence.hypotheses],
        "looks": looks,
        "p_gen": [round(node.p_gen, 4) if node.p_gen is not None else 1.0 for node in tree.nodes] if points else [],
    }


def letters_of(tokens: Sequence[str], *, with_mark: bool = True) -> tuple[Word, ...]:
    """Pieces one by one; the mark that a text starts is no letter: it counts with the first one, or not at all."""
    marked = len(tokens) > 1 and tokens[0] == SPACE and tokens[1] not in SPECIAL
    groups: list[tuple[int, ...]] = [(i,) for i in range(marked, len(tokens))]
    groups[0] = (0, 1) if marked and with_mark else groups[0]
    return tuple(Word(surface([tokens[i] for i in group]), group) for group in groups)


def piece_label(token: str) -> str:
    """A subword as shown: a dot where a word starts, so that pieces can be told from words."""
    return f"·{surface([token])}" if token.startswith(SPACE) and token != SPACE else surface([token])


def _shown(word: Word, tokens: Sequence[str]) -> SourceWord:
    end = [tokens[position] for position in word.positions] == [SPECIAL[EOS]]
    return {"text": word.text, "tokens": list(word.positions), "end": end}


def _starts(tree: Tree, letters: bool) -> list[bool]:
    """Whether each node begins a word, by the one splitter on the path to the best end that goes through it.

    What was cut is only listed, and it is most of a tree: there the piece's own mark decides.
    """
    starts = [letters or _marked(node.token) for node in tree.nodes]
    known = [False] * len(tree.nodes)
    for leaf in _best_first(tree):
        path = tree.path(leaf.id)
        tokens = [node.token for node in path]
        groups = letters_of(tokens) if letters else words_of(tokens)
        begins = {group.positions[0] for group in groups}
        for place, node in enumerate(path):
            if not known[node.id]:
                starts[node.id], known[node.id] = place in begins, True
    return starts


def _marked(token: str) -> bool:
    """Whether a piece begins a word, as far as it can tell: by its mark, as punctuation, as a Han character."""
    return token in SPECIAL or not token[:1].isalnum() or token[0] >= FIRST_UNSPACED


def _best_first(tree: Tree) -> list[Node]:
    """The ends of what is drawn: the answer, what finished, what went on; among these the better score."""
    drawn = [node for node in tree.nodes[1:] if node.status != "cut"]
    inner = {node.parent for node in drawn}
    order = {"returned": 0, "finished": 1, "kept": 2}
    ends = [node for node in drawn if node.id not in inner]
    return sorted(ends, key=lambda node: (order[node.status], -node.score, node.id))


def _texts(tree: Tree, starts: Sequence[bool]) -> list[str]:
    """Each node's word, from where it begins to the node."""
    words: list[list[str]] = [[]]
    for node in tree.nodes[1:]:
        assert node.parent is not None
        words.append([node.token] if starts[node.id] or not node.parent else [*words[node.parent], node.token])
    return ["", *(surface(word) for word in words[1:])]


def _rows(tree: Tree) -> tuple[list[int], np.ndarray]:
    """The rows of attention that differ, and which of them each node has: all that follow one node share theirs."""
    place: dict[int, int] = {}
    rows = [np.zeros_like(tree.nodes[0].alignment)]
    row = [0]
    for node in tree.nodes[1:]:
        assert node.parent is not None
        if node.parent not in place:
            place[node.parent] = len(rows)
            rows.append(node.alignment)
        row.append(place[node.parent])
    return row, np.rint(np.stack(rows) * LEVELS).astype(np.uint16)
