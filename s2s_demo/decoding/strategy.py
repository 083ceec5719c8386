"""What every search strategy promises: settings, and one pure step."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from torch import Tensor

from s2s_demo.decoding.largest import largest
from s2s_demo.decoding.trace import Booleans, Floats, Integers, Trace
from s2s_demo.model import Seq2Seq
from s2s_demo.settings import check_settings, setting
from s2s_demo.text import EOS, Utf8

ALTERNATIVES = 5  # candidates recorded per hypothesis and step, at least


@dataclass(frozen=True)
class Candidates:
    """One step of a search for B sentences: C continuations of the K hypotheses, likeliest first.

    Arrays, because they are small and many: NumPy looks after a few numbers several times faster than torch.

    tokens, parents, ranks, slots [B, C] integers; log_probs, totals [B, C] in nats; finished
    [B, C].  parents and slots are places among the K hypotheses before and after the step; slot -1
    means that the candidate does not go on, either finished or cut.  Impossible candidates have a
    total of -inf.
    """

    tokens: Integers
    parents: Integers
    log_probs: Floats
    totals: Floats
    ranks: Integers
    slots: Integers
    finished: Booleans


@dataclass(frozen=True)
class Sentence:
    """One sentence that is searched: source and mask [1, S], and how token numbers become a text."""

    model: Seq2Seq
    source: Tensor
    mask: Tensor
    utf8: Utf8 | None
    text_of: Callable[[Sequence[int]], str]


@dataclass(frozen=True, kw_only=True)
class Strategy(ABC):
    """How to choose among the words the model proposes.

    A hypothesis of L tokens (`<eos>` counts) with log-probability Σ has the score Σ / L^α, where α is
    `length_penalty`.  `max_length` bounds L; None allows twice the source's tokens and ten more.
    At the last step allowed, only `<eos>` is.
    """

    name: ClassVar[str]
    takes_its_time: ClassVar[bool] = False  # seconds for each sentence: nothing for a test set on a shared page
    max_length: int | None = setting(
        None,
        low=1,
        high=1000,
        local=True,
        what="max_length in tokens",
        help="longest translation of a sentence, in tokens (else twice the source's, and ten)",
    )

    def __post_init__(self) -> None:
        check_settings(self)

    @property
    def width(self) -> int:
        """K, the hypotheses kept alive per sentence."""
        return 1

    @property
    def returned(self) -> int:
        """How many finished hypotheses are returned, at most."""
        return self.width

    @property
    def alpha(self) -> float:
        """The length penalty in force."""
        return 0.0

    @property
    def branching(self) -> int:
        """Candidates recorded per hypothesis."""
        return max(self.width, ALTERNATIVES)

    def start(self, sentences: int) -> Floats:
        """Log-probabilities before the first word, totals [B, K]: one hypothesis, the others not there yet."""
        totals = np.full((sentences, self.width), -np.inf)
        totals[:, 0] = 0
        return totals

    @abstractmethod
    def choose(self, log_probs: Tensor, totals: Floats, step: int) -> Candidates:
        """log_probs [B, K, V] of the next word, totals [B, K] so far -> what goes on and what does not."""

    def is_done(self, best_finished: Floats, finished: Integers, totals: Floats, limits: Integers) -> Booleans:
        """Which of the B sentences need no further step; here, those with no hypothesis alive.

        best_finished [B, K] the best score so far of what ended from each place, finished [B, K] how many have
        ended there, totals [B, K] of those alive, limits [B] the greatest length allowed.
        """
        return np.asarray(np.isinf(totals).all(axis=1))

    def after(self, trace: Trace, sentence: Sentence) -> Trace:
        """What a strategy does once the steps are over, with one sentence's trace; most are done then."""
        return trace


def expand(log_probs: Tensor, totals: Floats, branching: int) -> tuple[Integers, Integers, Floats, Floats]:
    """The likeliest continuations of each hypothesis: tokens, parents, log-probs, totals, each [B, K * C].

    All that the bookkeeping of a step needs to know of the model comes over from its device here.
    """
    values, tokens = (found.cpu().numpy() for found in largest(log_probs, min(branching, log_probs.shape[-1])))
    sentences, width, count = tokens.shape
    parents = np.arange(width).repeat(count)[None].repeat(sentences, axis=0)
    sums = totals[:, :, None] + values
    shape = (sentences, -1)
    return tokens.reshape(shape), parents, values.reshape(shape), sums.reshape(shape)


def keep_best(log_probs: Tensor, totals: Floats, width: int, branching: int) -> Candidates:
    """Rank all continuations of all hypotheses by Σ log p; the `width` best survive.

    A survivor that ends in `<eos>` is finished, the others take the slots in order of rank.
    """
    tokens, parents, values, sums = expand(log_probs, totals, branching)
    order = np.arange(len(sums))[:, None], np.argsort(-sums, axis=1, kind="stable")
    tokens, parents, values, sums = tokens[order], parents[order], values[order], sums[order]
    ranks = np.arange(1, tokens.shape[1] + 1)[None].repeat(len(tokens), axis=0)
    survives = (ranks <= width) & ~np.isinf(sums)
    finished = survives & (tokens == EOS)
    alive = survives & ~finished
    slots = np.where(alive, alive.cumsum(axis=1) - 1, -1)
    return Candidates(tokens, parents, values, sums, ranks, slots, finished)
