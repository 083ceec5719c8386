"""What training minimises: one file and one line here each, in the page's order."""

from s2s_demo.training.losses.base import Loss, Pass
from s2s_demo.training.losses.cross_entropy import CHUNK, CrossEntropy, cross_entropy, log_probs_of

LOSSES: dict[str, type[Loss]] = {"cross_entropy": CrossEntropy}

__all__ = ["CHUNK", "LOSSES", "CrossEntropy", "Loss", "Pass", "cross_entropy", "log_probs_of"]
