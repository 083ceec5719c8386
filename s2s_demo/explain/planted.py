"""Two models made by hand, whose reasons are known: what an explanation says of them can be right or wrong.

Both read a sentence with one colour in it and write the colour.  They were not trained: each weight was set.

planted-attention   each source word is read by itself; attention finds the colour, and the context alone says which
planted-state       attention is uniform and unused; the encoder's state keeps the colour and hands it to the decoder
"""

import torch
from torch import Tensor

from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.text import EOS, Tokenizer
from s2s_demo.translator import Translator

COLOURS = ("red", "green", "blue", "black", "white", "yellow")
OTHERS = ("the", "a", "bird", "cat", "house", "sings", "sleeps", "stands", "here", "today", "in", "under", "tree")
SENTENCES = (*(f"the {colour} bird sings here today" for colour in COLOURS), " ".join(OTHERS))
IS_COLOUR, HAS_WRITTEN, ALWAYS = len(COLOURS), len(COLOURS) + 1, len(COLOURS) + 2  # what the dimensions after them mean
SIZE = len(COLOURS) + 6  # the last ones hold what other words are, and nobody reads them
EXAMPLES = ("the red bird sings here today", "a cat sleeps under the yellow tree", "a white house stands here")
COLOUR, EVERY = slice(len(COLOURS)), slice(SIZE)
KEPT = 1.2  # a tanh unit that feeds itself keeps what was put into it where this is beyond 1
NOTES = {
    "planted-attention": "Attention is the truth here: each word is read by itself, attention finds the colour, and "
    "what it saw alone says which. Attention, gradient and occlusion must all point at the colour.",
    "planted-state": "Attention is no explanation here: it is uniform, and what it saw is not used. The encoder's "
    "state keeps the colour and hands it to the decoder; gradient and occlusion must find it.",
}
PLANTED = tuple(NOTES)

Weights = dict[str, Tensor]


def planted(name: str) -> Translator:
    """One of the two, by its name in PLANTED."""
    tokenizer = Tokenizer.train(SENTENCES, "word", 100)
    config = ModelConfig(
        vocabulary_size=len(tokenizer),
        cell="rnn",
        embedding_size=SIZE,
        hidden_size=SIZE,
        bidirectional=False,
        residual=False,
        decoder="luong",
        attention="general",
        tied=False,
        embedding_dropout=0,
        hidden_dropout=0,
        output_dropout=0,
    )
    model = Seq2Seq(config).eval().requires_grad_(False)
    weights: Weights = {name: parameter.zero_() for name, parameter in model.named_parameters()}
    _set_words(weights, tokenizer)
    (_set_attention if name == PLANTED[0] else _set_state)(weights)
    return Translator(model, tokenizer, name, card={"planted": "the colour of a sentence", "examples": list(EXAMPLES)})


def _set_words(weights: Weights, tokenizer: Tokenizer) -> None:
    """Embeddings and the choice of a word, which both share."""
    chance = torch.Generator().manual_seed(0)
    scale = SIZE**-0.5  # undoes the factor by which a model multiplies embeddings
    source, target = weights["source_embedding.weight"], weights["target_embedding.weight"]
    output, bias = weights["output.weight"], weights["output.bias"]
    bias.fill_(-8)
    for colour, word in enumerate(COLOURS):
        (token,) = tokenizer.encode(word)
        source[token, colour] = source[token, IS_COLOUR] = scale
        target[token, HAS_WRITTEN] = 4 * scale
        output[token, colour], bias[token] = 6, 0
    for word in OTHERS:
        (token,) = tokenizer.encode(word)
        source[token, ALWAYS + 1 :] = scale * torch.rand(SIZE - ALWAYS - 1, generator=chance)
    output[EOS, HAS_WRITTEN], bias[EOS] = 12, -2
    for matrix in ("encoder.network.weight_ih_l0", "encoder.bridge.weight"):
        _set(weights[matrix], EVERY, 1)
    _set(weights["decoder.network.network.weight_ih_l0"], HAS_WRITTEN, 1)
    _set(weights["decoder.combine.weight"][:, :SIZE], HAS_WRITTEN, 2)


def _set_attention(weights: Weights) -> None:
    """The query always asks for a colour; the context says which."""
    weights["decoder.network.network.bias_ih_l0"][ALWAYS] = 4
    weights["decoder.attention.memory.weight"][ALWAYS, IS_COLOUR] = 8
    _set(weights["decoder.combine.weight"][:, SIZE:], COLOUR, 1)


def _set_state(weights: Weights) -> None:
    """The encoder keeps a colour once it was read, and so does the decoder; no query asks anything."""
    for network in ("encoder.network", "decoder.network.network"):
        _set(weights[f"{network}.weight_hh_l0"], COLOUR, KEPT)
    for matrix in ("encoder.summarise.weight", "decoder.first.weight"):
        _set(weights[matrix], COLOUR, 2)
    _set(weights["decoder.combine.weight"][:, :SIZE], COLOUR, 1)


def _set(matrix: Tensor, dimensions: slice | int, value: float) -> None:
    """Put a value on a square matrix's diagonal, at some dimensions."""
    matrix.diagonal()[dimensions] = value
