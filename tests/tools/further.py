"""A checkpoint that learns for some updates more under another loss; for `shift` and `transitions`."""

from typing import Any

from s2s_demo.checkpoint import load
from s2s_demo.model.packed import freeze
from s2s_demo.tasks import Task
from s2s_demo.training import LearningRate, Training, TrainingConfig
from s2s_demo.translator import Translator

RATE = 1e-4  # a tenth or less of what it learnt with at first: it is to stay the model that it is


def taught_further(
    model: str, task: Task, updates: int, loss: str, settings: dict[str, Any], *, tokens: int = 2400, seed: int = 1
) -> Translator:
    """The checkpoint after so many updates of about so many target tokens; without any, as it is."""
    translator = load(model, "cpu")
    if not updates:
        return translator
    config = TrainingConfig(
        loss=loss,
        loss_settings=settings,
        learning_rate=LearningRate(kind="constant", peak=RATE, warm_up=0),
        tokens_per_batch=tokens,
        updates=updates,
        precision="auto",
        seed=seed,
    )
    training = Training(translator.model.requires_grad_(), translator.tokenizer, task, config)
    for _ in range(updates):
        training.advance()
    freeze(translator.model)
    return translator
