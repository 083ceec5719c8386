"""Losses beside cross-entropy: nothing where they weigh nothing, right gradients, and they push what they should."""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import pytest
import sacrebleu
import torch
from hypothesis import given
from hypothesis import strategies as st
from tiny import batch, model
from torch import Tensor

from s2s_demo.errors import SettingError
from s2s_demo.model import Seq2Seq
from s2s_demo.text import BOS, EOS, Batch
from s2s_demo.training.losses import LOSSES, Loss, Pass
from s2s_demo.training.losses.coverage import CoverageLoss, looked_again
from s2s_demo.training.losses.minimum_risk import RISKS, MinimumRisk, draws, expected_risk, whole_log_probs
from s2s_demo.training.losses.risks import bleu_risk, edit_distance, edit_risk
from s2s_demo.training.losses.transition import Bigrams
from s2s_demo.training.losses.unlikelihood import written_before

TARGETS = [[4, 5, 6], [4, 5, 7], [4, 5], [6, 5]]
WEIGHED = [name for name in LOSSES if hasattr(LOSSES[name](), "weight")]


def loss_of(name: str, **settings: Any) -> Loss:
    return LOSSES[name](**settings).fitted(TARGETS, 9)


def passed(made: Seq2Seq, pairs: Batch, smoothing: float = 0.1) -> Pass:
    features, look = made(pairs)
    noise = torch.Generator().manual_seed(1)
    return Pass(model=made, batch=pairs, features=features, look=look, noise=noise, smoothing=smoothing)


@pytest.mark.parametrize("name", WEIGHED)
def test_without_weight_a_loss_is_cross_entropy_bit_for_bit(name: str) -> None:
    made, pairs = model(1), batch(3)
    expected, found = (
        torch.autograd.grad(loss(passed(made, pairs))[0], list(made.parameters()), allow_unused=True)
        for loss in (loss_of("cross_entropy"), loss_of(name, weight=0.0))
    )
    assert all(a is b or torch.equal(a, b) for a, b in zip(expected, found, strict=True))  # type: ignore[arg-type]
    assert torch.equal(loss_of(name)(passed(made, pairs))[1], loss_of("cross_entropy")(passed(made, pairs))[1])


@pytest.mark.parametrize("pointer", [False, True])
@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_takes_what_was_computed_in_bf16(name: str, pointer: bool) -> None:
    made, pairs = model(1, pointer=pointer), batch(3)
    exact, _ = loss_of(name)(passed(made, pairs))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        narrow = passed(made, pairs)
    objective, _ = loss_of(name)(narrow)
    objective.backward()
    assert narrow.features.dtype == torch.bfloat16
    assert float(objective.detach()) == pytest.approx(float(exact.detach()), rel=0.03)


@pytest.mark.parametrize("name", WEIGHED)
def test_gradients_are_finite_differences(name: str) -> None:
    made, pairs = model(1, tied=False).double(), batch(3)
    loss, plain = loss_of(name, weight=1.0), loss_of(name, weight=0.0)  # what is added is the difference

    def added(weight: Tensor) -> Tensor:
        seen = [passed(made, pairs), passed(made, pairs)]
        return loss(seen[0])[0] - plain(seen[1])[0]

    weight = made.decoder.attention.query.weight  # of what looks: it decides the words, and where they look
    (slope,) = torch.autograd.grad(added(weight), weight)
    for at in ((0, 0), (3, 5), (7, 2)):
        with torch.no_grad():
            before = float(weight[at])  # type: ignore[index]
            values = []
            for step in (1e-3, -1e-3):
                weight[at] = before + step  # type: ignore[index]
                values.append(float(added(weight)))
            weight[at] = before  # type: ignore[index]
        assert float(slope[at]) == pytest.approx((values[0] - values[1]) / 2e-3, rel=0.05, abs=1e-6)


# Transitions


