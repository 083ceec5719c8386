"""What every member of a registry promises, checked for each of them: a new member is tested for free.

The promises of search strategies are in test_strategies.py.
"""

from functools import cache
from itertools import product

import numpy as np
import pytest
import torch
from tiny import batch, model, sources
from torch import Tensor

from s2s_demo.errors import SettingError
from s2s_demo.model import Memory, ModelConfig, Seq2Seq
from s2s_demo.model.attention import ATTENTIONS, Attention
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.encoders import ENCODERS
from s2s_demo.model.front_ends import FRONT_ENDS
from s2s_demo.model.recurrent import CELLS
from s2s_demo.settings import made_member
from s2s_demo.signals import SIGNALS
from s2s_demo.text import pad_sources

LOOKING = [kind for kind, attention in ATTENTIONS.items() if attention.looks]


# Attention


def attention_and_memory(kind: str) -> tuple[Attention, Tensor, Memory]:
    """An attention of size 8, three queries for each of two sentences, and a memory with some padding."""
    torch.manual_seed(1)
    attention: Attention = made_member(ATTENTIONS[kind], 8, 8, 8, settings={})
    query, annotations = torch.randn(2, 3, 8), torch.randn(2, 5, 8)
    mask = torch.tensor([[True] * 5, [True] * 2 + [False] * 3])
    return attention, query, Memory(annotations, attention.keys(annotations), mask, annotations[:, 0])


@pytest.mark.parametrize("kind", LOOKING)
def test_alignment_sums_to_1_at_most_and_is_exactly_0_on_padding(kind: str) -> None:
    attention, query, memory = attention_and_memory(kind)
    look = attention(query, memory)
    context, alignment = look.context, look.alignment
    assert alignment.shape == (2, 3, 5)
    assert (alignment >= 0).all()
    assert (alignment.sum(dim=-1) < 1 + 1e-6).all()
    if attention.sums_to_one:
        torch.testing.assert_close(alignment.sum(dim=-1), torch.ones(2, 3))
    assert (alignment[1, :, 2:] == 0).all()
    assert (look.energies[1, :, 2:] == float("-inf")).all()
    if look.heads is None:
        torch.testing.assert_close(context, alignment @ memory.annotations)
    else:
        torch.testing.assert_close(alignment, look.heads.mean(dim=1))


@pytest.mark.parametrize("kind", ATTENTIONS)
def test_attention_in_a_batch_equals_attention_alone(kind: str) -> None:
    attention, query, memory = attention_and_memory(kind)
    look = attention(query, memory)
    together, alignment = look.context, look.alignment
    short = Memory(memory.annotations[1:, :2], memory.keys[1:, :2], memory.mask[1:, :2], memory.summary[1:])
    for q in range(3):
        seen = attention(query[1:, q : q + 1], short)
        alone, alignment_alone = seen.context, seen.alignment
        torch.testing.assert_close(together[1:, q : q + 1], alone)
        torch.testing.assert_close(alignment[1:, q : q + 1, :2], alignment_alone)


@pytest.mark.parametrize("kind", ATTENTIONS)
def test_a_targets_looks_at_once_are_its_looks_one_by_one(kind: str) -> None:
    attention, query, memory = attention_and_memory(kind)
    together, past = attention.along(query, memory), None
    for t in range(query.shape[1]):
        look = attention(query[:, t : t + 1], memory, past)
        past = look.past
        torch.testing.assert_close(look.context, together.context[:, t : t + 1])
        torch.testing.assert_close(look.alignment, together.alignment[:, t : t + 1])


@pytest.mark.parametrize("kind", ATTENTIONS)
def test_every_parameter_of_an_attention_learns(kind: str) -> None:
    attention, query, memory = attention_and_memory(kind)
    look = attention.along(query, memory, torch.Generator().manual_seed(1))
    if list(attention.parameters()):
        (look.context.square().sum() + (0 if look.log_prob is None else look.log_prob.sum())).backward()
    for name, parameter in attention.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.abs().sum() > 0, name


def test_no_attention_looks_nowhere_and_hands_over_the_summary() -> None:
    attention, query, memory = attention_and_memory("none")
    look = attention(query, memory)
    context, alignment = look.context, look.alignment
    assert not attention.looks
    assert (alignment == 0).all()
    assert alignment.shape == (2, 3, 5)
    torch.testing.assert_close(context, memory.summary[:, None].expand(2, 3, 8))


# Encoders

ENCODER_SETTINGS = list(product(ENCODERS, CELLS, (1, 2), (True, False), (True, False)))


@pytest.mark.parametrize(("encoder", "cell", "layers", "bidirectional", "residual"), ENCODER_SETTINGS)
def test_padding_and_company_change_nothing_in_the_memory(
    encoder: str, cell: str, layers: int, bidirectional: bool, residual: bool
) -> None:
    made = model(
        encoder=encoder,
        cell=cell,
        encoder_layers=layers,
        bidirectional=bidirectional,
        residual=residual,
        embedding_size=6,
        tied=False,
    )
    source, mask = sources(5, (2, 6, 4))
    together = made.encode(source, mask)
    assert together.annotations.shape == (3, 7, 8)
    assert together.summary.shape == (3, 8)
    for row, length in enumerate(mask.sum(dim=1).tolist()):
        alone = made.encode(source[row : row + 1, :length], mask[row : row + 1, :length])
        torch.testing.assert_close(together.annotations[row, :length], alone.annotations[0])
        torch.testing.assert_close(together.summary[row], alone.summary[0])


