"""Arguments that several commands share, and strategies from their options."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from s2s_demo.decoding import Strategy


def add_model(parser: argparse.ArgumentParser) -> None:
    """--model and --device."""
    parser.add_argument("--model", default="en-fr", help="a shipped checkpoint's name, or a checkpoint folder (en-fr)")
    add_device(parser)


def add_device(parser: argparse.ArgumentParser) -> None:
    """--device alone."""
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda (auto: the GPU where there is one)")


def add_precision(parser: argparse.ArgumentParser) -> None:
    """--precision of many sentences."""
    parser.add_argument(
        "--precision",
        default="fp32",
        help="fp32, exact; or bf16, up to twice as fast where the processor multiplies it: scores are as good, yet 1 "
        "translation of 50 is another, and sums of log-probabilities are off by up to 0.1 (fp32)",
    )


def add_columns(parser: argparse._ActionsContainer) -> None:
    """--columns of a file of pairs."""
    parser.add_argument(
        "--columns", type=int, nargs=2, metavar=("SOURCE", "TARGET"), help="numbers of a file's columns, from 1 (found)"
    )


def add_strategy(parser: argparse.ArgumentParser) -> None:
    """--strategy and the settings of each."""
    parser.add_argument("--strategy", default="beam", help="greedy, beam or sampling (beam)")
    parser.add_argument("--beam-size", type=int, default=5, metavar="K", help="hypotheses kept alive (5)")
    parser.add_argument(
        "--length-penalty", type=float, default=0.75, metavar="A", help="score = Σ log p / length^A (0.75)"
    )
    parser.add_argument("--temperature", type=float, default=1.0, help="sampling: below 1 sharper, above 1 flatter")
    parser.add_argument("--top-k", type=int, default=0, help="sampling: draw among the K likeliest words (0: all)")
    parser.add_argument(
        "--top-p", type=float, default=1.0, help="sampling: draw among the likeliest words up to mass P"
    )
    parser.add_argument("--seed", type=int, default=0, help="sampling: the same seed gives the same draws")
    parser.add_argument("--max-length", type=int, default=None, help="longest translation of a sentence, in tokens")


def strategy_of(options: argparse.Namespace) -> "Strategy":
    """The strategy that the options describe; SettingError where they are wrong."""
    from s2s_demo.decoding import STRATEGIES, Beam, Greedy, Sampling
    from s2s_demo.errors import check_choice

    check_choice("strategy", options.strategy, STRATEGIES)
    if options.strategy == "greedy":
        return Greedy(max_length=options.max_length)
    if options.strategy == "beam":
        return Beam(size=options.beam_size, length_penalty=options.length_penalty, max_length=options.max_length)
    return Sampling(
        temperature=options.temperature,
        top_k=options.top_k,
        top_p=options.top_p,
        seed=options.seed,
        max_length=options.max_length,
    )


def set_threads(threads: int | None) -> None:
    """Compute with so many CPU threads; None: all."""
    if threads is None:
        return
    import torch

    from s2s_demo.errors import check_whole

    check_whole("number of threads", threads, 1, 1024)
    torch.set_num_threads(threads)


def progress_bar(what: str) -> Callable[[int, int], None]:
    """A bar on standard error, for functions that report (done, of how many)."""
    from tqdm import tqdm

    bar = tqdm(desc=what, unit="sentence", file=sys.stderr, leave=False, disable=None)

    def show(done: int, of: int) -> None:
        bar.total = of
        bar.update(done - bar.n)
        if done >= of:
            bar.close()

    return show
