"""Sources that are no text: one way to numbers, for learning and for translating."""

from collections.abc import Callable

from s2s_demo.reading.reading import Reading
from s2s_demo.signals import SIGNALS
from s2s_demo.text import EOS, SPECIAL, UNK, Row, Tokenizer


def source_encoder(tokenizer: Tokenizer, signal: str) -> Callable[[str], Row]:
    """How sources become numbers: by the tokenizer, or by the signal of that name ("" for none)."""
    return SIGNALS[signal].read if signal else tokenizer.encode


def read_signal(signal: str, document: str) -> Reading:
    """A document as a model reads it; InputError where it cannot be read.

    Its places have names for tokens, and `<unk>` for numbers, since no piece stands for them.
    """
    kind = SIGNALS[signal]
    features = kind.read(document)
    return Reading(
        text=document,
        read="",
        ids=(*[UNK] * len(features), EOS),
        tokens=(*kind.tokens(len(features)), SPECIAL[EOS]),
        signal=signal,
        features=features,
    )