def test_bigrams_are_counted_and_smoothed_with_words() -> None:
    bigrams = Bigrams.of(TARGETS, 9)
    prices = (-bigrams.prices(torch.tensor([BOS, 4, 8]), 2.0)).exp()
    torch.testing.assert_close(prices.sum(dim=1), torch.ones(3))
    count = torch.tensor([0, 0, 0, 4, 3, 4, 2, 1, 0.0])  # of each word as the second of two; one more for each below
    share = (count + 1) / (count + 1).sum()
    assert prices[0, 4] == pytest.approx((3 + 2 * share[4]) / (4 + 2))
    assert prices[1, 5] == pytest.approx((3 + 2 * share[5]) / (3 + 2))
    torch.testing.assert_close(prices[2], share, atol=1e-6, rtol=1e-5)  # 8 was never seen: words alone


def test_the_transition_loss_pushes_rare_continuations_down_and_common_ones_up() -> None:
    made = model(1, tied=False)
    pairs = Batch.of([([5, 6], [4, 5])])
    seen = passed(made, pairs, 0.0)
    logits = made.output(seen.features).detach().requires_grad_()
    prices = Bigrams.of(TARGETS, 9).prices(pairs.target_in[0], 1.0)
    (slope,) = torch.autograd.grad((torch.softmax(logits[0], dim=-1) * prices).sum(), logits)
    mean = (torch.softmax(logits[0], dim=-1) * prices).sum(dim=-1, keepdim=True)
    assert torch.equal(slope[0] > 0, prices > mean), "what costs more than the rest becomes unlikelier"
    assert slope[0, 1, 5] < 0, "5 is what follows 4"


# Unlikelihood


def test_what_is_listed_is_what_was_written_before_and_is_not_due() -> None:
    target = torch.tensor([[4, 5, 4, 6, EOS]])
    listed = [set(row.nonzero()[:, 0].tolist()) for row in written_before(target, 9)[0]]
    assert listed == [set(), {4}, {5}, {4, 5}, {4, 5, 6}]


def test_unlikelihood_lowers_the_listed_words_alone() -> None:
    made, pairs = model(1, tied=False), Batch.of([([5, 6], [4, 5, 4])])
    seen = passed(made, pairs, 0.0)
    loss, plain = loss_of("unlikelihood", weight=1.0), loss_of("unlikelihood", weight=0.0)
    bias = made.output.bias  # it moves a word at every place
    (slope,) = torch.autograd.grad(loss(seen)[0] - plain(seen)[0], bias)
    assert slope[4] > 0
    assert slope[5] > 0
    assert (slope[[3, 6, 7, 8]] < 0).all()


# Coverage


def test_looking_at_each_word_once_costs_nothing_and_twice_costs_all() -> None:
    mask = torch.ones(1, 4, dtype=torch.bool)
    once = torch.eye(4)[[2, 0, 3, 1]][None]
    assert looked_again(once, mask) == 0
    again = torch.eye(4)[[2, 2, 2, 2]][None]
    assert looked_again(again, mask) == pytest.approx(3 / 4)


def test_a_model_that_never_looks_has_nothing_to_cover() -> None:
    with pytest.raises(SettingError, match="this one never looks"):
        CoverageLoss().check(model(decoder="fixed", attention="none"))


# Risk

ROWS = st.lists(st.integers(4, 7), max_size=7)


