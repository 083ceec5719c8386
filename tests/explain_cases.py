"""Cases for the tests of `explain`: random tiny models of every decoder and attention, and some that were trained."""

from functools import lru_cache

from tiny import SENTENCES, opinionated

from s2s_demo.decoding import Beam, Strategy
from s2s_demo.explain import Case
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.text import EOS, Tokenizer
from s2s_demo.translator import Translator

FAMILY = [
    *(
        {"decoder": decoder, "attention": attention}
        for decoder in DECODERS
        for attention in ATTENTIONS
        if (decoder == "fixed") == (attention == "none") or attention == "none"
    ),
    {"decoder": "luong", "attention": "dot", "input_feeding": True},
    {"decoder": "bahdanau", "attention": "general", "pointer": True},
    {"decoder": "gnmt", "attention": "general", "cell": "gru", "decoder_layers": 2, "bidirectional": False},
    {"decoder": "bahdanau", "attention": "additive", "cell": "rnn", "residual": False, "embedding_size": 6},
    {"decoder": "fixed", "attention": "none", "context": "every_step"},
]
WITH = {name: [one for one in FAMILY if one["attention"] == name and len(one) == 2] for name in ATTENTIONS}
EACH = [  # every decoder and every attention, not each with each
    *(found[place % len(found)] for place, found in enumerate(WITH.values())),
    *(one for one in FAMILY if len(one) > 2),
]
BYTES = slice(4, 260)
LOOKING = [settings for settings in EACH if settings["attention"] != "none"]


def named(settings: dict) -> str:
    return "-".join(str(value) for value in settings.values())


@lru_cache
def pieces() -> Tokenizer:
    return Tokenizer.train(SENTENCES, "bpe", 330)


@lru_cache(maxsize=64)
def _translator(seed: int, items: tuple) -> Translator:
    model = opinionated(seed, vocabulary_size=len(pieces()), **dict(items)).eval().requires_grad_(False)
    model.output.bias[BYTES] = -40  # half a character would leave no way on
    return Translator(model, pieces(), "random", "en", "fr")


def random_translator(seed: int = 1, **settings) -> Translator:
    return _translator(seed, tuple(settings.items()))


def case_of(seed: int = 1, strategy: Strategy | None = None, text: str = "two dogs run", **settings) -> Case:
    """A random model's translation of a text: where nothing was learnt, anything can happen."""
    translator, strategy = random_translator(seed, **settings), strategy or Beam(size=3, max_length=8)
    (sentence,) = translator.translate(text, strategy).sentences
    return Case.of(translator, sentence, strategy)


def written(case: Case, *ids: int) -> Case:
    return case.writing([*ids, EOS])
