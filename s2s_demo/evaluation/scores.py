"""How good outputs are: BLEU, chrF and TER by sacrebleu, cased and detokenised; exact match; all with 95 % intervals.

Outputs and references are compared in one way of writing (`text.normalise`), which the signatures say: a curly
quotation mark or the typographer's space is no difference.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sacrebleu.metrics.base import Metric
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import _bootstrap_resample

from s2s_demo.errors import check_choice
from s2s_demo.languages import Language, language_of
from s2s_demo.text import normalise
from s2s_demo.training.losses.risks import edit_distance

METRICS: dict[str, Callable[[Language], Metric]] = {
    "bleu": lambda language: BLEU(tokenize=language.bleu_tokeniser),
    "chrf": lambda language: CHRF(),
    "ter": lambda language: TER(asian_support=not language.spaced, normalized=not language.spaced),
}
NORMALISED = "|text:normalised"  # what our signatures add to those of sacrebleu


@dataclass(frozen=True)
class Score:
    """A corpus score (0 to 100; for TER lower is better), how it was computed, and its 95 % interval."""

    score: float
    signature: str
    low: float | None = None
    high: float | None = None


def score(
    outputs: Sequence[str],
    references: Sequence[Sequence[str]],
    language: str = "",
    bootstrap: int = 0,
    metrics: Sequence[str] = tuple(METRICS),
) -> dict[str, Score]:
    """The chosen METRICS of outputs, in `language`, against one or more references each.

    `bootstrap` resamples (1,000 is usual; Koehn 2004) give the 95 % interval, between their percentiles.
    """
    deepest, of_text = max(map(len, references)), language_of(language)
    written, known = list(map(normalise, outputs)), [list(map(normalise, of_one)) for of_one in references]
    streams = [[of_one[i] if i < len(of_one) else None for of_one in known] for i in range(deepest)]
    for name in metrics:
        check_choice("metric", name, METRICS)
    return {name: _score(METRICS[name](of_text), written, streams, bootstrap) for name in metrics}


def _score(metric: Metric, outputs: Sequence[str], streams: Sequence[Sequence[str | None]], bootstrap: int) -> Score:
    counts = metric._extract_corpus_statistics(outputs, streams)  # type: ignore[arg-type]
    found, low, high = metric._aggregate_and_compute(counts).score, None, None
    if bootstrap > 1:
        metric.n_bootstrap = bootstrap  # these two are in the signature
        metric.seed, resamples = _bootstrap_resample(counts, metric, bootstrap)
        low, high = map(float, np.percentile([resample.score for resample in resamples], (2.5, 97.5)))
    return Score(float(found), str(metric.get_signature()) + NORMALISED, low, high)


def error_rate(outputs: Sequence[str], references: Sequence[Sequence[str]], *, by_letter: bool) -> float:
    """Insertions, deletions and exchanges for each letter (or word) of the nearest references, over all of a test set.

    The character (word) error rate of those who read handwriting and speech.
    """
    edits = length = 0
    for output, known in zip(outputs, references, strict=True):
        ours, *theirs = (list(text) if by_letter else text.split() for text in map(normalise, (output, *known)))
        nearest = min(theirs, key=lambda one: edit_distance(ours, one))
        edits, length = edits + edit_distance(ours, nearest), length + len(nearest)
    return edits / max(1, length)


def is_exact(output: str, references: Sequence[str]) -> bool:
    """Whether an output is one of the references, but for the typographer's spaces."""
    return normalise(output) in map(normalise, references)


def exact_score(share: float, of: int) -> Score:
    """The share of exact answers among `of`, in %, with the interval of Wilson 1927."""
    z = 1.96
    middle, half = share + z * z / (2 * of), z * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5
    low, high = ((middle + side) / (1 + z * z / of) for side in (-half, half))
    return Score(100 * share, "exact|interval:wilson", 100 * max(0.0, low), 100 * min(1.0, high))


def sentence_chrf(outputs: Sequence[str], references: Sequence[Sequence[str]]) -> list[float]:
    """chrF of each sentence by itself, 0 to 100; unlike BLEU it means something for a single sentence."""
    metric = CHRF()
    return [metric.sentence_score(text, of_one).score for text, of_one in zip(outputs, references, strict=True)]
