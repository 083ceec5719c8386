import io
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import torch
from tiny import Echo, echo_tokenizer, model

from s2s_demo.decoding import Greedy
from s2s_demo.errors import DataError, SettingError
from s2s_demo.model import Seq2Seq
from s2s_demo.tasks import Task
from s2s_demo.text import Batch, Pair, Tokenizer
from s2s_demo.training import Controls, LearningRate, TeacherForcing, Training, TrainingConfig
from s2s_demo.training.losses import LOSSES
from s2s_demo.training.optimisers import OPTIMISERS
from s2s_demo.training.scores import prefix_scores
from s2s_demo.translator import Translator

RATE = LearningRate(kind="constant", peak=0.01, warm_up=0)
HALF = TeacherForcing(start=0.5)


@cache
def characters() -> Tokenizer:
    return echo_tokenizer()


def training(seed: int = 1, device: str = "cpu", **settings: Any) -> Training:
    """A run of 13 pairs an epoch, in batches of 12 target tokens; all the randomness there is."""
    made = model(seed, vocabulary_size=len(characters()), cell="gru").to(device)
    chosen = {"learning_rate": RATE, "teacher_forcing": HALF, "tokens_per_batch": 12, "seed": seed, "updates": 1000}
    return Training(made, characters(), Echo(), TrainingConfig(**{**chosen, **settings}))


def losses(run: Training, updates: int) -> list[tuple[float, float]]:
    records = [run.advance() for _ in range(updates)]
    return [(record.loss, record.gradient_norm) for record in records]


def weights(run: Training) -> list[torch.Tensor]:
    return [parameter.detach().clone() for parameter in run.model.parameters()]


def same(first: list[torch.Tensor], second: list[torch.Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


# Reproducible


def test_the_same_seed_gives_the_same_run_bit_for_bit() -> None:
    assert losses(training(), 12) == losses(training(), 12)
    assert losses(training(seed=2), 12) != losses(training(), 12)


def test_two_runs_in_two_threads_do_not_share_their_dice() -> None:
    alone = [losses(training(seed), 12) for seed in (1, 2, 3)]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda seed: losses(training(seed), 12), (1, 2, 3)))
    assert together == alone


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("before", [2, 8])
def test_a_run_continues_from_a_snapshot_bit_for_bit(optimiser: str, before: int) -> None:
    run = training(optimiser=optimiser)
    losses(run, before)  # an epoch has 5 batches
    picture = run.snapshot()
    ahead = losses(run, 8)
    after = weights(run)
    for _ in range(2):  # a picture does not fade, however often one returns to it
        run.restore(picture)
        assert losses(run, 8) == ahead
        assert same(weights(run), after)


def test_a_run_continues_in_another_process_from_a_file() -> None:
    run, file = training(), io.BytesIO()
    losses(run, 3)
    torch.save(run.snapshot(), file)
    ahead = losses(run, 8)
    file.seek(0)
    other = training()
    other.restore(torch.load(file, weights_only=True))
    assert other.update == 3
    assert losses(other, 8) == ahead


def test_two_forks_of_one_picture_differ_only_in_what_is_changed() -> None:
    trunk = training()
    losses(trunk, 3)
    picture = trunk.snapshot()
    left, right = training(), training()
    left.restore(picture)
    right.restore(picture)
    assert losses(left, 2) == losses(right, 2)
    right.controls = replace(right.controls, teacher_forcing=TeacherForcing(start=0.0))
    assert losses(left, 4) != losses(right, 4)


# Honest records


def test_records_count_updates_epochs_and_tokens() -> None:
    run = training(updates=7)
    records = list(run.updates())
    assert [record.update for record in records] == list(range(1, 8))
    assert [record.epoch for record in records] == [0] * 5 + [1] * 2
    assert records[4].tokens == 13 * 4, "a space mark, two letters and <eos> for each pair"
    assert records[-1].done == 1
    assert all(record.teacher_forcing == 0.5 for record in records)
    assert all(a.seconds < b.seconds for a, b in pairwise(records))
    assert records[-1].tokens_per_second == pytest.approx(records[-1].tokens / records[-1].seconds)


