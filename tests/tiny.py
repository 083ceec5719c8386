"""Small things to test with: models of a few hundred weights, our own sentences, a task of two letters."""

from dataclasses import dataclass
from itertools import product
from typing import Any, cast

import numpy as np
import pytest
import torch
from hypothesis import strategies as st
from torch import Tensor

from s2s_demo.commands import comparison
from s2s_demo.decoding import Hypothesis, Strategy, Tree, read_hypotheses, read_tree, search
from s2s_demo.model import DecoderState, Look, Memory, ModelConfig, Seq2Seq, Step
from s2s_demo.signals.document import as_document
from s2s_demo.signals.png import write_png
from s2s_demo.tasks import Task
from s2s_demo.text import BOS, EOS, Batch, Pair, Tokenizer, pad

SENTENCES = (
    "A man is reading a book under a tree.",
    "Two dogs run along the beach, and a child laughs.",
    "Where did you put the keys? I can't find them!",
    "It rained for 3.5 hours; the street was wet.",
    'She said: "Come back before noon."',
    "Un homme lit un livre sous un arbre.",
    "Deux chiens courent sur la plage, et un enfant rit.",
    "Où as-tu mis les clés ? L'été, je les perds souvent.",
)
TEXTS = st.text(max_size=60) | st.text(
    alphabet="aé'’\u200b\u200c\u200d\u200e\u0301 \u00a0\t\n\u2028.!?…\u00ad▁_<0x41>ﬁ한가日。”」می🍕👩\ufe0f\U000e0067",
    max_size=30,
)


def model(seed: int = 0, **settings: Any) -> Seq2Seq:
    """A model of 8 hidden units and, unless said otherwise, 9 pieces."""
    sizes = {"vocabulary_size": 9, "embedding_size": 8, "hidden_size": 8}
    return Seq2Seq(ModelConfig(**{**sizes, **settings}), seed)


def opinionated(seed: int, **settings: Any) -> Seq2Seq:
    """A random model whose distributions are far from flat, so that searches have something to decide."""
    made = model(seed, tied=False, **settings)
    with torch.no_grad():
        made.output.weight.mul_(4)
        made.output.bias.add_(torch.randn(len(made.output.bias), generator=torch.Generator().manual_seed(seed)))
    return made


def sources(seed: int, lengths: tuple[int, ...], vocabulary_size: int = 9) -> tuple[Tensor, Tensor]:
    """Random source sentences of these many words, `<eos>` added: tokens and mask [B, S]."""
    chance = torch.Generator().manual_seed(seed)
    return pad([[*torch.randint(4, vocabulary_size, (n,), generator=chance).tolist(), EOS] for n in lengths])


def batch(seed: int, lengths: tuple[tuple[int, int], ...] = ((3, 4), (5, 2)), vocabulary_size: int = 9) -> Batch:
    """Random pairs of these many source and target words."""
    chance = torch.Generator().manual_seed(seed)
    return Batch.of(
        [
            (
                torch.randint(4, vocabulary_size, (s,), generator=chance).tolist(),
                torch.randint(4, vocabulary_size, (t,), generator=chance).tolist(),
            )
            for s, t in lengths
        ]
    )


class TableModel:
    """A model one can work out by hand: the next word depends on the last one only, as a table says.

    `table` [V, V] holds probabilities: row = last token, column = next token.
    """

    def __init__(self, table: Tensor) -> None:
        self.table = table

    def encode(self, source: Tensor, mask: Tensor) -> Memory:
        nothing = torch.zeros(*source.shape, 1)
        return Memory(nothing, nothing, mask, nothing[:, 0])

    def start(self, memory: Memory) -> DecoderState:
        return DecoderState(torch.zeros(1, len(memory.mask), 1, 1))

    def step(self, tokens: Tensor, state: DecoderState, memory: Memory) -> Step:
        even = (memory.mask / memory.mask.sum(dim=1, keepdim=True))[:, None].expand(-1, tokens.shape[1], -1)
        look = Look(memory.summary[:, None], even, even.log())
        return Step(self.table[tokens].log(), state, look)

    @classmethod
    def of(cls, rows: dict[int, dict[int, float]], size: int) -> Seq2Seq:
        table = torch.zeros(size, size)
        table[:, EOS] = 1
        for last, following in rows.items():
            table[last] = 0
            for token, probability in following.items():
                table[last, token] = probability
        return cast(Seq2Seq, cls(table))


# An example worked by hand: A is likelier at first, but every way on from A is poor.
#
#     <bos> -> A .5   B .4   <eos> .1
#     A     -> A .35  B .25  <eos> .4
#     B     -> A .06  B .04  <eos> .9

A, B = 4, 5
TABLE = TableModel.of(
    {BOS: {A: 0.5, B: 0.4, EOS: 0.1}, A: {A: 0.35, B: 0.25, EOS: 0.4}, B: {A: 0.06, B: 0.04, EOS: 0.9}}, 6
)


def numbers(ids: list[int]) -> str:
    return " ".join(str(i) for i in ids)


def found(made: Seq2Seq, strategy: Strategy, words: int = 3, seed: int = 0) -> tuple[Tree, tuple[Hypothesis, ...]]:
    """What a strategy finds for one random source sentence of 7 pieces; tokens are named by their numbers."""
    source, mask = sources(seed, (words,), 7)
    (trace,) = search(made, source, mask, strategy)
    pieces = [str(i) for i in range(99)]
    return read_tree(trace, pieces, words + 1), read_hypotheses(
        trace, pieces, lambda ids, _: numbers(ids), None, words + 1
    )


@dataclass(frozen=True)
class Echo(Task):
    """Two letters, to be written again: learnt in seconds."""

    letters: str = "abcd"

    def _pairs(self) -> list[Pair]:
        return [Pair(a + b, a + b) for a, b in product(self.letters, repeat=2)]

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return [pair for pair in self._pairs() if pair not in self.test()]

    def val(self) -> list[Pair]:
        return self.test()

    def test(self) -> list[Pair]:
        return self._pairs()[1::5]


@dataclass(frozen=True)
class Painted(Echo):
    """The same two letters, painted: the first patch of a picture is as dark as the first letter is late, and so on."""

    @property
    def signal(self) -> str:
        return "picture"

    def _pairs(self) -> list[Pair]:
        return [
            Pair(painted(pair.target), pair.target, places=frozenset({(0, 0), (1, 1)})) for pair in super()._pairs()
        ]


def painted(letters: str) -> str:
    """A picture of letters a to d, as a document."""
    pixels = np.full((48, 48, 3), 255, np.uint8)
    for place, letter in enumerate(letters):
        pixels[:12, 12 * place : 12 * (place + 1)] = 200 - 60 * "abcd".index(letter)
    return as_document("image/png", write_png(pixels))


def small_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `s2s-demo benchmark` compare with others on sizes that take no time."""
    for name, size in {"PIECES": 60, "EMBEDDING": 8, "HIDDEN": 8, "AT_ONCE": 3, "LARGE": 16}.items():
        monkeypatch.setattr(comparison, name, size)


def echo_tokenizer() -> Tokenizer:
    return Tokenizer.train([pair.source for pair in Echo().train(0, 0)], "char", 100)
