"""The chunked loss against torch's own, in value and in every gradient."""

import pytest
import torch
from tiny import batch, model
from torch import Tensor
from torch.nn import functional

from s2s_demo.training import losses
from s2s_demo.training.losses import CHUNK as CHUNKS
from s2s_demo.training.losses import cross_entropy, log_probs_of
from s2s_demo.training.scores import prefix_scores

WORDS, SIZE = 7, 5


def example(rows: int) -> tuple[Tensor, torch.nn.Linear, Tensor]:
    torch.manual_seed(rows)
    features = torch.randn(rows, SIZE, requires_grad=True)
    return features, torch.nn.Linear(SIZE, WORDS), torch.randint(WORDS, (rows,))


def with_gradients(objective: Tensor, features: Tensor, output: torch.nn.Linear) -> list[Tensor]:
    return list(torch.autograd.grad(3 * objective, [features, output.weight, output.bias]))


CHUNK = CHUNKS["cpu"]


@pytest.mark.parametrize("rows", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 3])
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.9])
def test_the_chunked_loss_and_its_gradients_are_torchs(rows: int, smoothing: float) -> None:
    features, output, targets = example(rows)
    objective, plain = cross_entropy(features, output, targets, smoothing)
    logits = functional.linear(features, output.weight, output.bias)
    expected = functional.cross_entropy(logits, targets, label_smoothing=smoothing)
    torch.testing.assert_close(objective, expected)
    torch.testing.assert_close(plain, functional.cross_entropy(logits, targets))
    for ours, theirs in zip(
        with_gradients(objective, features, output), with_gradients(expected, features, output), strict=True
    ):
        torch.testing.assert_close(ours, theirs, atol=1e-6, rtol=1e-4)


def test_the_size_of_a_chunk_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    features, output, targets = example(10)
    whole = cross_entropy(features, output, targets, 0.1)[0]
    monkeypatch.setitem(losses.CHUNK, "cpu", 3)
    parts = cross_entropy(features, output, targets, 0.1)[0]
    torch.testing.assert_close(whole, parts)
    for a, b in zip(with_gradients(whole, features, output), with_gradients(parts, features, output), strict=True):
        torch.testing.assert_close(a, b)


def test_narrow_features_give_narrow_gradients_and_nearly_the_same_loss() -> None:
    features, output, targets = example(50)
    narrow = features.detach().bfloat16().requires_grad_()
    exact, near = (cross_entropy(x, output, targets, 0.1)[0] for x in (features, narrow))
    assert near.item() == pytest.approx(exact.item(), rel=0.02)
    d_features, d_weight, _ = with_gradients(near, narrow, output)
    assert d_features.dtype == torch.bfloat16
    assert d_weight.dtype == torch.float32


def test_log_probs_of_targets_and_whether_they_were_likeliest() -> None:
    features, output, targets = example(CHUNK + 5)
    log_probs, right = log_probs_of(features, output, targets)
    logits = output(features)
    torch.testing.assert_close(log_probs, -functional.cross_entropy(logits, targets, reduction="none"))
    assert torch.equal(right, logits.argmax(-1) == targets)


def test_prefix_scores_count_real_tokens_only_and_weigh_them_alike() -> None:
    made, pairs = model(1), batch(1, ((3, 4), (5, 2)))
    scores = prefix_scores(made, [pairs], 1.0)
    features, _ = made(pairs)
    logits, gold = made.output(features)[pairs.target_mask], pairs.target_out[pairs.target_mask]
    assert len(gold) == 8
    assert scores.loss == pytest.approx(functional.cross_entropy(logits, gold).item(), rel=1e-5)
    assert scores.accuracy == pytest.approx(float((logits.argmax(-1) == gold).float().mean()))
    halves = [batch(1, ((3, 4),)), batch(9, ((2, 6),))]
    parts, whole = [prefix_scores(made, [half], 1.0).loss for half in halves], prefix_scores(made, halves, 1.0).loss
    assert whole == pytest.approx((5 * parts[0] + 7 * parts[1]) / 12, rel=1e-5)
