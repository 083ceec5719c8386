"""Numbers that say how good alignments are, given the links they should show."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.alignment.forced import WordAlignment
from s2s_demo.alignment.gold import GoldPair
from s2s_demo.alignment.words import is_punctuation
from s2s_demo.errors import DataError

Link = tuple[int, int]  # source word, target word


@dataclass(frozen=True)
class AlignmentQuality:
    """What the rows of many alignments look like; a row says where one target word looked.

    All but the counts and the entropy are shares from 0 to 1.  `<eos>` is a column but has no row.
    The first three are means over the rows of linked words, where a word with several links is
    right at any of them; the others are means over all rows (of `mass_on_punctuation`: all
    rows of words).
    """

    sentences: int
    words: int  # target words: rows
    linked: int  # target words with at least one link
    argmax: float  # the row's largest weight lies on a linked word
    within_one: float  # ... or right beside one
    mass: float  # weight on linked words
    entropy: float  # nats; 0 looks at one word, log S at all alike
    mass_on_eos: float
    mass_on_punctuation: float
    argmax_one_early: float  # `argmax`, had each row been shown one word higher ...
    argmax_one_late: float  # ... or one lower: if one of these is the largest, rows are shifted against words

    @property
    def shift(self) -> int:
        """-1, 0 or +1: by how many words rows must move to fit best; anything but 0 is a bug somewhere."""
        scores = {0: self.argmax, -1: self.argmax_one_early, 1: self.argmax_one_late}
        return max(scores, key=lambda shift: scores[shift])


def alignment_quality(alignments: Sequence[WordAlignment], links: Sequence[AbstractSet[Link]]) -> AlignmentQuality:
    """Compare alignments with the links of the same sentence pairs."""
    sheets = [_measure(alignment, found) for alignment, found in zip(alignments, links, strict=True)]
    rows = {name: np.concatenate([sheet[name] for sheet in sheets]) for name in (sheets[0] if sheets else ())}
    if not rows or not len(rows["argmax"]):
        raise DataError("alignment.nothing-linked", pairs=len(sheets))
    return AlignmentQuality(
        sentences=len(sheets),
        words=len(rows["entropy"]),
        linked=len(rows["argmax"]),
        **{name: float(values.mean()) if len(values) else 0.0 for name, values in rows.items()},
    )


def alignment_error_rate(found: Sequence[AbstractSet[Link]], gold: Sequence[GoldPair]) -> float:
    """1 - (|A ∩ S| + |A ∩ P|) / (|A| + |S|) over all pairs: 0 is perfect (Och & Ney 2003)."""
    both = list(zip(found, gold, strict=True))
    agreed = sum(len(links & pair.sure) + len(links & pair.possible) for links, pair in both)
    return 1 - agreed / sum(len(links) + len(pair.sure) for links, pair in both)


def linked_words_right(found: Sequence[AbstractSet[Link]], gold: Sequence[GoldPair]) -> float:
    """Share of the linked target words with a link that people allow: what `argmax` on `found` can reach at best."""
    right = [
        any((s, t) in pair.possible for s, other in links if other == t)
        for links, pair in zip(found, gold, strict=True)
        for t in {t for _, t in links}
    ]
    if not right:
        raise DataError("alignment.nothing-linked", pairs=len(found))
    return sum(right) / len(right)


def _measure(alignment: WordAlignment, links: AbstractSet[Link]) -> dict[str, NDArray[np.float64]]:
    """Each measure of `AlignmentQuality`, one value for each row it is a mean over."""
    weights = alignment.weights
    right = np.zeros(weights.shape, dtype=bool)
    for s, t in links:
        right[t, s] = True
    near = right.copy()
    near[:, 1:-1] |= right[:, :-2]
    near[:, :-1] |= right[:, 1:]
    linked = right.any(axis=1)
    punctuation = np.array([*(is_punctuation(word) for word in alignment.source), False])
    words = np.array([not is_punctuation(word) for word in alignment.target])
    return {
        "argmax": _hits(weights, right, 0),
        "within_one": _hits(weights, near, 0),
        "mass": np.where(right, weights, 0).sum(axis=1)[linked],
        "entropy": -(weights * np.log(np.where(weights > 0, weights, 1))).sum(axis=1),
        "mass_on_eos": weights[:, -1],
        "mass_on_punctuation": weights[words][:, punctuation].sum(axis=1),
        "argmax_one_early": _hits(weights, right, -1),
        "argmax_one_late": _hits(weights, right, 1),
    }


def _hits(weights: NDArray[np.float64], right: NDArray[np.bool_], shift: int) -> NDArray[np.float64]:
    """1 for each linked word whose row, were all rows moved by `shift` words, has its largest weight on a right one."""
    most = weights.argmax(axis=1)
    rows = [t for t in range(len(right)) if right[t].any() and 0 <= t - shift < len(right)]
    return np.array([right[t, most[t - shift]] for t in rows], dtype=np.float64)
