"""What a visitor chooses before a live run, with limits that two CPU cores can carry, and the presets."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import torch

from s2s_demo.errors import SettingError, check_choice, check_range
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.recurrent import CELLS
from s2s_demo.tasks import Task
from s2s_demo.tasks.corpora import Corpus
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Tokenizer
from s2s_demo.training import LearningRate, TeacherForcing, Training, TrainingConfig
from s2s_demo.training.loop import OPTIMISERS, PRECISIONS
from s2s_demo.training.memory import check_memory
from s2s_demo.training.schedule import RATE_SCHEDULES

DIRECTIONS = ("both", "forward")
LIMITS: dict[str, tuple[float, float]] = {
    "layers": (1, 4),
    "hidden_size": (8, 512),
    "learning_rate": (1e-6, 10),
    "warm_up": (0, 10_000),
    "batch_tokens": (32, 8000),
    "seed": (0, 1_000_000),
    "clip": (0.001, 1000),
    "dropout": (0, 0.8),
    "label_smoothing": (0, 0.5),
    "vocabulary_size": (30, 16_000),
    "updates": (1, 100_000),
    "seconds": (1, 900),
}
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
    cell: str = "gru"
    layers: int = 1
    hidden_size: int = 128
    direction: str = "both"
    attention: str = "scaled_dot"
    decoder: str = "luong"
    input_feeding: bool = False
    optimiser: str = "adam"
    learning_rate: float = 4e-3
    rate_schedule: str = "linear"
    warm_up: int = 30
    batch_tokens: int = 600
    seed: int = 1
    teacher_forcing: TeacherForcing = field(default_factory=TeacherForcing)
    clip: float = 1.0
    dropout: float = 0.0
    label_smoothing: float = 0.0
    precision: str = "fp32"
    vocabulary_size: int | None = None
    updates: int = 450
    seconds: float = 600.0

    def __post_init__(self) -> None:
        for what, given, allowed in (
            ("cell", self.cell, CELLS),
            ("direction", self.direction, DIRECTIONS),
            ("attention", self.attention, ATTENTIONS),
            ("decoder", self.decoder, DECODERS),
            ("optimiser", self.optimiser, OPTIMISERS),
            ("learning-rate schedule", self.rate_schedule, RATE_SCHEDULES),
            ("precision", self.precision, PRECISIONS),
        ):
            check_choice(what, given, allowed)
        for name, (low, high) in LIMITS.items():
            if (given := getattr(self, name)) is not None:
                check_range(name.replace("_", " "), given, low, high)
        if self.decoder == "fixed" and self.attention != "none":
            raise SettingError(
                f"the fixed decoder never looks at the source; choose attention none, not {self.attention}, "
                "or the decoder luong, bahdanau or gnmt"
            )
        if self.input_feeding and self.decoder != "luong":
            raise SettingError(f"input feeding belongs to the luong decoder, not to {self.decoder}")

    def model(self, vocabulary_size: int) -> ModelConfig:
        """The architecture these settings describe."""
        return ModelConfig(
            vocabulary_size=vocabulary_size,
            cell=self.cell,
            embedding_size=self.hidden_size,
            hidden_size=self.hidden_size,
            encoder_layers=self.layers,
            bidirectional=self.direction == "both",
            decoder=self.decoder,
            decoder_layers=self.layers,
            attention=self.attention,
            input_feeding=self.input_feeding,
            embedding_dropout=self.dropout,
            hidden_dropout=self.dropout,
            output_dropout=self.dropout,
        )

    def training(self) -> TrainingConfig:
        """How it learns."""
        return TrainingConfig(
            optimiser=self.optimiser,
            learning_rate=LearningRate(kind=self.rate_schedule, peak=self.learning_rate, warm_up=self.warm_up),
            teacher_forcing=self.teacher_forcing,
            clip=self.clip,
            label_smoothing=self.label_smoothing,
            tokens_per_batch=self.batch_tokens,
            precision=self.precision,
            updates=self.updates,
            seed=self.seed,
        )


_MADE = RunSettings(task="dates", seed=3)
_LSTM = replace(_MADE, cell="lstm", learning_rate=2e-3)
_CORPUS = RunSettings(
    task="multi30k-en-fr",
    cell="lstm",
    hidden_size=256,
    learning_rate=3e-3,
    warm_up=200,
    batch_tokens=1600,
    dropout=0.1,
    label_smoothing=0.1,
    precision="auto",
    vocabulary_size=4000,
    updates=1500,
)

PRESETS: dict[str, RunSettings] = {
    # Additive attention and dropout look at a figure itself, whatever the seed; the other kinds may learn to look
    # at the space before it, where the backward reader has just read it.
    "Dates, in seconds": replace(_MADE, attention="additive", dropout=0.1),
    "Reverse, in seconds": replace(_MADE, task="reverse", cell="lstm", hidden_size=96, seed=1),
    "Numerals, in seconds": replace(
        _MADE, task="numerals-en", cell="lstm", hidden_size=96, batch_tokens=1000, updates=600, seed=1
    ),
    "Captions, in minutes": _CORPUS,
    "Bahdanau 2015": replace(_MADE, attention="additive", decoder="bahdanau"),
    # Luong's own encoder reads forward only; then a day of one figure takes long to tell from one of two.
    "Luong 2015": replace(_LSTM, layers=2, attention="general", input_feeding=True, updates=500),
    # One vector for all: short words come back reversed, long ones do not, and dates are out of reach.
    "Sutskever 2014: no attention": replace(
        _LSTM, task="reverse", direction="forward", attention="none", decoder="fixed", seed=1, updates=1500
    ),
}


def preset_for(name: str, task: Task) -> RunSettings:
    """The settings a task starts with: its own preset, else those of its kind (made by a rule, or a corpus)."""
    for settings in PRESETS.values():
        if settings.task == name:
            return settings
    if isinstance(task, Corpus):
        return replace(_CORPUS, task=name)
    if not is_quick(task):  # the visitor's own sentences
        return replace(_CORPUS, task=name, vocabulary_size=None)
    return replace(PRESETS["Numerals, in seconds"] if name.startswith("numerals") else _MADE, task=name)


def is_quick(task: Task) -> bool:
    """Whether a task is learnt in seconds: one made by a rule, or one of letters."""
    return isinstance(task, MadeTask) or task.tokenizer[0] == "char"


def texts_of(task: Task, seed: int) -> Iterator[str]:
    """Both sides of the task's first training pairs, for the tokenizer to learn from."""
    for pair in task.train(0, seed)[:TOKENIZER_PAIRS]:
        yield pair.source
        yield pair.target


def build_training(settings: RunSettings, task: Task, tokenizer: Tokenizer | None = None) -> Training:
    """A new training on the CPU, its first weights drawn from the seed.

    Without a tokenizer, one is learnt from the task's own training pairs.
    """
    if tokenizer is None:
        kind, size = task.tokenizer
        tokenizer = Tokenizer.train(texts_of(task, settings.seed), kind, settings.vocabulary_size or size)
    check_memory(settings.model(len(tokenizer)), settings.training(), torch.device("cpu"))
    model = Seq2Seq(settings.model(len(tokenizer)), settings.seed)
    return Training(model, tokenizer, task, settings.training())


def warm_up() -> None:
    """Let PyTorch load what its optimisers need (about a second, once), before the first visitor presses start."""
    torch.optim.Adam([torch.nn.Parameter(torch.zeros(1))], fused=True)