@pytest.mark.parametrize(("budget", "updates"), [({"epochs": 2}, 10), ({"updates": 3}, 3), ({"seconds": 0.001}, 1)])
def test_a_run_ends_when_its_budget_is_spent(budget: dict[str, Any], updates: int) -> None:
    assert len(list(training(**{"updates": 100, **budget}).updates())) == updates


def test_each_epoch_shows_every_pair_once_in_another_order() -> None:
    run = training()
    shown: list[list[tuple[int, ...]]] = [[], []]
    for _ in range(10):
        batch, *_ = run._next_batch()
        shown[run.epoch].extend(tuple(row) for row in batch.source.tolist())
    assert len(set(shown[0])) == len(shown[0]) == 13
    assert sorted(shown[0]) == sorted(shown[1])
    assert shown[0] != shown[1]


def test_controls_take_effect_at_the_next_update() -> None:
    run = training()
    run.advance()
    run.controls = Controls(TeacherForcing(start=0.25), replace(RATE, peak=0.003), 0.5)
    record = run.advance()
    assert (record.teacher_forcing, record.learning_rate) == (0.25, 0.003)


def test_the_gradient_is_clipped_after_it_is_measured() -> None:
    run = training(optimiser="sgd", clip=1e-3, learning_rate=replace(RATE, peak=1.0))
    before = weights(run)
    record = run.advance()
    moved = torch.cat([(a - b).flatten() for a, b in zip(weights(run), before, strict=True)]).norm()
    assert record.gradient_norm > 0.01
    assert float(moved) == pytest.approx(1e-3, rel=0.01)


def test_showing_a_model_that_learns_does_not_stop_it_from_learning() -> None:
    run, watched = training(), training()
    expected = losses(run, 4)
    seen = losses(watched, 2)
    Translator(watched.model, characters()).translate("ab", Greedy())
    assert seen + losses(watched, 2) == expected


# It learns


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_every_optimiser_lowers_the_loss(optimiser: str) -> None:
    peak = {"sgd": 0.05, "adagrad": 0.1, "plain_sgd": 0.5, "adadelta": 10.0, "adagrad_da": 0.1, "rmsprop_da": 0.1}.get(
        optimiser, 0.01
    )
    run = training(
        optimiser=optimiser, learning_rate=replace(RATE, peak=peak), teacher_forcing=TeacherForcing(), clip=5.0
    )
    curve = [loss for loss, _ in losses(run, 40)]
    assert sum(curve[-5:]) < 0.85 * sum(curve[:5])


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_no_optimiser_loads_the_compiler(optimiser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)  # to import it is an error now
    run = training(optimiser=optimiser)
    run.advance()
    run.restore(run.snapshot())
    run.advance()


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_makes_the_gold_words_likelier_and_a_run_with_it_can_be_repeated(loss: str) -> None:
    run = training(loss=loss, learning_rate=replace(RATE, peak=0.01), teacher_forcing=TeacherForcing())
    curve = [found for found, _ in losses(run, 25)]
    assert sum(curve[-5:]) < 0.95 * sum(curve[:5])
    picture = run.snapshot()
    ahead = losses(run, 3)
    run.restore(picture)
    assert losses(run, 3) == ahead


def accuracy(made: Seq2Seq, pairs: list[Pair]) -> float:
    encode = characters().encode
    return prefix_scores(made, [Batch.of([(encode(p.source), encode(p.target)) for p in pairs])], 0.0).accuracy


