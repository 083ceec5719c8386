from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from tiny import batch, model, sources
from torch import Tensor

from s2s_demo.errors import SettingError
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.recurrent import CELLS, Recurrent, ResidualStack
from s2s_demo.model.tensors import dropout
from s2s_demo.text import BOS

# Two ways through a recurrent network


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 3])
def test_a_sequence_at_once_equals_step_after_step(cell: str, layers: int) -> None:
    torch.manual_seed(0)
    network = Recurrent(cell, 5, 7, layers)
    x, hidden = torch.randn(2, 4, 5), torch.randn(layers, 2, 7)
    state = hidden, torch.randn(layers, 2, 7) if cell == "lstm" else None
    outputs, last = network(x, state)
    for t in range(4):
        output, state = network.step(x[:, t], state)
        torch.testing.assert_close(output, outputs[:, t])
    torch.testing.assert_close(state[0], last[0])


# First weights


def weights_of(made: Seq2Seq, part: str) -> list[Tensor]:
    return [parameter for name, parameter in made.named_parameters() if part in name]


@pytest.mark.parametrize("cell", CELLS)
def test_recurrent_matrices_start_orthogonal(cell: str) -> None:
    for weight in weights_of(model(cell=cell, encoder_layers=2), "weight_hh"):
        for gate in weight.split(8):
            torch.testing.assert_close(gate @ gate.T, torch.eye(8), atol=1e-5, rtol=0)


def test_an_lstm_starts_by_remembering() -> None:
    made = model(cell="lstm")
    for bias in weights_of(made, "bias_ih"):
        torch.testing.assert_close(bias.view(4, 8).mean(dim=1), torch.tensor([0.0, 1.0, 0.0, 0.0]))
    assert all((bias == 0).all() for bias in weights_of(made, "bias_hh"))
    assert all((bias == 0).all() for bias in weights_of(model(cell="gru"), "bias_ih"))


@pytest.mark.parametrize("part", ["weight_ih", "weight_hh"])
def test_xavier_bounds_each_gate_by_its_own_size(part: str) -> None:
    made = model(initialisation="xavier", embedding_size=8, hidden_size=8)
    for weight in weights_of(made, f"encoder.network.{part}"):
        bound = (6 / (8 + 8)) ** 0.5
        assert 0.9 * bound < weight.abs().max() <= bound


def test_he_bounds_weights_by_what_comes_in() -> None:
    made = model(initialisation="he")
    (bridge,) = weights_of(made, "encoder.bridge.weight")
    assert bridge.abs().max() <= (6 / 16) ** 0.5


def test_first_weights_follow_the_seed() -> None:
    first, same, other = (torch.cat([p.flatten() for p in model(seed).parameters()]) for seed in (1, 1, 2))
    assert torch.equal(first, same)
    assert not torch.equal(first, other)


# Settings


