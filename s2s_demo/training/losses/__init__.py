"""What training minimises: one file and one line here each, in the page's order."""

from s2s_demo.training.losses.base import Loss, Pass
from s2s_demo.training.losses.coverage import CoverageLoss
from s2s_demo.training.losses.cross_entropy import CHUNK, CrossEntropy, cross_entropy, gold_scores, log_probs_of
from s2s_demo.training.losses.minimum_risk import MinimumRisk
from s2s_demo.training.losses.transition import Transition
from s2s_demo.training.losses.unlikelihood import Unlikelihood

LOSSES: dict[str, type[Loss]] = {
    "cross_entropy": CrossEntropy,
    "minimum_risk": MinimumRisk,
    "transition": Transition,
    "unlikelihood": Unlikelihood,
    "coverage": CoverageLoss,
}

__all__ = ["CHUNK", "LOSSES", "CrossEntropy", "Loss", "Pass", "cross_entropy", "gold_scores", "log_probs_of"]
