"""One sentence as the data of its picture: the whole search and every look, compact, for a script to draw.

The script lays out, draws and links; nothing has to be asked of the server while somebody looks.
"""

import base64
from collections.abc import Sequence
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from s2s_demo.decoding.tree import Node, Tree
from s2s_demo.text import EOS, SPACE, SPECIAL, Word, surface, words_of
from s2s_demo.translator import SentenceTranslation

STATUS = {"root": "0", "kept": "k", "cut": "c", "finished": "f", "returned": "r"}
FIRST_UNSPACED = "\u0e00"  # Thai; Han and kana come after it
LEVELS = 65_535  # an attention weight travels in two bytes


class SourceWord(TypedDict):
    """A word of the source as shown, the tokens it is made of, whether it is the mark that ends the sentence.

    `said`: what it is called in a sentence.
    """

    text: str
    said: str
    tokens: list[int]
    end: bool


class PictureData(TypedDict):
    """A search; lists and strings of one entry a node, node 0 being the root, parents before children.

    `starts`: "1" where a node begins a word, `text` the word from its beginning to the node, `piece` the node's own
    token; `total` the sum of log-probabilities (nats), `alpha` the length penalty; `row` a node's row of `alignment`,
    which is base64 of unsigned 16-bit numbers [rows, S], little endian, 65,535 for 1.  `leaves`: the finished
    hypotheses, best first, and what ranks them, their `scores`.  `p_gen`: how probably each token was generated rather
    than copied; none without a pointer.

    `heads`, where there are several: what each sees, as `alignment`, [rows, N, S]; `heads_of`: of how many layers, and
    how many of each.  `windows`, where a part of the source is seen at a time: of each row its first and last place.
    `own_source`, `own_target`: where words of a side look at each other, as `alignment`, [L, N, S, S] and [L, N, T, T]
    of the best hypothesis; `own_of`: how many layers and heads each has.
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
    scores: list[float]
    looks: bool
    p_gen: list[float]
    heads: str
    heads_of: tuple[int, int]
    windows: list[list[int]]
    own_source: str
    own_target: str
    own_of: list[tuple[int, int]]


def picture_data(
    sentence: SentenceTranslation,
    *,
    alpha: float,
    looks: bool,
    letters: bool = False,
    layers: int = 1,
    windowed: bool = False,
) -> PictureData:
    """All that the picture of a sentence shows; with `letters` every letter is a word of its own."""
    tree, tokens = sentence.tree, sentence.source.tokens
    starts = _starts(tree, letters)
    row, first = _rows(tree)
    rows = np.stack([node.alignment for node in first])
    read, written = sentence.within() if sentence.within else (None, None)
    heads = [node.heads for node in first if node.heads is not None]
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
        "alignment": _levels(rows),
        "alpha": alpha,
        "leaves": [hypothesis.leaf for hypothesis in sentence.hypotheses],
        "scores": [round(hypothesis.score, 5) for hypothesis in sentence.hypotheses],
        "looks": looks,
        "p_gen": [round(node.p_gen, 4) if node.p_gen is not None else 1.0 for node in tree.nodes] if points else [],
        "heads": _levels(np.stack([np.zeros_like(heads[0]), *heads])) if heads else "",
        "heads_of": (layers, len(heads[0]) // layers) if heads else (1, 1),
        "windows": [_seen(each) for each in rows] if windowed else [],
        "own_source": _levels(read) if read is not None else "",
        "own_target": _levels(written) if written is not None else "",
        "own_of": [(maps.shape[0], maps.shape[1]) if maps is not None else (0, 0) for maps in (read, written)],
    }


def letters_of(tokens: Sequence[str], *, with_mark: bool = True) -> tuple[Word, ...]:
    """Pieces one by one; the mark that a text starts is no letter: it counts with the first one, or not at all."""
    marked = len(tokens) > 1 and tokens[0] == SPACE and tokens[1] not in SPECIAL
    groups: list[tuple[int, ...]] = [(i,) for i in range(marked, len(tokens))]
    groups[0] = (0, 1) if marked and with_mark else groups[0]
    return tuple(Word(surface([tokens[i] for i in group]), group) for group in groups)


def piece_label(token: str) -> str:
    """A subword as shown: a dot where a word starts, so that pieces can be told from words.

    One that reads more of what the piece before it shows as typed ("10:30 PM" is read as 22:30) goes on.
    """
    if not token:
        return "…"
    return f"·{surface([token])}" if token.startswith(SPACE) and token != SPACE else surface([token])


def _shown(word: Word, tokens: Sequence[str]) -> SourceWord:
    end = [tokens[position] for position in word.positions] == [SPECIAL[EOS]]
    return {"text": word.text, "said": word.text, "tokens": list(word.positions), "end": end}


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


def _rows(tree: Tree) -> tuple[list[int], list[Node]]:
    """Which row of attention each node has, and a node of each: all that follow one node share theirs."""
    place: dict[int, int] = {}
    first = [tree.nodes[0]]
    row = [0]
    for node in tree.nodes[1:]:
        assert node.parent is not None
        if node.parent not in place:
            place[node.parent] = len(first)
            first.append(node)
        row.append(place[node.parent])
    return row, first


def _levels(weights: NDArray[np.floating[Any]]) -> str:
    """Weights as base64 of LEVELS."""
    return base64.b64encode(np.rint(weights * LEVELS).astype("<u2").tobytes()).decode()


def _seen(row: NDArray[np.floating[Any]]) -> list[int]:
    """The first and the last place that a row sees; nothing where it sees none."""
    places = np.flatnonzero(row)
    return [int(places[0]), int(places[-1])] if len(places) else []
