"""Attentions that do more than score: each against its formula, its paper's other form, or PyTorch's own."""

from math import exp

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import batch, model
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.errors import SettingError
from s2s_demo.model import Look, Memory
from s2s_demo.model.attention import ATTENTIONS, Attention
from s2s_demo.model.attention.hard import Hard, drawn
from s2s_demo.model.attention.monotonic import CERTAIN, Monotonic, read_on
from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.settings import made_member
from s2s_demo.training.draws import learn_from_draws

SIZE, PLACES, WORDS = 8, 6, 5


def made(kind: str, **settings: object) -> Attention:
    torch.manual_seed(3)
    return made_member(ATTENTIONS[kind], SIZE, SIZE, SIZE, settings=settings)


def case(attention: Attention, seed: int = 0) -> tuple[Tensor, Memory]:
    """Five queries, and a memory of six places and one of four."""
    torch.manual_seed(seed)
    query, annotations = torch.randn(2, WORDS, SIZE), torch.randn(2, PLACES, SIZE)
    mask = torch.tensor([[True] * PLACES, [True] * 4 + [False] * 2])
    return query, Memory(annotations, attention.keys(annotations), mask, annotations[:, 0])


def seen(attention: Attention, noise: torch.Generator | None = None) -> Look:
    look: Look = attention.along(*case(attention), noise)
    return look


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


# Hard


@pytest.mark.parametrize("noise", [None, torch.Generator().manual_seed(1)])
def test_rows_of_hard_attention_have_a_single_1(noise: torch.Generator | None) -> None:
    look = seen(made("hard"), noise)
    assert ((look.alignment == 1).sum(dim=-1) == 1).all()
    assert ((look.alignment == 0).sum(dim=-1) == PLACES - 1).all()
    assert (look.log_prob is None) == (noise is None)


def test_without_noise_hard_attention_takes_the_likeliest_place() -> None:
    hard = made("hard")
    assert isinstance(hard, Hard)
    look = seen(hard)
    assert torch.equal(look.alignment.argmax(dim=-1), look.energies.argmax(dim=-1))


def test_places_are_drawn_as_often_as_they_are_likely() -> None:
    log_probs = torch.log_softmax(torch.tensor([1.0, 0.0, -1.0, float("-inf")]), dim=0)
    places = drawn(log_probs.expand(1, 10_000, 4), torch.Generator().manual_seed(2))
    share = functional.one_hot(places.flatten(), 4).float().mean(dim=0)
    expected = log_probs.exp()
    assert ((share - expected).abs() <= 3 * (expected * (1 - expected) / 10_000).sqrt()).all()


def gradients(baseline: float) -> tuple[Tensor, Tensor]:
    """Of the energies: that of each place if it is drawn [S, S], and the probability of each place [S]."""
    torch.manual_seed(4)
    energies, rewards = torch.randn(PLACES, requires_grad=True), torch.randn(PLACES) - 3
    log_probs, one = torch.log_softmax(energies, dim=0), torch.tensor([[True], [True]])
    found = []
    for place in range(PLACES):  # the other sentence of the batch sets the baseline, and draws nothing that matters
        chosen = torch.stack([log_probs[place], torch.zeros(())])[:, None]
        paid = torch.stack([rewards[place], torch.tensor(baseline)])[:, None]
        found.append(torch.autograd.grad(2 * learn_from_draws(chosen, paid, one), energies, retain_graph=True)[0])
    expected = torch.autograd.grad(-(log_probs.exp() * rewards).sum(), energies, retain_graph=True)[0]
    p = log_probs.exp().detach()
    torch.testing.assert_close((p[:, None] * torch.stack(found)).sum(dim=0), expected, atol=1e-5, rtol=1e-5)
    return torch.stack(found), p


def test_the_mean_gradient_over_all_draws_is_exact_whatever_the_baseline() -> None:
    spread = []
    for baseline in (0.0, -3.0):  # the rewards lie around -3
        found, p = gradients(baseline)
        mean = (p[:, None] * found).sum(dim=0)
        spread.append(float((p[:, None] * (found - mean) ** 2).sum()))
    assert spread[1] < spread[0] / 2, "a good baseline changes the variance"


def test_a_draw_is_paid_for_all_that_follows_it_and_for_nothing_before() -> None:
    log_probs = torch.zeros(1, 3, requires_grad=True)
    mask = torch.tensor([[True, True, False]])
    objective = learn_from_draws(log_probs, torch.tensor([[-1.0, -2.0, -9.0]]), mask)
    (slope,) = torch.autograd.grad(objective, log_probs)
    assert slope.tolist() == [[1.5, 1.0, 0.0]]  # -R / 2 words: R = -3, -2


def test_the_exact_marginal_of_a_sampled_look_is_the_mean_over_its_draws() -> None:
    """What hard attention estimates: p(y) = sum over places of p(place) p(y given place), by Luong's decoder."""
    luong = model(2, attention="hard", decoder="luong", hidden_dropout=0.0, embedding_dropout=0.0)
    pairs = batch(3, ((3, 1),))
    with torch.no_grad():
        memory = luong.encode(pairs.source, pairs.source_mask)
        first = luong.start(memory)
        assert first.cell is not None
        words_in = luong._scaled(pairs.target_in[:, :1])
        query, _ = luong.decoder.network(words_in, (first.hidden[:, :, 0], first.cell[:, :, 0]))  # type: ignore[operator]
        p = torch.softmax(luong.decoder.attention(query, memory).energies, dim=-1)[0, 0]
        words = []
        for place in range(len(p)):
            look = Look(memory.annotations[:, place, None], query, query)
            features = luong.decoder.narrow(luong.decoder.attended(query, look))  # type: ignore[operator]
            words.append(torch.softmax(luong.output(features)[0, 0], dim=-1))
        exact = (p[:, None] * torch.stack(words)).sum(dim=0)
        dice = torch.Generator().manual_seed(1)
        draws = 2000
        seen_often = luong.decoder.attention(query.expand(1, draws, SIZE), memory, None, dice)
        features = luong.decoder.narrow(luong.decoder.attended(query.expand(1, draws, SIZE), seen_often))  # type: ignore[operator]
        mean = torch.softmax(luong.output(features)[0], dim=-1).mean(dim=0)
    torch.testing.assert_close(mean, exact, atol=0.01, rtol=0)


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
