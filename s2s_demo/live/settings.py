"""What a visitor chooses before a live run, with limits that two CPU cores can carry, and the presets."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import torch

from s2s_demo.errors import SettingError, check_choice
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.encoders import ENCODERS
from s2s_demo.model.front_ends import FRONT_ENDS
from s2s_demo.model.recurrent import CELLS
from s2s_demo.settings import check_settings, own_record, setting, settings_of
from s2s_demo.tasks import TASKS, Task, make_task
from s2s_demo.tasks.corpora import Corpus
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Tokenizer
from s2s_demo.training import LearningRate, TeacherForcing, Training, TrainingConfig
from s2s_demo.training.config import PRECISIONS
from s2s_demo.training.losses import LOSSES
from s2s_demo.training.memory import check_memory
from s2s_demo.training.optimisers import OPTIMISERS
from s2s_demo.training.schedule import RATE_SCHEDULES
from s2s_demo.words import ORIGINAL, say, speaking

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

# A decoder that is told what it saw knows where it stands among places that look alike; dropout keeps attention from
# looking beside them.
_SIGNAL = replace(_MADE, decoder="bahdanau", attention="additive", dropout=0.1, seed=1)
_BY_SIGNAL = {
    "picture": replace(_SIGNAL, task="shapes", front_end="perceptron", batch_tokens=800, updates=600),
    # A letter is told by its neighbourhood: an encoder of convolutions sees it at once, a recurrent one has to count.
    "sound": replace(
        _SIGNAL,
        task="morse",
        task_settings={"most_letters": 3},
        front_end="convolutional",
        encoder="convolutional",
        encoder_settings={"kernel": 9},
        learning_rate=3e-3,
        batch_tokens=250,
        updates=1000,
    ),
    "speech": replace(
        _SIGNAL,
        task="spoken-digits",
        task_settings={"most_digits": 2},
        front_end="convolutional",
        learning_rate=3e-3,
        batch_tokens=150,
        updates=600,
    ),
    "ink": replace(_SIGNAL, task="handwriting", front_end="convolutional", batch_tokens=500, updates=500),
    "film": replace(_SIGNAL, task="films", front_end="perceptron", batch_tokens=800, updates=600),
}

# What stands in the source is to be looked at, not learnt by heart: dropout makes the latter harder.
_BY_TASK = {
    "dialogue": replace(_MADE, attention="additive", dropout=0.2),
    # Which fact is asked for is found out by small steps, many of them.
    "comprehension": replace(_MADE, decoder="bahdanau", hidden_size=64, batch_tokens=250, updates=2000),
    "sequences": replace(
        _MADE, attention="additive", decoder="bahdanau", dropout=0.1, learning_rate=3e-3, updates=3000
    ),
}

PRESETS: dict[str, RunSettings] = {  # by key; the words' table names them
    # Additive attention and dropout look at a figure itself, whatever the seed; the other kinds may learn to look
    # at the space before it, where the backward reader has just read it.
    "dates-in-seconds": replace(_MADE, attention="additive", dropout=0.1),
    "reverse-in-seconds": replace(_MADE, task="reverse", cell="lstm", hidden_size=96, seed=1),
    "numerals-in-seconds": replace(
        _MADE, task="numerals-en", cell="lstm", hidden_size=96, batch_tokens=1000, updates=600, seed=1
    ),
    "captions-in-minutes": _CORPUS,
    "shapes-in-a-minute": _BY_SIGNAL["picture"],
    "morse-in-minutes": _BY_SIGNAL["sound"],
    "spoken-digits-in-minutes": _BY_SIGNAL["speech"],
    "handwriting-in-a-minute": _BY_SIGNAL["ink"],
    "films-in-minutes": _BY_SIGNAL["film"],
    "bahdanau-2015": replace(_MADE, attention="additive", decoder="bahdanau"),
    # Luong's own encoder reads forward only; then a day of one figure takes long to tell from one of two.
    "luong-2015": replace(_LSTM, layers=2, attention="general", input_feeding=True, updates=500),
    "luong-2015-local-p": replace(_LSTM, attention="local_p", input_feeding=True, updates=500),
    "vaswani-2017": replace(
        _MADE,
        encoder="transformer",
        decoder="transformer",
        attention="multi_head",
        layers=2,
        learning_rate=2e-3,
        warm_up=60,
        updates=900,
    ),
    "gehring-2017": replace(_LSTM, encoder="convolutional", encoder_settings={"kernel": 5}, layers=3, updates=900),
    "see-2017": replace(_MADE, task="copy-names", attention="additive", pointer=True, dropout=0.3, updates=300),
    "shen-2016": replace(
        _MADE, attention="additive", loss="minimum_risk", loss_settings={"likelihood": 1.0}, batch_tokens=300
    ),
    # One vector for all: short words come back reversed, long ones do not, and dates are out of reach.
    "sutskever-2014": replace(
        _LSTM, task="reverse", direction="forward", attention="none", decoder="fixed", seed=1, updates=1500
    ),
}


def preset_name(key: str) -> str:
    """What a preset is called, in the language spoken."""
    return say(f"presets.{key}")


def preset_key(given: str) -> str:
    """The key of a preset that is given by its key or by its English name; SettingError if there is none."""
    with speaking(ORIGINAL):
        named = {preset_name(key): key for key in PRESETS}
    key = named.get(given, given)
    check_choice("preset", key, PRESETS)
    return key


def preset_for(name: str, task: Task) -> RunSettings:
    """The settings a task starts with: its own preset, else those of its kind (made by a rule, or a corpus)."""
    for settings in PRESETS.values():
        if settings.task == name:
            return settings
    if task.signal:
        return replace(_BY_SIGNAL[task.signal], task=name)
    if isinstance(task, Corpus):
        return replace(_CORPUS, task=name)
    if not is_quick(task):  # the visitor's own sentences
        return replace(_CORPUS, task=name, vocabulary_size=None)
    base = PRESETS["numerals-in-seconds"] if name.startswith("numerals") else _BY_TASK.get(name, _MADE)
    return replace(base, task=name)


def is_quick(task: Task) -> bool:
    """Whether a task is learnt in seconds: one made by a rule, or one of letters."""
    return isinstance(task, MadeTask) or task.tokenizer[0] == "char"


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


def warm_up() -> None:
    """Let PyTorch load what its optimisers need (about a second, once), before the first visitor presses start."""
    torch.optim.Adam([torch.nn.Parameter(torch.zeros(1))], fused=True)
