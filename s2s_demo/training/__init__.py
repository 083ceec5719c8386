"""Learning: schedules, losses, and the loop as a generator."""

from s2s_demo.training.config import TrainingConfig
from s2s_demo.training.loop import Controls, Progress, Training
from s2s_demo.training.schedule import LearningRate, TeacherForcing
from s2s_demo.training.stepping import take_step

__all__ = ["Controls", "LearningRate", "Progress", "TeacherForcing", "Training", "TrainingConfig", "take_step"]
