"""A task and a model small enough that an update takes a millisecond or two."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from s2s_demo.live import Run, RunSettings
from s2s_demo.tasks import Task
from s2s_demo.text import Pair


@dataclass(frozen=True)
class Copy(Task):
    """Write what you read; of two letters out of four."""

    def train(self, epoch: int, seed: int) -> list[Pair]:
        return [Pair(a + b, a + b) for a in "abcd" for b in "abcd" if a != b]

    def val(self) -> list[Pair]:
        return [Pair(a + a, a + a) for a in "abcd"]

    def test(self) -> list[Pair]:
        return self.val()


class Broken(Copy):
    """Holds no pair that fits."""

    def train(self, epoch: int, seed: int) -> list[Pair]:
        raise ZeroDivisionError("a bug of ours")


TINY = RunSettings(
    task="copy", hidden_size=8, batch_tokens=32, updates=60, learning_rate=0.01, rate_schedule="constant", dropout=0.1
)


def make_run(
    judge_every: int | None = 10, probes: tuple[str, ...] = (), task: Task | None = None, **changes: object
) -> Run:
    return Run(replace(TINY, **changes), task or Copy(), judge_every=judge_every, probes=probes)  # type: ignore[arg-type]


def finished(run: Run, seconds: float = 120) -> Run:
    """Start the run and wait for its end."""
    run.start()
    assert run.join(seconds)
    return run


def paused(**changes: object) -> Run:
    """A run that stands before its first update."""
    run = make_run(**changes)  # type: ignore[arg-type]
    run.pause()
    run.start()
    assert run.settle(60)
    return run


def step(run: Run, times: int = 1) -> Run:
    for _ in range(times):
        run.step_once()
    assert run.settle(60)
    return run


def losses(run: Run, lane: int = 0) -> list[float]:
    return [point.loss for point in run.view().lanes[lane].points]


def weights(run: Run) -> dict[str, torch.Tensor]:
    return run.translator().model.state_dict()


def same(one: dict[str, torch.Tensor], two: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(value, two[name]) for name, value in one.items())


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True
