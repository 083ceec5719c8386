"""Attentions that do more than score: each against its formula, its paper's other form, or PyTorch's own."""

from math import exp

import pytest
import torch
from attention_cases import PLACES, SIZE, WORDS, case, made, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import batch, model
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.errors import SettingError
from s2s_demo.model.attention.monotonic import CERTAIN, Monotonic, read_on
from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.training.draws import learn_from_draws

# Local


@pytest.mark.parametrize(("kind", "settings"), [("local_m", {}), ("local_p", {"bell": False})])
def test_a_window_as_wide_as_the_source_is_global_attention(kind: str, settings: dict[str, object]) -> None:
    local, everywhere = made(kind, reach=PLACES, **settings), made("general")
    everywhere.load_state_dict({"memory.weight": local.state_dict()["memory.weight"]})
    torch.testing.assert_close(seen(local).alignment, seen(everywhere).alignment, atol=1e-6, rtol=0)


def test_local_m_sees_its_window_alone_and_stays_at_the_end() -> None:
    alignment = seen(made("local_m", reach=1)).alignment
    for row, length in enumerate((PLACES, 4)):
        for t in range(WORDS):
            centre = min(t, length - 1)
            inside = [max(0, centre - 1) <= i <= min(length - 1, centre + 1) for i in range(PLACES)]
            assert ((alignment[row, t] > 0) == torch.tensor(inside)).all()


@pytest.mark.parametrize("bell", [True, False])
def test_local_p_sees_its_window_alone_around_a_place_within_the_source(bell: bool) -> None:
    attention = made("local_p", reach=1, bell=bell)
    query, memory = case(attention)
    centre = attention.centre(query, memory.mask)  # type: ignore[operator]
    assert (centre > 0).all()
    assert (centre < memory.mask.sum(dim=1)[:, None, None]).all()
    inside = ((torch.arange(PLACES) - centre).abs() <= 1) & memory.mask[:, None]
    assert ((attention(query, memory).alignment > 0) == inside).all()


def test_the_bell_is_1_at_the_centre_and_exp_minus_2_at_the_edge() -> None:
    bell, flat = made("local_p", reach=2), made("local_p", reach=2, bell=False)
    flat.load_state_dict(bell.state_dict())
    for attention in (bell, flat):
        attention.centre = lambda query, mask: torch.full((*query.shape[:2], 1), 2.0)  # type: ignore[assignment]
    factor = (seen(bell).alignment / seen(flat).alignment)[0]
    torch.testing.assert_close(factor[:, 2], torch.ones(WORDS))
    torch.testing.assert_close(factor[:, [0, 4]], torch.full((WORDS, 2), exp(-2)))


# Monotonic


def recursion(p: Tensor, before: Tensor) -> Tensor:
    """Raffel et al. 2017, eq. 8, term by term."""
    found = torch.zeros_like(p)
    for i in range(len(p)):
        for k in range(i + 1):
            found[i] += p[i] * before[k] * torch.prod(1 - p[k:i])
    return found


@settings(max_examples=25)
@given(st.integers(0, 1000), st.integers(1, 12), st.sampled_from([0.5, 3.0, 40.0]))
def test_reading_on_is_the_recursion_of_the_paper(seed: int, places: int, spread: float) -> None:
    torch.manual_seed(seed)
    energies, before = spread * torch.randn(places), torch.softmax(torch.randn(places), dim=0)
    expected = recursion(torch.sigmoid(energies.double()), before.double()).float()
    found = read_on(energies[None, None], before[None, None])[0, 0]
    torch.testing.assert_close(found, expected, atol=1e-6, rtol=0)
    assert float(found.sum()) <= 1 + 1e-6


def test_reading_on_is_what_many_readers_do_on_average() -> None:
    torch.manual_seed(1)
    energies, before, readers = torch.randn(PLACES), torch.softmax(torch.randn(PLACES), dim=0), 10_000
    starts = functional.one_hot(torch.multinomial(before, readers, replacement=True), PLACES)
    stops = torch.where(torch.rand(readers, PLACES) < torch.sigmoid(energies), CERTAIN, -CERTAIN)
    share = read_on(stops[None], starts[None].float())[0].mean(dim=0)
    expected = read_on(energies[None, None], before[None, None])[0, 0]
    assert ((share - expected).abs() <= 3 * (expected * (1 - expected) / readers).sqrt() + 1e-9).all()


def test_without_noise_monotonic_attention_takes_one_place_and_never_goes_back() -> None:
    alignment = seen(made("monotonic")).alignment
    assert set(alignment.unique().tolist()) <= {0.0, 1.0}
    for rows in alignment:
        places = [int(row.argmax()) for row in rows if row.sum()]
        assert places == sorted(places)


