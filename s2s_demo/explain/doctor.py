"""A doctor for maps: what is odd about where a model looked, which published effect that is, and what changes it.

A map is [T, S] in words: row = target word, column = source word, the last column (and row) `<eos>`.  Words of
punctuation say little; the rows of all other words are what is measured here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from s2s_demo.alignment.words import is_punctuation
from s2s_demo.explain.case import Case, check_looks
from s2s_demo.explain.faithful import Occluded, kendall_tau, occlusions
from s2s_demo.text import EOS, SPECIAL, surface
from s2s_demo.words import Said

Map = NDArray[np.floating]
END = surface([SPECIAL[EOS]])
NOBODY_LOOKED = 0.2  # a source word on which less than this lies in all
MOST = 0.5  # of the rows
FEWEST_ROWS = 4  # below that, an order or a repetition says nothing


@dataclass(frozen=True)
class Measures:
    """What a map looks like; all but `repeated` are from 0 to 1, and 0 is healthy.

    blur: mean entropy of the rows as a share of log S; sink: mean weight on `<eos>` and punctuation; unread: share of
    source words on which less than .2 lies in all; repeated: rows that look most at one and the same word, at most;
    disorder: 1 - |Kendall's τ| between rows and where they look most, unless half of them hung on what they look at;
    shifted: by how much more often rows look most at what the word before or after them hung on (occlusion) than at
    what their own word did.
    """

    blur: float
    sink: float
    unread: float
    repeated: float
    disorder: float
    shifted: float


# From which value on a badge is shown: `python -m tests.tools.maps` counts how often each is.
LIMITS = Measures(blur=0.4, sink=0.3, unread=0.3, repeated=3.5, disorder=0.6, shifted=0.2)


@dataclass(frozen=True)
class Badge:
    """One thing that is odd: its value and the limit that it passed, the words it is seen at (numbers from 1).

    `said` names it, `effect` what is known of it, and `action` one thing that changes it.
    """

    name: str
    value: float
    limit: float
    source_words: tuple[int, ...]
    target_words: tuple[int, ...]
    said: Said
    effect: Said
    action: Said


def doctor(case: Case, occluded: Occluded | None = None) -> tuple[Badge, ...]:
    """The badges of a case's map; SettingError where the model has no attention.

    `occluded` are the case's `occlusions` where they are known already.
    """
    return diagnose(*map_of(case, occluded), is_translation=case.translator.made_task is None)


def map_of(case: Case, occluded: Occluded | None = None) -> tuple[Map, tuple[str, ...], tuple[str, ...], Map]:
    """A case's map in words, its source and target words, and what each target word hung on [T, S]."""
    check_looks(case)
    _, looked, worth = occluded or occlusions(case)
    rows = [list(word.positions) for word in case.written_words]
    weights = np.stack([looked[row].mean(axis=0) for row in rows])
    hung = np.stack([worth[:, row].sum(axis=1) for row in rows])
    source, target = (tuple(word.text for word in words) for words in (case.source_words, case.written_words))
    return weights, source, target, hung


def diagnose(
    weights: Map, source: Sequence[str], target: Sequence[str], hung: Map | None = None, *, is_translation: bool = True
) -> tuple[Badge, ...]:
    """The badges of a map of words; without `hung` [T, S] nothing is said of a shift.  A healthy map has none.

    What is no translation need not say all that was read.
    """
    found, limits = measure(weights, source, target, hung), LIMITS
    found = found if is_translation else replace(found, unread=0)
    badges = []
    for field in fields(Measures):
        value, limit = getattr(found, field.name), getattr(limits, field.name)
        if value > limit:
            columns, rows = _places(field.name, weights, source, target)
            name = field.name
            facts = {"value": value, "percent": 100 * value, "words": ", ".join(source[c - 1] for c in columns)}
            said = Said(f"explain.doctor.{name}.said", facts)
            effect, action = Said(f"explain.doctor.{name}.effect"), Said(f"explain.doctor.{name}.action")
            badges.append(Badge(name, value, limit, columns, rows, said, effect, action))
    return tuple(badges)


def measure(weights: Map, source: Sequence[str], target: Sequence[str], hung: Map | None = None) -> Measures:
    """The measures of a map [T, S] of words."""
    rows, columns = _content(target), _content(source)
    if not len(rows) or not len(columns):
        return Measures(0, 0, 0, 0, 0, 0)
    looks = weights[rows]
    tops, reasons = looks.argmax(axis=1), None if hung is None else hung[rows].argmax(axis=1)
    entropy = -(looks * np.log(np.where(looks > 0, looks, 1))).sum(axis=1)
    others = np.setdiff1d(np.arange(len(source)), columns)
    counts = np.bincount(tops, minlength=len(source))[columns]
    enough = len(rows) >= FEWEST_ROWS
    return Measures(
        blur=float(entropy.mean() / np.log(len(source))),
        sink=float(looks[:, others].sum(axis=1).mean()),
        unread=float((weights[:, columns].sum(axis=0) < NOBODY_LOOKED).mean()),
        repeated=float(counts.max()) if enough else 0.0,
        disorder=1 - abs(kendall_tau(np.arange(len(rows), dtype=float), tops.astype(float)))
        if enough and (reasons is None or (tops == reasons).mean() < MOST)
        else 0.0,
        shifted=_shift(tops, reasons) if enough and reasons is not None else 0.0,
    )


def _shift(looked: NDArray[np.intp], hung: NDArray[np.intp]) -> float:
    """By how much rows fit their neighbours' reasons better than their own (Chen et al. 2020); 0 where they do not."""
    own = (looked == hung).mean()
    return float(max(0.0, (looked[1:] == hung[:-1]).mean() - own, (looked[:-1] == hung[1:]).mean() - own))


def _content(words: Sequence[str]) -> NDArray[np.intp]:
    return np.array([place for place, word in enumerate(words) if word != END and not is_punctuation(word)], dtype=int)


def _places(name: str, weights: Map, source: Sequence[str], target: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Source and target words (from 1) at which a badge is seen."""
    rows, columns = _content(target), _content(source)
    tops = weights.argmax(axis=1)
    if name == "unread":
        return tuple(int(c) + 1 for c in columns if weights[:, c].sum() < NOBODY_LOOKED), ()
    if name == "repeated":
        most = max(columns, key=lambda c: int((tops[rows] == c).sum()))
        return (int(most) + 1,), tuple(int(r) + 1 for r in rows if tops[r] == most)
    if name == "sink":
        sinks = [c for c in range(len(source)) if c not in columns]
        return tuple(c + 1 for c in sinks if weights[rows][:, c].mean() > 1 / len(source)), ()
    return (), ()