def test_tied_weights_are_one_matrix_and_count_once() -> None:
    tied, untied = model(tied=True), model(tied=False)
    assert tied.source_embedding.weight is tied.target_embedding.weight is tied.output.weight
    assert untied.parameter_count - tied.parameter_count == 2 * 9 * 8


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"attention": "bahdanu"}, "unknown attention 'bahdanu'; choose from scaled_dot, additive"),
        ({"decoder": "transformers"}, "unknown decoder"),
        ({"encoder": "cnn"}, "unknown encoder"),
        ({"cell": "qrnn"}, "unknown cell 'qrnn'; choose from rnn, gru, lstm"),
        ({"initialisation": "zeros"}, "choose from orthogonal, xavier, he"),
        ({"context": "never"}, "choose from first_state, every_step"),
        ({"hidden_size": 0}, "hidden size is 0; it must lie between 2 and 4096"),
        ({"decoder_layers": 17}, "number of decoder layers"),
        ({"hidden_dropout": 1.0}, "hidden dropout"),
        ({"output_dropout": float("nan")}, "output dropout is nan"),
        ({"decoder": "fixed"}, "attention must be none"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_is_allowed(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        model(**settings)


def test_a_model_without_attention_says_so() -> None:
    assert model().looks
    assert not model(attention="none").looks


# Dropout


def test_dropout_keeps_one_mask_for_a_sequence_and_the_expected_size() -> None:
    x = torch.ones(200, 5, 50)
    dropped = dropout(x, 0.4, torch.Generator().manual_seed(0))
    assert (dropped == dropped[:, :1]).all()
    assert dropped.unique().tolist() == pytest.approx([0, 1 / 0.6])
    assert float(dropped.mean()) == pytest.approx(1, abs=0.03)


def test_without_noise_nothing_is_dropped() -> None:
    x = torch.randn(2, 3, 4)
    assert dropout(x, 0.9, None) is x
    assert dropout(x, 0.0, torch.Generator()) is x


@pytest.mark.parametrize("teacher_forcing", [1.0, 0.5, 0.0])
def test_the_same_noise_gives_the_same_features(teacher_forcing: float) -> None:
    made, pairs = model(), batch(1)
    first, same, other = (
        made(pairs, torch.Generator().manual_seed(seed), teacher_forcing)[0].detach() for seed in (5, 5, 6)
    )
    assert torch.equal(first, same)
    assert not torch.equal(first, other)


# Teacher forcing


class Listener:
    """Notes which embeddings a decoder is given, by listening to its `step`."""

    def __init__(self, made: Seq2Seq) -> None:
        self.heard: list[Tensor] = []
        self._step: Callable[..., object] = made.decoder.step
        made.decoder.step = self  # type: ignore[assignment,method-assign]

    def __call__(self, embedded: Tensor, *rest: object) -> object:
        self.heard.append(embedded.detach())
        return self._step(embedded, *rest)


def words_heard(made: Seq2Seq, teacher_forcing: float) -> tuple[Tensor, Tensor]:
    """Tokens that the decoder was given [B, T], and its own choices [B, T] after each."""
    listener = Listener(made)
    pairs = batch(2, ((3, 40), (4, 40)))
    with torch.no_grad():
        features, _ = made(pairs, torch.Generator().manual_seed(0), teacher_forcing)
        own = made.output(features).argmax(dim=-1)
        heard = torch.cat(listener.heard, dim=1)
        distance = (heard[:, :, None] / made._scale - made.target_embedding.weight).abs().sum(dim=-1)
    assert (distance.amin(dim=-1) < 1e-5).all()
    return distance.argmin(dim=-1), own


def undropped(seed: int) -> Seq2Seq:
    return model(seed, tied=False, embedding_dropout=0, hidden_dropout=0, output_dropout=0, decoder="bahdanau")


def test_with_a_ratio_of_1_the_decoder_hears_gold_words_only() -> None:
    heard, _ = words_heard(undropped(1), 1.0)
    assert torch.equal(heard, batch(2, ((3, 40), (4, 40))).target_in)


def test_with_a_ratio_of_0_the_decoder_hears_its_own_words_only() -> None:
    heard, own = words_heard(undropped(1), 0.0)
    assert torch.equal(heard[:, 1:], own[:, :-1])


def test_in_between_each_word_is_gold_about_as_often_as_asked() -> None:
    heard, own = words_heard(undropped(1), 0.7)
    gold = batch(2, ((3, 40), (4, 40))).target_in
    assert ((heard == gold) | (heard == own.roll(1, dims=1)))[:, 1:].all()
    differ = (gold[:, 1:] != own[:, :-1]) & True
    share = (heard[:, 1:] == gold[:, 1:])[differ].float().mean()
    assert float(share) == pytest.approx(0.7, abs=0.12)


@pytest.mark.parametrize("decoder", DECODERS)
def test_forced_and_free_running_agree_when_the_gold_words_are_the_models_own(decoder: str) -> None:
    made = model(4, tied=False, decoder=decoder, attention="none" if decoder == "fixed" else "dot")
    pairs = batch(2, ((3, 6), (5, 6)))
    with torch.no_grad():
        free, seen = made(pairs, None, 0.0)
        own = made.output(free).argmax(dim=-1)
        said_itself = replace(pairs, target_in=torch.cat([pairs.target_in[:, :1], own[:, :-1]], dim=1))
        forced, seen_forced = made(said_itself, None, 1.0)
    torch.testing.assert_close(free, forced, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(seen.alignment, seen_forced.alignment, atol=1e-5, rtol=1e-5)


def test_a_models_own_words_are_dropped_like_gold_ones() -> None:
    """Where gold words and its own are the same, scheduled sampling and teacher forcing see the same embeddings."""
    made = model(4, tied=False, embedding_dropout=0.5, hidden_dropout=0.0, output_dropout=0.0)
    with torch.no_grad():
        made.output.bias[5] = 100  # it always says 5
    pairs = replace(batch(2), target_in=torch.where(batch(2).target_in > BOS, 5, batch(2).target_in))
    forced, own = (made(pairs, torch.Generator().manual_seed(1), share)[0] for share in (1.0, 0.0))
    gold = pairs.target_mask
    torch.testing.assert_close(own[gold], forced[gold], atol=1e-5, rtol=1e-5)


# Records


def test_selecting_parents_moves_every_part_of_a_state() -> None:
    made = model(decoder="luong", cell="lstm", input_feeding=True, decoder_layers=2)
    source, mask = sources(1, (2, 3))
    memory = made.encode(source, mask)
    state = made.start(memory).select(torch.zeros(2, 3, dtype=torch.long))
    state = made.step(torch.tensor([[4, 5, 6], [7, 8, 4]]), state, memory).state
    parents = torch.tensor([[2, 2, 0], [1, 0, 0]])
    chosen = state.select(parents)
    assert chosen.cell is not None
    assert chosen.feed is not None
    assert state.cell is not None
    assert state.feed is not None
    for b in range(2):
        for k in range(3):
            parent = int(parents[b, k])
            assert torch.equal(chosen.hidden[:, b, k], state.hidden[:, b, parent])
            assert torch.equal(chosen.cell[:, b, k], state.cell[:, b, parent])
            assert torch.equal(chosen.feed[b, k], state.feed[b, parent])
    rest = chosen.rows(torch.tensor([False, True]))
    assert torch.equal(rest.hidden, chosen.hidden[:, 1:])


@pytest.mark.gpu
@pytest.mark.parametrize("decoder", DECODERS)
@pytest.mark.parametrize("cell", CELLS)
def test_the_gpu_says_what_the_cpu_says(decoder: str, cell: str) -> None:
    config = ModelConfig(
        vocabulary_size=9,
        cell=cell,
        embedding_size=6,
        hidden_size=8,
        decoder=decoder,
        attention="none" if decoder == "fixed" else "scaled_dot",
    )
    made, pairs, cuda = Seq2Seq(config), batch(1), torch.device("cuda")
    with torch.no_grad():
        features, look = made(pairs)
        features_there, look_there = made.to(cuda)(pairs.to(cuda))
    torch.testing.assert_close(features_there.cpu(), features, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(look_there.alignment.cpu(), look.alignment, atol=1e-4, rtol=1e-4)


def test_a_residual_stack_whose_upper_layers_say_nothing_is_its_lowest_layer() -> None:
    torch.manual_seed(1)
    stack, x = ResidualStack("gru", 6, 8, 3), torch.randn(2, 5, 6)
    state = torch.zeros(3, 2, 8), None
    with torch.no_grad():
        for part in stack.parts[1:]:
            for weight in part.parameters():
                weight.zero_()  # a GRU of zeros stays at its state of zeros
    torch.testing.assert_close(stack(x, state)[0], stack.parts[0](x, (state[0][:1], None))[0])


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_a_residual_stack_steps_as_it_runs(cell: str) -> None:
    torch.manual_seed(1)
    stack, x = ResidualStack(cell, 6, 8, 3), torch.randn(2, 4, 6)
    zeros = torch.zeros(3, 2, 8)
    state = zeros, zeros if cell == "lstm" else None
    outputs, after = stack(x, state)
    for t in range(4):
        output, state = stack.step(x[:, t], state)
        torch.testing.assert_close(output, outputs[:, t])
    torch.testing.assert_close(state[0], after[0])