def test_certain_places_are_taken_by_the_first_that_is_certain() -> None:
    attention = made("monotonic")
    assert isinstance(attention, Monotonic)
    stops = torch.tensor([[-CERTAIN, CERTAIN, -CERTAIN, CERTAIN]])[None]
    for start, expected in ((0, 1), (1, 1), (2, 3)):
        found = read_on(stops, functional.one_hot(torch.tensor([[start]]), 4).float())
        assert found[0, 0].tolist() == pytest.approx([float(i == expected) for i in range(4)], abs=1e-9)


# Heads


def test_one_head_that_changes_nothing_is_scaled_dot_attention() -> None:
    heads, scaled = made("multi_head", heads=1), made("scaled_dot")
    assert isinstance(heads, MultiHead)
    state = scaled.state_dict()
    with torch.no_grad():
        heads.query.weight.copy_(state["query.weight"])
        heads.memory.weight.copy_(torch.cat([state["memory.weight"], torch.eye(SIZE)]))
        heads.output.weight.copy_(torch.eye(SIZE))
        for bias in (heads.query.bias, heads.memory.bias, heads.output.bias):
            bias.zero_()
    torch.testing.assert_close(seen(heads).alignment, seen(scaled).alignment)
    torch.testing.assert_close(seen(heads).context, seen(scaled).context)


def test_heads_are_pytorchs_heads() -> None:
    heads, theirs = made("multi_head"), nn.MultiheadAttention(SIZE, 4, batch_first=True)
    assert isinstance(heads, MultiHead)
    theirs.load_state_dict(
        {
            "in_proj_weight": torch.cat([heads.query.weight, heads.memory.weight]),
            "in_proj_bias": torch.cat([heads.query.bias, heads.memory.bias]),
            "out_proj.weight": heads.output.weight,
            "out_proj.bias": heads.output.bias,
        }
    )
    query, memory = case(heads)
    context, maps = theirs(
        query, memory.annotations, memory.annotations, key_padding_mask=~memory.mask, average_attn_weights=False
    )
    torch.testing.assert_close(seen(heads).context, context, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(seen(heads).heads, maps, atol=1e-5, rtol=1e-5)


def test_changing_the_order_of_the_heads_changes_the_order_of_the_maps_alone() -> None:
    heads, turned = made("multi_head"), made("multi_head")
    assert isinstance(turned, MultiHead)
    order = torch.arange(SIZE).view(4, 2)[[2, 0, 3, 1]].flatten()
    with torch.no_grad():
        for layer, rows in ((turned.query, order), (turned.memory, torch.cat([order, SIZE + order]))):
            layer.weight.copy_(layer.weight[rows])
            layer.bias.copy_(layer.bias[rows])
        turned.output.weight.copy_(turned.output.weight[:, order])
    before, after = seen(heads), seen(turned)
    assert before.heads is not None
    torch.testing.assert_close(after.heads, before.heads[:, [2, 0, 3, 1]])
    torch.testing.assert_close(after.context, before.context)
    torch.testing.assert_close(after.alignment, before.alignment)


def test_heads_share_the_size_evenly_or_say_so() -> None:
    with pytest.raises(SettingError, match="3 heads cannot share a hidden size of 8 evenly"):
        made("multi_head", heads=3)


# Coverage


def test_coverage_is_the_sum_of_the_rows_before() -> None:
    attention = made("coverage")
    query, memory = case(attention)
    past = None
    rows: list[Tensor] = []
    for t in range(WORDS):
        look = attention(query[:, t : t + 1], memory, past)
        rows.append(look.alignment)
        past = look.past
        torch.testing.assert_close(past, torch.stack(rows).sum(dim=0))


def test_at_the_first_word_coverage_attention_is_additive_attention() -> None:
    covering, plain = made("coverage"), made("additive")
    plain.load_state_dict({name: value for name, value in covering.state_dict().items() if "covered" not in name})
    query, memory = case(covering)
    torch.testing.assert_close(covering(query, memory).alignment, plain(query, memory).alignment)
    assert not torch.allclose(seen(covering).alignment[:, 2], seen(plain).alignment[:, 2])


@pytest.mark.parametrize("kind", ["local_m", "local_p", "monotonic", "coverage", "hard", "multi_head"])
@pytest.mark.parametrize("decoder", ["luong", "gnmt", "bahdanau"])
def test_each_kind_learns_with_each_decoder(kind: str, decoder: str) -> None:
    made_model, pairs = model(1, attention=kind, decoder=decoder, tied=False), batch(3)
    features, look = made_model(pairs, torch.Generator().manual_seed(1))
    objective = made_model.output(features).square().sum()
    if look.log_prob is not None:
        objective = objective + learn_from_draws(look.log_prob, look.log_prob, pairs.target_mask)
    objective.backward()
    for name, parameter in made_model.decoder.attention.named_parameters():
        assert parameter.grad is not None, name
        assert torch.isfinite(parameter.grad).all(), name
