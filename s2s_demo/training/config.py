"""How to train: every choice that stays fixed for a whole run."""

from dataclasses import dataclass, field
from typing import Any

from s2s_demo.settings import check_settings, setting
from s2s_demo.tasks.base import LONGEST_SEQUENCE
from s2s_demo.training.losses import LOSSES
from s2s_demo.training.optimisers import OPTIMISERS
from s2s_demo.training.schedule import LearningRate, TeacherForcing

PRECISIONS = ("fp32", "bf16", "auto")  # auto: bf16 where the hardware multiplies it, and fp32 elsewhere


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """How to train; what stays fixed for a whole run.

    `guided_alignment` weighs the penalty for looking elsewhere than a word aligner says (0: none).
    A run ends at whichever of `epochs`, `updates`, `seconds` (of training) comes first.  What is set
    of the optimiser and the loss stands as plain data in `optimiser_settings` and `loss_settings`.
    """

    optimiser: str = setting("adam", registry=lambda: OPTIMISERS, what="optimiser", help="how weights are moved")
    optimiser_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    learning_rate: LearningRate = field(default_factory=LearningRate)
    teacher_forcing: TeacherForcing = field(default_factory=TeacherForcing)
    clip: float = setting(
        1.0, low=1e-6, high=1e6, what="gradient clipping", help="longer gradients are shortened to this norm"
    )
    loss: str = setting("cross_entropy", registry=lambda: LOSSES, what="loss", help="what is minimised")
    loss_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    label_smoothing: float = setting(
        0.1, low=0, high=0.9, what="label smoothing", help="share of each target spread over all words"
    )
    guided_alignment: float = setting(
        0.0, low=0, high=10, what="weight of guided alignment", help="how much a word aligner's word counts"
    )
    tokens_per_batch: int = setting(
        2400,
        low=1,
        high=1_000_000,
        name="batch_tokens",
        what="target tokens per batch",
        help="how much is read before each update",
    )
    longest: int = setting(
        LONGEST_SEQUENCE, low=1, high=10_000, what="longest sentence in tokens", help="longer pairs are left out"
    )
    precision: str = setting("fp32", choices=PRECISIONS, what="precision", help="how numbers are multiplied")
    epochs: int = setting(1_000_000, low=1, high=10**12, what="number of epochs", help="passes over the data, at most")
    updates: int = setting(1_000_000_000, low=1, high=10**12, what="number of updates", help="steps, at most")
    seconds: float = setting(
        1e9, low=1e-3, high=1e12, name="max_seconds", what="training time in seconds", help="of all stages, at most"
    )
    seed: int = setting(1, low=0, high=2**62, what="seed", help="decides every draw of a run")

    def __post_init__(self) -> None:
        check_settings(self)
