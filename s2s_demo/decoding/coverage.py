"""Beam search that wants all of the source to be translated."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from s2s_demo.decoding.beam import Beam
from s2s_demo.decoding.strategy import Sentence
from s2s_demo.decoding.trace import Booleans, Floats, Integers, Trace
from s2s_demo.decoding.tree import endings, ranked
from s2s_demo.settings import setting

LEAST = 1e-3  # a word that was looked at less counts as looked at so little: the penalty stays finite


@dataclass(frozen=True, kw_only=True)
class CoverageBeam(Beam):
    r"""A beam whose finished translations lose for every source word that they hardly looked at.

    Wu et al. 2016, eq. 14: $\Sigma / L^\alpha + \beta \sum_i \log \min(\sum_t \alpha_{t,i}, 1)$ over the source's
    words.  The first k translations to finish are compared by it.  For models that leave out a part of long
    sentences; one that never looks finds all of its translations equally bad.
    """

    name: ClassVar[str] = "coverage_beam"
    coverage: float = setting(
        0.2,
        low=0,
        high=10,
        shared=(0, 2),
        step=0.05,
        name="coverage_penalty",
        link="coverage",
        what="coverage penalty β",
        help="the price of source words that nothing looked at",
    )

    def is_done(self, best_finished: Floats, finished: Integers, totals: Floats, limits: Integers) -> Booleans:
        if not self.coverage:
            return super().is_done(best_finished, finished, totals, limits)
        enough: Booleans = finished.sum(axis=1) >= self.size
        return enough | np.isinf(totals).all(axis=1)

    def after(self, trace: Trace, sentence: Sentence) -> Trace:
        if not self.coverage:
            return trace
        words = int(sentence.mask.sum()) - 1  # its `<eos>` needs no translation
        scores = [
            end.total / (end.step + 1) ** self.alpha + self.coverage * penalty(end.alignment(words))
            for end in endings(trace)
        ]
        return ranked(trace, scores)


def penalty(alignment: NDArray[np.float32]) -> float:
    """What an alignment [T, S] leaves out: 0 where each source word was looked at once in all, or more."""
    return float(np.log(np.clip(alignment.sum(axis=0), LEAST, 1)).sum())