def recursive(ours: tuple[int, ...], theirs: tuple[int, ...]) -> int:
    """The definition of an edit distance."""

    @cache
    def distance(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        return min(
            distance(i - 1, j) + 1, distance(i, j - 1) + 1, distance(i - 1, j - 1) + (ours[i - 1] != theirs[j - 1])
        )

    return distance(len(ours), len(theirs))


@given(ROWS, ROWS)
def test_edit_distance_is_its_definition(ours: list[int], theirs: list[int]) -> None:
    assert edit_distance(ours, theirs) == recursive(tuple(ours), tuple(theirs))
    assert (edit_risk(ours, theirs) == 0) == (ours == theirs)


@given(st.lists(st.integers(4, 6), min_size=4, max_size=9), st.lists(st.integers(4, 6), min_size=4, max_size=9))
def test_bleu_risk_is_what_sacrebleu_says(ours: list[int], theirs: list[int]) -> None:
    scored = sacrebleu.sentence_bleu(
        " ".join(map(str, ours)), [" ".join(map(str, theirs))], smooth_method="add-k", smooth_value=1, tokenize="none"
    )
    assert bleu_risk(ours, theirs) == pytest.approx(1 - scored.score / 100, abs=1e-6)


def test_bleu_risk_of_short_rows_is_0_for_the_gold_alone() -> None:
    assert bleu_risk([4], [4]) == pytest.approx(0)
    assert bleu_risk([5], [4]) == 1
    assert bleu_risk([], [4]) == 1
    assert bleu_risk([], []) == 0


def test_equal_risks_push_nowhere() -> None:
    log_probs = torch.randn(5, requires_grad=True)
    (slope,) = torch.autograd.grad(expected_risk(log_probs, torch.full((5,), 0.7), 0.5), log_probs)
    torch.testing.assert_close(slope, torch.zeros(5), atol=1e-7, rtol=0)


def everything(longest: int) -> list[list[int]]:
    return [list(words) for length in range(longest + 1) for words in product((4, 5), repeat=length)]


def test_with_all_outputs_and_a_sharpness_of_1_it_is_the_gradient_of_the_expected_risk() -> None:
    """A model that ends after two words at the latest, whose outputs can all be listed."""
    made, outputs, gold = model(2, tied=False, vocabulary_size=6), everything(2), [5, 4]
    pairs = Batch.of([([4, 5], output) for output in outputs])

    def log_probs() -> Tensor:
        features, _ = made(pairs)
        logits = made.output(features)
        logits = torch.cat([torch.full_like(logits[..., :EOS], float("-inf")), logits[..., EOS:]], dim=-1)
        ends = torch.log_softmax(logits, dim=-1)
        words = ends.gather(-1, pairs.target_out[..., None])[..., 0]
        places = torch.arange(words.shape[1])
        return torch.where((places < 2) & pairs.target_mask, words, 0).sum(dim=1)  # the third token is <eos> for sure

    risks = torch.tensor([edit_risk(output, gold) for output in outputs])
    assert float(log_probs().detach().exp().sum()) == pytest.approx(1, abs=1e-5)
    exact = torch.autograd.grad((log_probs().exp() * risks).sum(), made.output.weight)[0]
    found = torch.autograd.grad(expected_risk(log_probs(), risks, 1.0), made.output.weight)[0]
    torch.testing.assert_close(found, exact, atol=1e-6, rtol=1e-4)


@pytest.mark.parametrize("risk", RISKS)
def test_a_small_step_lowers_the_expected_risk(risk: str) -> None:
    made, pairs = model(2, tied=False), Batch.of([([5, 6, 7], [6, 5, 4, 4])])
    outputs = [(6, 5, 4, 4), *draws(made, pairs, 12, torch.Generator().manual_seed(1))[0]]
    risks = torch.tensor([RISKS[risk](output, outputs[0]) for output in dict.fromkeys(outputs)])

    def expected() -> float:
        found = whole_log_probs(made, Batch.of([([5, 6, 7], list(output)) for output in dict.fromkeys(outputs)]))
        return float(expected_risk(found, risks, 0.5).detach())

    before = expected()
    objective, _ = MinimumRisk(risk=risk, likelihood=0.0, samples=12)(passed(made, pairs))
    assert float(objective.detach()) == pytest.approx(before, abs=1e-5), "the same dice draw the same outputs"
    objective.backward()
    with torch.no_grad():
        for parameter in made.parameters():
            if parameter.grad is not None:
                parameter -= 0.01 * parameter.grad
    assert expected() < before


def test_draws_are_what_the_model_would_say() -> None:
    made, pairs = model(2, tied=False), batch(3)
    with torch.no_grad():
        made.output.bias[6] = 100
    for row in draws(made, pairs, 3, torch.Generator().manual_seed(1)):
        assert row == [tuple([6] * 7)] * 3  # one and a half times the longest target
    with torch.no_grad():
        made.output.bias[EOS] = 200
    assert draws(made, pairs, 2, torch.Generator().manual_seed(1)) == [[(), ()]] * 2


def test_whole_targets_cost_what_their_words_cost() -> None:
    made, pairs = model(2), batch(3)
    features, _ = made(pairs)
    log_probs = torch.log_softmax(made.output(features), dim=-1).detach()
    expected: Sequence[float] = [
        float(sum(log_probs[row, t, pairs.target_out[row, t]] for t in range(int(pairs.target_mask[row].sum()))))
        for row in range(2)
    ]
    assert whole_log_probs(made, pairs).tolist() == pytest.approx(expected, abs=1e-4)
