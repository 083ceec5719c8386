"""What a visitor chooses before a live run, with limits that two CPU cores can carry."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch

from s2s_demo.errors import SettingError
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.encoders import ENCODERS
from s2s_demo.model.front_ends import FRONT_ENDS
from s2s_demo.model.recurrent import CELLS
from s2s_demo.settings import check_settings, own_record, setting, settings_of
from s2s_demo.tasks import TASKS, Task, make_task
from s2s_demo.text import Tokenizer
from s2s_demo.training import LearningRate, TeacherForcing, Training, TrainingConfig
from s2s_demo.training.config import PRECISIONS
from s2s_demo.training.losses import LOSSES
from s2s_demo.training.memory import check_memory
from s2s_demo.training.optimisers import OPTIMISERS
from s2s_demo.training.schedule import RATE_SCHEDULES

DIRECTIONS = ("both", "forward")
TOKENIZER_PAIRS = 30_000  # enough text to choose subwords by, and learnt in a second


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """Everything the control strip offers; the defaults learn a made task in seconds.

    `hidden_size` is also the size of the embeddings.  `direction` says whether the encoder reads
    both ways.  `dropout` acts on embeddings, hidden states and the output layer's input alike.  A
    run ends after `updates`, or after `seconds` of training and judging.  `rate_schedule` counts on
    `updates` as the whole run, never on the clock, so that a run can be repeated exactly.
    """

    task: str
    task_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    cell: str = setting("gru", choices=CELLS, what="cell", help="the recurrent unit")
    layers: int = setting(1, low=1, high=4, what="layers", help="networks on top of each other")
    hidden_size: int = setting(128, low=8, high=512, what="hidden size", help="numbers in a state and for a word")
    direction: str = setting("both", choices=DIRECTIONS, what="direction", help="how the encoder reads")
    front_end: str = setting(
        "linear", registry=lambda: FRONT_ENDS, what="front end", help="how ink, sound and pictures become vectors"
    )
    front_end_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    encoder: str = setting("recurrent", registry=lambda: ENCODERS, what="encoder", help="how the source is read")
    encoder_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    attention: str = setting(
        "scaled_dot", registry=lambda: ATTENTIONS, what="attention", help="how the decoder looks at the source"
    )
    attention_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    decoder: str = setting("luong", registry=lambda: DECODERS, what="decoder", help="how the target is written")
    decoder_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    input_feeding: bool = setting(
        False, what="input feeding", help="the last attended vector is an input of the next step"
    )
    pointer: bool = setting(False, what="pointer", help="a word may be copied from where the decoder looks")
    optimiser: str = setting("adam", registry=lambda: OPTIMISERS, what="optimiser", help="how weights are moved")
    optimiser_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    loss: str = setting("cross_entropy", registry=lambda: LOSSES, what="loss", help="what is minimised")
    loss_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    learning_rate: float = setting(4e-3, low=1e-6, high=10, what="learning rate", help="how far an update goes")
    rate_schedule: str = setting(
        "linear", choices=RATE_SCHEDULES, what="learning-rate schedule", help="how the rate falls after the warm-up"
    )
    warm_up: int = setting(30, low=0, high=10_000, what="warm up", help="updates over which the rate climbs")
    batch_tokens: int = setting(600, low=32, high=8000, what="batch tokens", help="target tokens of an update")
    seed: int = setting(1, low=0, high=1_000_000, what="seed", help="decides every draw of a run")
    teacher_forcing: TeacherForcing = field(default_factory=TeacherForcing)
    clip: float = setting(1.0, low=0.001, high=1000, what="clip", help="longer gradients are shortened to this norm")
    dropout: float = setting(0.0, low=0, high=0.8, what="dropout", help="share of numbers left out in training")
    label_smoothing: float = setting(
        0.0, low=0, high=0.5, what="label smoothing", help="share of each target spread over all words"
    )
    precision: str = setting("fp32", choices=PRECISIONS, what="precision", help="how numbers are multiplied")
    vocabulary_size: int | None = setting(
        None, low=30, high=16_000, what="vocabulary size", help="pieces at most (else what suits the task)"
    )
    updates: int = setting(450, low=1, high=100_000, what="updates", help="steps of the whole run")
    seconds: float = setting(600.0, low=1, high=900, what="seconds", help="of learning and judging, at most")

    def __post_init__(self) -> None:
        check_settings(self, shared=True)
        if self.task in TASKS:
            own_record(TASKS[self.task], self.task_settings, shared=True)
        if self.decoder == "fixed" and self.attention != "none":
            raise SettingError("live.fixed-never-looks", attention=self.attention)
        if self.pointer and not ATTENTIONS[self.attention].looks:
            raise SettingError("model.pointer")
        if self.input_feeding and self.decoder != "luong":
            raise SettingError("live.input-feeding", decoder=self.decoder)

    def make_task(self) -> Task:
        """The task by its name, with its own settings; SettingError for one that only a visitor has."""
        return make_task(self.task, self.task_settings)

    def model(self, vocabulary_size: int, signal: str = "") -> ModelConfig:
        """The architecture these settings describe, for sources that are text or another signal."""
        return ModelConfig(
            vocabulary_size=vocabulary_size,
            signal=signal,
            front_end=self.front_end,
            front_end_settings=self.front_end_settings,
            cell=self.cell,
            embedding_size=self.hidden_size,
            hidden_size=self.hidden_size,
            encoder=self.encoder,
            encoder_settings=self.encoder_settings,
            encoder_layers=self.layers,
            bidirectional=self.direction == "both",
            decoder=self.decoder,
            decoder_settings=self.decoder_settings,
            decoder_layers=self.layers,
            attention=self.attention,
            attention_settings=self.attention_settings,
            input_feeding=self.input_feeding,
            pointer=self.pointer,
            embedding_dropout=self.dropout,
            hidden_dropout=self.dropout,
            output_dropout=self.dropout,
        )

    def training(self) -> TrainingConfig:
        """How it learns."""
        return TrainingConfig(
            optimiser=self.optimiser,
            optimiser_settings=self.optimiser_settings,
            loss=self.loss,
            loss_settings=self.loss_settings,
            learning_rate=LearningRate(kind=self.rate_schedule, peak=self.learning_rate, warm_up=self.warm_up),
            teacher_forcing=self.teacher_forcing,
            clip=self.clip,
            label_smoothing=self.label_smoothing,
            tokens_per_batch=self.batch_tokens,
            precision=self.precision,
            updates=self.updates,
            seed=self.seed,
        )


LIMITS: dict[str, tuple[float, float]] = {
    each.name: each.range(shared=True) for each in settings_of(RunSettings) if each.is_number
}


def texts_of(task: Task, seed: int) -> Iterator[str]:
    """The texts of the task's first training pairs, for the tokenizer to learn from."""
    for pair in task.train(0, seed)[:TOKENIZER_PAIRS]:
        yield from pair.texts(task.signal)


def build_training(settings: RunSettings, task: Task, tokenizer: Tokenizer | None = None) -> Training:
    """A new training on the CPU, its first weights drawn from the seed.

    Without a tokenizer, one is learnt from the task's own training pairs.
    """
    if tokenizer is None:
        kind, size = task.tokenizer
        tokenizer = Tokenizer.train(texts_of(task, settings.seed), kind, settings.vocabulary_size or size)
    config = settings.model(len(tokenizer), task.signal)
    check_memory(config, settings.training(), torch.device("cpu"))
    model = Seq2Seq(config, settings.seed)
    return Training(model, tokenizer, task, settings.training())
