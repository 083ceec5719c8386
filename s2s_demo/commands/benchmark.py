"""Benchmark: how fast it is here; latency of one answer, throughput of many, training speed."""

import argparse
import itertools
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from s2s_demo.commands import comparison
from s2s_demo.commands.lines import as_json
from s2s_demo.commands.options import add_device, add_model, add_strategy, given_settings, set_threads, strategy_of
from s2s_demo.errors import SettingError

SENTENCES = (  # twelve words each
    "Two young women in red coats are walking slowly through the snow.",
    "The man in the white hat is selling fresh fruit every morning.",
    "A small brown dog jumps over a puddle to catch a ball.",
    "My older sister wants to know when the next train will leave.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    kinds = parser.add_subparsers(title="what to time", required=True, metavar="WHAT")
    for name, measure in BENCHMARKS.items():
        kind = kinds.add_parser(name, help=(measure.__doc__ or "").splitlines()[0], description=measure.__doc__)
        if measure is training:
            add_device(kind)
        else:
            add_model(kind)
            add_strategy(kind)
        kind.add_argument("--rounds", type=int, default=20, help="repetitions of which the median counts (20)")
        kind.add_argument("--threads", type=int, help="CPU threads to compute with (all)")
        kind.add_argument("--json", action="store_true", help="print one JSON document")
        kind.set_defaults(what=name)


def run(options: argparse.Namespace) -> None:
    """Time it and print the figures."""
    import torch

    from s2s_demo.errors import check_whole

    check_whole("number of rounds", options.rounds, 1, 100_000)
    set_threads(options.threads)
    figures = BENCHMARKS[options.what](options)
    figures = {"benchmark": options.what, "device": options.device, "threads": torch.get_num_threads(), **figures}
    if options.json:
        print(as_json(figures))
        return
    for name, value in figures.items():
        print(f"{name:<32} {value:,.1f}" if isinstance(value, float) else f"{name:<32} {value}")


def _timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round, after two rounds of warm-up."""
    found = []
    for _ in range(rounds + 2):
        started = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - started))
    return found[2:]


def latency(options: argparse.Namespace) -> dict[str, Any]:
    """One twelve-word sentence as the page answers it: search, both pictures and all tables, never from the cache.

    And the search alone, on the sizes of the comparison with other projects.
    """
    from s2s_demo.checkpoint import load
    from s2s_demo.serving.library import Library
    from s2s_demo.serving.query import Question
    from s2s_demo.ui.parts.handler import Visit
    from s2s_demo.ui.translate.handlers import answered

    strategy_of(options)  # what is impossible is told as everywhere
    if options.max_length is not None:
        raise SettingError(
            "latency is timed as the page answers, which sets no longest translation; leave --max-length out"
        )
    library = Library()
    library.add("stopwatch", "timed", load(options.model, options.device))  # a folder too, on the device asked for
    asked = Question(model="timed", strategy=options.strategy, settings=given_settings(options))
    visit, numbers = Visit(library, "stopwatch"), itertools.count()

    def answer() -> None:
        number = next(numbers)
        text = SENTENCES[number % len(SENTENCES)] + " " * (number // len(SENTENCES))
        answered(visit, replace(asked, text=text))

    whole = _timed(answer, options.rounds)
    return {
        "model": options.model,
        "strategy": options.strategy,
        "p50_ms": statistics.median(whole),
        "worst_ms": max(whole),
        **comparison.latency(options.rounds),
    }


def throughput(options: argparse.Namespace) -> dict[str, Any]:
    """Many sentences at once; and on the sizes of the comparison with other projects."""
    from s2s_demo.checkpoint import load

    translator, strategy = load(options.model, options.device), strategy_of(options)
    many = list(SENTENCES) * 16
    milliseconds = statistics.median(
        _timed(lambda: translator.translate_all(many, strategy), max(1, options.rounds // 5))
    )
    found = translator.translate_all(many, strategy)
    tokens = sum(len(sentence.best.tokens) for translation in found for sentence in translation.sentences)
    return {
        "model": translator.name,
        "strategy": strategy.name,
        "sentences_per_second": 1000 * len(many) / milliseconds,
        "tokens_per_second": 1000 * tokens / milliseconds,
        **comparison.throughput(max(1, options.rounds // 5)),
    }


def training(options: argparse.Namespace) -> dict[str, Any]:
    """Updates of the default architecture on made-up sentences of 5 to 25 tokens, vocabulary 8,000."""
    import torch

    from s2s_demo.checkpoint import pick_device
    from s2s_demo.model import ModelConfig, Seq2Seq
    from s2s_demo.text import Batch
    from s2s_demo.training.losses import cross_entropy

    model = Seq2Seq(ModelConfig(vocabulary_size=8000)).to(pick_device(options.device))
    optimiser = torch.optim.Adam(model.parameters(), fused=True)
    noise = torch.Generator(pick_device(options.device)).manual_seed(0)
    lengths = [5 + i % 21 for i in range(21)]
    pairs = [[([4 + (7 * i + j) % 7000 for j in range(n)],) * 2 for i in range(2400 // n)] for n in lengths]
    batches = [Batch.of(of_one).to(pick_device(options.device)) for of_one in pairs]
    figures: dict[str, Any] = {"parameters": model.parameter_count}
    for precision in ("fp32", "bf16"):

        def update(narrow: bool = precision == "bf16") -> None:
            for batch in batches[::7]:
                with torch.autocast(noise.device.type, dtype=torch.bfloat16, enabled=narrow):
                    features, _ = model(batch, noise)
                optimiser.zero_grad()
                real = batch.target_mask
                cross_entropy(features[real], model.output, batch.target_out[real], 0.1)[0].backward()
                optimiser.step()

        milliseconds = statistics.median(_timed(update, max(3, options.rounds // 5)))
        tokens = sum(int(batch.target_mask.sum()) for batch in batches[::7])
        figures[f"{precision}_tokens_per_second"] = 1000 * tokens / milliseconds
    return figures


BENCHMARKS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "translate": throughput,
    "latency": latency,
    "train": training,
}
