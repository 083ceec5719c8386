"""Settings to start with: the presets of tab Train, and what suits each task."""

from dataclasses import replace

from s2s_demo.errors import check_choice
from s2s_demo.live.settings import RunSettings
from s2s_demo.tasks import Task
from s2s_demo.tasks.corpora import Corpus
from s2s_demo.tasks.made import MadeTask
from s2s_demo.words import ORIGINAL, say, speaking

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
        updates=2200,
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
    # What follows hangs on the same digit of two numbers: one head for each.
    "sequences": replace(_MADE, attention="multi_head", decoder="bahdanau", learning_rate=3e-3, updates=4800),
}

PRESETS: dict[str, RunSettings] = {  # by key; the words' table names them
    # Additive attention and dropout look at a figure itself, whatever the seed; the other kinds may learn to look
    # at the space before it, where the backward reader has just read it.
    "dates-in-seconds": replace(_MADE, attention="additive", dropout=0.1),
    "reverse-in-seconds": replace(_MADE, task="reverse", cell="lstm", hidden_size=96, seed=1),
    "numerals-in-seconds": replace(
        _MADE, task="numerals-en", cell="lstm", hidden_size=96, batch_tokens=1000, updates=600, seed=1
    ),
    "captions-in-minutes": replace(_CORPUS, updates=1100),  # a class waits: 45 BLEU after 240 processor seconds
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
