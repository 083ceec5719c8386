"""The settings of a model: every choice a person can make about its architecture."""

from dataclasses import dataclass

from s2s_demo.errors import check_choice, check_range

CONTEXTS = ("first_state", "every_step")
INITIALISATIONS = ("orthogonal", "xavier", "he")


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """Architecture of one encoder-decoder; the defaults are the ones of the shipped translators.

    hidden_size is H, the memory's M and the attention's A alike.  `residual` keeps the word's
    embedding in the memory.  `input_feeding` (Luong et al. 2015, section 3.3) hands the last
    attended vector to the next step.  `context` says how a decoder that does not look receives
    the sentence.  `tied` uses one matrix for source embedding, target embedding and output.
    Dropout rates act in training only.
    """

    vocabulary_size: int
    cell: str = "lstm"
    embedding_size: int = 256
    hidden_size: int = 256
    encoder: str = "recurrent"
    encoder_layers: int = 1
    bidirectional: bool = True
    residual: bool = True
    decoder: str = "gnmt"
    decoder_layers: int = 1
    attention: str = "scaled_dot"
    input_feeding: bool = False
    context: str = "first_state"
    tied: bool = True
    initialisation: str = "orthogonal"
    embedding_dropout: float = 0.2
    hidden_dropout: float = 0.2
    output_dropout: float = 0.3

    def __post_init__(self) -> None:
        check_choice("context", self.context, CONTEXTS)
        check_choice("initialisation", self.initialisation, INITIALISATIONS)
        check_range("vocabulary size", self.vocabulary_size, 5, 200_000)
        check_range("embedding size", self.embedding_size, 2, 4096)
        check_range("hidden size", self.hidden_size, 2, 4096)
        check_range("number of encoder layers", self.encoder_layers, 1, 16)
        check_range("number of decoder layers", self.decoder_layers, 1, 16)
        for name in ("embedding", "hidden", "output"):
            check_range(f"{name} dropout", getattr(self, f"{name}_dropout"), 0, 0.95)