@pytest.mark.parametrize(("encoder", "cell", "layers", "bidirectional", "residual"), ENCODER_SETTINGS)
@pytest.mark.parametrize("embedding_size", [8, 6])
def test_every_parameter_of_an_encoder_learns(
    encoder: str, cell: str, layers: int, bidirectional: bool, residual: bool, embedding_size: int
) -> None:
    made = model(
        encoder=encoder,
        cell=cell,
        encoder_layers=layers,
        bidirectional=bidirectional,
        residual=residual,
        embedding_size=embedding_size,
    )
    memory = made.encode(*sources(5, (2, 6)))
    (memory.annotations[memory.mask].pow(3).sum() + memory.summary.sum()).backward()
    for name, parameter in made.encoder.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.abs().sum() > 0, name


# Front ends


@pytest.mark.parametrize(("front_end", "signal"), [*product(FRONT_ENDS, SIGNALS)])
def test_padding_and_company_change_nothing_behind_a_front_end(front_end: str, signal: str) -> None:
    made = model(signal=signal, front_end=front_end)
    chance = np.random.default_rng(1)
    rows = [chance.standard_normal((length, SIGNALS[signal].size), np.float32) for length in (2, 5, 3)]
    source, mask = pad_sources(rows)
    together = made.encode(source, mask)
    assert together.annotations.shape == (3, 6, 8)
    for at, row in enumerate(rows):
        alone = made.encode(*pad_sources([row]))
        torch.testing.assert_close(together.annotations[at, : len(row) + 1], alone.annotations[0], rtol=1e-4, atol=5e-5)
        torch.testing.assert_close(together.summary[at], alone.summary[0], rtol=1e-4, atol=5e-5)


@pytest.mark.parametrize(("front_end", "signal"), [*product(FRONT_ENDS, SIGNALS)])
def test_every_parameter_of_a_front_end_learns(front_end: str, signal: str) -> None:
    made = model(signal=signal, front_end=front_end)
    rows = np.random.default_rng(2).standard_normal((40, SIGNALS[signal].size)).astype(np.float32)
    memory = made.encode(*pad_sources([rows]))
    (memory.annotations.pow(3).sum() + memory.summary.sum()).backward()
    for name, parameter in made.front_end.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.abs().sum() > 0, name


# Decoders


@cache
def decoder_settings() -> tuple[ModelConfig, ...]:
    """Every decoder with every cell, 1 and 2 layers and, where it looks, each attention and input feeding."""
    found = []
    for decoder, cell, layers, (attention, feeding) in product(
        DECODERS, CELLS, (1, 2), [*product(LOOKING[:2], (True, False)), *((a, False) for a in (*LOOKING[2:], "none"))]
    ):
        config = ModelConfig(
            vocabulary_size=9,
            cell=cell,
            embedding_size=6,
            hidden_size=8,
            decoder=decoder,
            decoder_layers=layers,
            attention=attention,
            input_feeding=feeding,
            context="every_step" if layers == 2 else "first_state",
        )
        try:
            Seq2Seq(config, seed=None)
        except SettingError:
            continue
        found.append(config)
    return tuple(found)


def label(config: ModelConfig) -> str:
    feeding = "-feeding" if config.input_feeding else ""
    return f"{config.decoder}-{config.cell}-{config.decoder_layers}-{config.attention}{feeding}"


@pytest.mark.parametrize("config", decoder_settings(), ids=label)
def test_a_whole_target_at_once_equals_step_after_step(config: ModelConfig) -> None:
    made, pairs = Seq2Seq(config, seed=2), batch(3)
    with torch.no_grad():
        features, look = made(pairs)
        memory = made.encode(pairs.source, pairs.source_mask)
        state = made.start(memory)
        for t in range(pairs.target_in.shape[1]):
            step = made.step(pairs.target_in[:, t : t + 1], state, memory)
            state = step.state
            torch.testing.assert_close(step.logits[:, 0], made.output(features[:, t]), atol=1e-5, rtol=1e-5)
            torch.testing.assert_close(step.look.alignment[:, 0], look.alignment[:, t], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("config", [c for c in decoder_settings() if c.attention in (*LOOKING[:2], "none")], ids=label)
def test_every_parameter_of_a_decoder_learns(config: ModelConfig) -> None:
    made = Seq2Seq(config, seed=2)
    features, _ = made(batch(3))
    made.output(features).pow(2).sum().backward()
    for name, parameter in made.decoder.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.abs().sum() > 0, name


@pytest.mark.parametrize("decoder", DECODERS)
def test_each_decoder_works_with_some_attention(decoder: str) -> None:
    assert any(config.decoder == decoder for config in decoder_settings())
