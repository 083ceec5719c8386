"""The sizes on which this project is compared with others: random weights, so that only the arithmetic counts.

The floor is the time that the multiply-adds of a search alone would take, at the rate of one large matrix product on
this machine; how many times the floor a search takes says what is left to win.
"""

import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from s2s_demo.decoding import Strategy
    from s2s_demo.model import Seq2Seq

PIECES, EMBEDDING, HIDDEN = 6000, 256, 512
SOURCE, TARGET = 14, 16  # tokens of every sentence; a search of random weights goes to its limit
AT_ONCE = 64
LARGE = 1024  # rows and columns of the product that shows how fast the machine multiplies


def throughput(rounds: int) -> dict[str, float]:
    """Sentences a second, 64 at once, and how many times the floor that takes."""
    from s2s_demo.decoding import Beam, Greedy

    figures, model = {}, _model()
    for strategy in (Greedy(max_length=TARGET), Beam(max_length=TARGET)):
        seconds, floor = _measured(model, strategy, AT_ONCE, rounds)
        figures[f"comparison_{strategy.name}_sentences_per_second"] = AT_ONCE / seconds
        figures[f"comparison_{strategy.name}_times_floor"] = seconds / floor
    return figures


def latency(rounds: int) -> dict[str, float]:
    """The search of one sentence with a beam of five, every alignment kept, and how many times the floor it takes."""
    from s2s_demo.decoding import Beam

    seconds, floor = _measured(_model(), Beam(max_length=TARGET), 1, rounds)
    return {"comparison_p50_ms": 1000 * seconds, "comparison_times_floor": seconds / floor}


def _model() -> "Seq2Seq":
    from s2s_demo.model import ModelConfig, Seq2Seq
    from s2s_demo.model.packed import freeze

    return freeze(Seq2Seq(ModelConfig(vocabulary_size=PIECES, embedding_size=EMBEDDING, hidden_size=HIDDEN)))


def _measured(model: "Seq2Seq", strategy: "Strategy", sentences: int, rounds: int) -> tuple[float, float]:
    """Seconds of a search, the median of some rounds, and its floor in seconds."""
    import torch

    from s2s_demo.decoding import search
    from s2s_demo.model.packed import pack

    packed, chance = pack(model), torch.Generator().manual_seed(0)
    source = torch.randint(4, PIECES, (sentences, SOURCE), generator=chance)
    mask, square = torch.ones_like(source, dtype=torch.bool), torch.randn(LARGE, LARGE, generator=chance)
    seconds, product = _medians(rounds, lambda: search(packed, source, mask, strategy), lambda: square @ square)
    return seconds, multiply_adds(model, sentences, strategy.width) * product / LARGE**3


def multiply_adds(model: "Seq2Seq", sentences: int, width: int) -> int:
    """Of all matrix products of a search of TARGET steps: each number of a matrix once for each row.

    The source is read once, and the attention's keys are made once; everything else is done for each hypothesis.
    """
    once = [*model.encoder.parameters(), *getattr(model.decoder.attention, "memory", model.encoder).parameters()]
    matrices = {id(weight): weight.numel() for weight in model.parameters() if weight.dim() == 2}
    of_source = sum(matrices.pop(id(weight), 0) for weight in once)
    return sentences * (SOURCE * of_source + TARGET * width * sum(matrices.values()))


def _medians(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Seconds of each work, after one round of warm-up; in turns, so that all meet the same machine."""
    found: list[list[float]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, seconds in zip(works, found, strict=True):
            started = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - started)
    return [statistics.median(seconds[1:]) for seconds in found]
