"""How often searches miss the best: `python -m tests.tools.searches MODEL [--task TASK] [--sentences N]`.

On the first sentences of the task's validation part (multi30k-en-fr): by source length, how often exact search finds
a better score than a beam of 5 and than greedy search, how often that is proved, and its CPU seconds.  Scores are
Σ log p / length^A; with A = 0 (--length-penalty) also how often saying nothing would be best.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam, Greedy, best_path, exact_search, search
from s2s_demo.explain import Case
from s2s_demo.tasks import make_task

LENGTHS = ((1, 8), (9, 12), (13, 16), (17, 99))  # source words
SLACK = 1e-5  # scores that differ by less are one


@dataclass(frozen=True)
class Found:
    """One sentence: its source words, and what each search made of it."""

    words: int
    beats_beam: bool
    beats_greedy: bool
    proved: bool
    empty: bool
    nodes: int
    seconds: float


def searched(model: str, task: str, sentences: int, alpha: float, most_seconds: float) -> Iterator[Found]:
    translator, beam = load(model, "cpu"), Beam(length_penalty=alpha)
    for pair in make_task(task).val()[:sentences]:
        translation = translator.translate(pair.source, beam)
        if len(translation.sentences) > 1:
            continue
        case = Case.of(translator, translation.sentences[0], beam)
        (trace,) = search(case.model, *case.batch, Greedy(), translator.utf8)
        ids, total, _ = best_path(trace, len(case.source))
        started = time.process_time()
        exact = exact_search(case.model, *case.batch, beam, translator.utf8, most_seconds=most_seconds)
        seconds = time.process_time() - started
        yield Found(
            len(pair.source.split()),
            exact.score > translation.sentences[0].best.score + SLACK,
            exact.score > total / len(ids) ** alpha + SLACK,
            exact.proved,
            len(exact.tokens) == 1,
            exact.nodes,
            seconds,
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", metavar="MODEL")
    parser.add_argument("--task", default="multi30k-en-fr")
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--length-penalty", type=float, default=0.75)
    parser.add_argument("--most-seconds", type=float, default=10)
    options = parser.parse_args()
    torch.set_num_threads(1)
    found = list(searched(options.model, options.task, options.sentences, options.length_penalty, options.most_seconds))
    head = (
        "words | sentences | better than beam | better than greedy | proved | empty | median nodes | median s | worst s"
    )
    sys.stdout.write(f"| {head} |\n|{'---|' * 9}\n")
    for low, high in (*LENGTHS, (1, 99)):
        rows = [one for one in found if low <= one.words <= high]
        if rows:
            counts = [
                sum(getattr(one, name) for one in rows) for name in ("beats_beam", "beats_greedy", "proved", "empty")
            ]
            nodes, seconds = (np.array([getattr(one, name) for one in rows]) for name in ("nodes", "seconds"))
            times = f"{np.median(nodes):.0f} | {np.median(seconds):.2f} | {seconds.max():.2f}"
            sys.stdout.write(f"| {low}-{high} | {len(rows)} | {' | '.join(map(str, counts))} | {times} |\n")


if __name__ == "__main__":
    main()