def test_a_small_task_is_learnt() -> None:
    made = model(vocabulary_size=len(characters()), cell="gru", embedding_size=16, hidden_size=16)
    settings = TrainingConfig(learning_rate=replace(RATE, peak=0.02), tokens_per_batch=60, updates=150, seed=1)
    before = accuracy(made, Echo().train(0, 0))
    for _ in Training(made, characters(), Echo(), settings).updates():
        pass
    assert before < 0.5
    assert accuracy(made, Echo().train(0, 0)) > 0.95
    assert Translator(made, characters()).translate("ca").text == "ca"


def test_narrow_numbers_learn_too() -> None:
    run = training(precision="bf16", teacher_forcing=TeacherForcing())
    curve = [loss for loss, _ in losses(run, 40)]
    assert sum(curve[-5:]) < 0.85 * sum(curve[:5])


@pytest.mark.parametrize("multiplies", ["amx_bf16", "avx512_bf16", ""])
def test_auto_is_bf16_where_the_hardware_multiplies_it(multiplies: str, monkeypatch: pytest.MonkeyPatch) -> None:
    capabilities = {name: name == multiplies for name in ("amx_bf16", "avx512_bf16", "avx2")}
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities, raising=False)
    auto, named = training(precision="auto"), training(precision="bf16" if multiplies else "fp32")
    assert losses(auto, 3) == losses(named, 3)


# Refused


def test_divergence_is_an_error_that_says_what_to_do_and_leaves_the_weights() -> None:
    run = training()
    with torch.no_grad():
        run.model.output.bias[4] = float("inf")
    before = [parameter for parameter in weights(run) if parameter.isfinite().all()]
    with pytest.raises(DataError, match=r"diverged at update 1.*lower the learning rate \(now 0.01\)"):
        run.advance()
    assert same(before, [parameter for parameter in weights(run) if parameter.isfinite().all()])


@dataclass(frozen=True)
class Nothing(Task):
    """A task whose only pair has no target."""

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return [Pair("a", "")]

    def val(self) -> list[Pair]:
        return []

    def test(self) -> list[Pair]:
        return []


def test_a_task_without_a_usable_pair_is_refused() -> None:
    run = Training(model(vocabulary_size=len(characters())), characters(), Nothing(), TrainingConfig())
    with pytest.raises(DataError, match="no training pair has 1 to 100 tokens on both sides; got 1 pairs"):
        run.advance()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"optimiser": "lion"}, "choose from adam, adamw, sgd, adagrad, rmsprop"),
        ({"precision": "fp8"}, "choose from fp32, bf16, auto"),
        ({"clip": 0}, "gradient clipping"),
        ({"label_smoothing": 1.0}, "label smoothing"),
        ({"tokens_per_batch": 0}, "target tokens per batch"),
        ({"epochs": 0}, "number of epochs"),
        ({"updates": 0}, "number of updates"),
        ({"seconds": 0}, "training time"),
        ({"longest": 0}, "longest sentence"),
        ({"seed": -1}, "seed"),
    ],
)
def test_a_wrong_setting_is_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        TrainingConfig(**settings)


def test_a_great_seed_is_a_seed_too() -> None:
    assert losses(training(seed=2**40), 1)


# On a GPU


@pytest.mark.gpu
@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_every_optimiser_works_on_a_gpu(optimiser: str, precision: str) -> None:
    run = training(device="cuda", optimiser=optimiser, precision=precision)
    picture = run.snapshot()
    curve = losses(run, 6)
    assert all(torch.isfinite(torch.tensor(curve)).flatten())
    run.restore(picture)
    assert losses(run, 1)[0] == pytest.approx(curve[0], rel=0.01)


@pytest.mark.gpu
def test_the_first_loss_on_a_gpu_is_that_of_the_cpu() -> None:
    here, there = (training(device=device, teacher_forcing=TeacherForcing()) for device in ("cpu", "cuda"))
    for run in (here, there):
        run.noise = None  # type: ignore[assignment]
    assert there.advance().loss == pytest.approx(here.advance().loss, rel=1e-4)
