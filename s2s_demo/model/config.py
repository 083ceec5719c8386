"""The settings of a model: every choice a person can make about its architecture."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from s2s_demo.errors import SettingError, check_choice, check_range
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.recurrent import CELLS
from s2s_demo.settings import check_settings, setting
from s2s_demo.signals import SIGNALS

CONTEXTS = ("first_state", "every_step")
INITIALISATIONS = ("orthogonal", "xavier", "he")


def _front_ends() -> Mapping[str, object]:
    from s2s_demo.model.front_ends import FRONT_ENDS  # which import this file

    return FRONT_ENDS


def _encoders() -> Mapping[str, object]:
    from s2s_demo.model.encoders import ENCODERS  # which import this file

    return ENCODERS


def _decoders() -> Mapping[str, object]:
    from s2s_demo.model.decoders import DECODERS  # which import this file

    return DECODERS


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """Architecture of one encoder-decoder; the defaults are the ones of the shipped translators.

    hidden_size is H, the memory's M and the attention's A alike.  `residual` keeps the word's
    embedding in the memory.  `input_feeding` (Luong et al. 2015, section 3.3) hands the last
    attended vector to the next step.  `context` says how a decoder that does not look receives
    the sentence.  `pointer` lets words be copied (See et al. 2017).  `tied` uses one matrix for
    source embedding, target embedding and output.  Dropout rates act in training only.  What is
    set of the attention, the encoder and the decoder beyond that stands as plain data in
    `attention_settings` and so on.

    `signal` names what the source is made of, where it is not words (""): its task decides.  Then a front end stands
    in place of the source embedding.
    """

    vocabulary_size: int
    signal: str = ""
    front_end: str = setting(
        "linear", registry=_front_ends, what="front end", help="how ink, sound and pictures become vectors"
    )
    front_end_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    cell: str = setting("lstm", choices=CELLS, what="cell", help="the recurrent unit")
    embedding_size: int = setting(256, low=2, high=4096, what="embedding size", help="numbers that stand for a word")
    hidden_size: int = setting(256, low=2, high=4096, what="hidden size", help="numbers in a state of the networks")
    encoder: str = setting("recurrent", registry=_encoders, what="encoder", help="how the source is read")
    encoder_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    encoder_layers: int = setting(
        1, low=1, high=16, what="number of encoder layers", help="networks on top of each other that read"
    )
    bidirectional: bool = setting(
        True, switch="one-direction", what="both directions", help="the encoder reads forwards and backwards"
    )
    residual: bool = setting(True, what="residual", help="what is looked at keeps the word's own embedding")
    decoder: str = setting("gnmt", registry=_decoders, what="decoder", help="how the target is written")
    decoder_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    decoder_layers: int = setting(
        1, low=1, high=16, what="number of decoder layers", help="networks on top of each other that write"
    )
    attention: str = setting(
        "scaled_dot", registry=lambda: ATTENTIONS, what="attention", help="how the decoder looks at the source"
    )
    attention_settings: dict[str, Any] = field(default_factory=dict, hash=False)
    input_feeding: bool = setting(
        False, what="input feeding", help="the last attended vector is an input of the next step (luong)"
    )
    context: str = setting(
        "first_state", choices=CONTEXTS, what="context", help="how a decoder that does not look gets the sentence"
    )
    pointer: bool = setting(False, what="pointer", help="a word may be copied from where the decoder looks")
    tied: bool = setting(True, switch="untied", what="tied embeddings", help="one matrix for all words, in and out")
    initialisation: str = setting(
        "orthogonal", choices=INITIALISATIONS, what="initialisation", help="how the first weights are drawn"
    )
    embedding_dropout: float = setting(
        0.2, low=0, high=0.95, what="embedding dropout", help="share of embeddings' numbers left out in training"
    )
    hidden_dropout: float = setting(
        0.2, low=0, high=0.95, what="hidden dropout", help="share of hidden states' numbers left out in training"
    )
    output_dropout: float = setting(
        0.3, low=0, high=0.95, what="output dropout", help="share of the output's input left out in training"
    )

    def __post_init__(self) -> None:
        check_range("vocabulary size", self.vocabulary_size, 5, 200_000)
        check_choice("signal", self.signal, ["", *SIGNALS])
        check_settings(self)
        if not self.signal and self.front_end != "linear":  # which is what an embedding is
            raise SettingError("model.front-end-of-words", front_end=self.front_end)
        if self.pointer and not ATTENTIONS[self.attention].looks:
            raise SettingError("model.pointer")
        if self.pointer and self.signal:
            raise SettingError("model.pointer-to-signal", signal=self.signal)
