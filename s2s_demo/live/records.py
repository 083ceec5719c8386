"""What a live run shows: immutable records of plain Python and NumPy, safe to read from any thread.

Sentences in them are `Said`: one thread writes them down, visitors read them, each in a language of their own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.live.settings import RunSettings
from s2s_demo.training.scores import PrefixScores
from s2s_demo.words import Said

STATES = ("queued", "running", "paused", "stopping", "finished", "stopped", "failed")
ENDED = ("finished", "stopped", "failed")


@dataclass(frozen=True)
class Point:
    """A stretch of the training curve that ends at `update`; means over the stretch.

    loss in nats per token, `gradient_norm` before clipping.
    """

    update: int
    loss: float
    teacher_forcing: float
    learning_rate: float
    gradient_norm: float


@dataclass(frozen=True)
class Check:
    """One judgement after `update` updates, always on the same validation sentences.

    `gold` and `own` are the scores under the gold prefix and under the model's own; `exact_match`
    (0 to 1) and `bleu` (0 to 100; None where the task is not between human languages) are of greedy
    translations.
    """

    update: int
    gold: PrefixScores
    own: PrefixScores
    exact_match: float
    bleu: float | None

    @property
    def gap(self) -> float:
        """Exposure bias: the loss that the model's own prefix adds, nats per token."""
        return self.own.loss - self.gold.loss


@dataclass(frozen=True)
class TwoPrefixes:
    """One validation sentence in two rows, after `update`: written after gold words, and after the model's own.

    `gold` is what it should write.  `divergence` is the first place where the two rows differ, or
    None.  The losses are those of all validation sentences, nats per token.
    """

    update: int
    gold_loss: float
    own_loss: float
    source: str
    gold: tuple[str, ...]
    after_gold: tuple[str, ...]
    after_own: tuple[str, ...]
    divergence: int | None


@dataclass(frozen=True)
class Sample:
    """A validation sentence, what it should become and what the model makes of it.

    It is `right` when it is any of the sentence's references, of which the first is shown.
    """

    source: str
    reference: str
    translation: str
    right: bool


@dataclass(frozen=True)
class Moment:
    """One frame of the alignment movie of a probe sentence: alignment [T, S], score Σ log p in nats.

    `translation` is `text` in words, or in letters.
    """

    update: int
    text: str
    translation: tuple[str, ...]
    source: tuple[str, ...]
    alignment: NDArray[np.float32]
    score: float


@dataclass(frozen=True)
class Probe:
    """A sentence a visitor watches, and its movie so far."""

    text: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Event:
    """A labelled line on the curves: in force from the update after `update`.

    `lane` is "A" or "B", or "" for both.
    """

    update: int
    label: Said
    lane: str = ""


@dataclass(frozen=True)
class LaneView:
    """One of the models of a run: its curves, its latest judgement, its movies.

    `two_prefixes` are of one sentence at all the moments that were kept; their words are letters where tokens are
    (`by_letter`).  `teacher_forcing` and `learning_rate` are those of the next update; `description` is what a twin
    differs in, None where there is none.
    """

    name: str
    description: Said | None
    looks: bool
    points: tuple[Point, ...]
    checks: tuple[Check, ...]
    by_letter: bool
    two_prefixes: tuple[TwoPrefixes, ...]
    samples: tuple[Sample, ...]
    probes: tuple[Probe, ...]
    teacher_forcing: float
    learning_rate: float
    clip: float


@dataclass(frozen=True)
class Try:
    """What was before a rewind: curves and their labelled lines."""

    points: tuple[Point, ...]
    checks: tuple[Check, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class RunView:
    """All the page needs, as one record; made in microseconds.

    `status` says more than `state`: why it ended, where it stands.  `seconds` of training and judging
    since the last rewind, `eta_seconds` until a limit is reached (None while nothing moves), `place`
    in the queue (1 is next) and `queue_length`; both 0 when not queued.  `version` grows with each
    judgement and each event: redraw the movie when it did.
    """

    run: int
    settings: RunSettings
    state: str
    status: Said
    update: int
    epoch: int
    seconds: float
    tokens_per_second: float
    eta_seconds: float | None
    lanes: tuple[LaneView, ...]
    events: tuple[Event, ...]
    tries: tuple[Try, ...]
    version: int
    place: int = 0
    queue_length: int = 0

    @property
    def ended(self) -> bool:
        return self.state in ENDED
