"""How good translations are: scores, test sets, and one way to evaluate.

scores      BLEU, chrF, TER, exact match, with intervals and signatures
test_set    sources with their references
run         the one generator that evaluates
figures     by length of the source, by size of the beam
reporting   all of that about one model on one test set
"""

from s2s_demo.evaluation.figures import (
    BEAM_SIZES,
    LENGTHS,
    METRIC_NAMES,
    BeamScore,
    LengthScore,
    beam_of,
    beam_score,
    by_beam,
    by_length,
    length_name,
)
from s2s_demo.evaluation.reporting import Report, report, with_beams
from s2s_demo.evaluation.run import Evaluation, Progress, evaluate, evaluating, judge, metric_for
from s2s_demo.evaluation.scores import METRICS, Score, error_rate, exact_score, is_exact, score, sentence_chrf
from s2s_demo.evaluation.test_set import TestSet

__all__ = [
    "BEAM_SIZES",
    "LENGTHS",
    "METRICS",
    "METRIC_NAMES",
    "BeamScore",
    "Evaluation",
    "LengthScore",
    "Progress",
    "Report",
    "Score",
    "TestSet",
    "beam_of",
    "beam_score",
    "by_beam",
    "by_length",
    "error_rate",
    "evaluate",
    "evaluating",
    "exact_score",
    "is_exact",
    "judge",
    "length_name",
    "metric_for",
    "report",
    "score",
    "sentence_chrf",
    "with_beams",
]
