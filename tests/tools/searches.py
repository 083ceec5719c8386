"""How often searches miss the best: `python -m tests.tools.searches MODEL [--task TASK] [--sentences N]`.

On the first sentences of the task's validation part (multi30k-en-fr): by source length, how often exact search finds
a better score than a beam of 5 and than greedy search, how often that is proved, and its CPU seconds.  Scores are
Σ log p / length^A; with A = 0 (--length-penalty) also how often saying nothing would be best, and how often the beam
predicts that: its best costs no less than the end of the sentence does at the first step, a price that smoothing by ε
sets near ln(ε / V) or above.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam, Greedy, best_path, exact_search, forced_log_probs, search
from s2s_demo.explain import Case
from s2s_demo.tasks import make_task
from s2s_demo.text import Batch

LENGTHS = ((1, 8), (9, 12), (13, 16), (17, 99))  # source words
SLACK = 1e-5  # scores that differ by less are one


@dataclass(frozen=True)
class Found:
    """One sentence: its source words, and what each search made of it.

    `price` is log P(<eos>) at the first step, in nats; `dear` says that the beam's best costs no less,
    `empty` that nothing beats saying nothing.
    """

    words: int
    beats_beam: bool
    beats_greedy: bool
    proved: bool
    dear: bool
    empty: bool
    price: float
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
        with torch.no_grad():
            price = forced_log_probs(case.model, Batch.of([(case.row, [])]))[0].item()
        started = time.process_time()
        exact = exact_search(case.model, *case.batch, beam, translator.utf8, most_seconds=most_seconds)
        seconds = time.process_time() - started
        yield Found(
            len(pair.source.split()),
            exact.score > translation.sentences[0].best.score + SLACK,
            exact.score > total / len(ids) ** alpha + SLACK,
            exact.proved,
            translation.sentences[0].best.total_log_prob < price + SLACK,
            len(exact.tokens) == 1,
            price,
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
        "words | sentences | better than beam | better than greedy | proved | empty, predicted | empty | price, nats"
        " | median nodes | median s | worst s"
    )
    sys.stdout.write(f"| {head} |\n|{'---|' * 11}\n")
    for low, high in (*LENGTHS, (1, 99)):
        rows = [one for one in found if low <= one.words <= high]
        if rows:
            counts = [
                sum(getattr(one, name) for one in rows)
                for name in ("beats_beam", "beats_greedy", "proved", "dear", "empty")
            ]
            prices, nodes, seconds = (
                np.array([getattr(one, name) for one in rows]) for name in ("price", "nodes", "seconds")
            )
            times = f"{np.median(prices):.1f} | {np.median(nodes):.0f} | {np.median(seconds):.2f} | {seconds.max():.2f}"
            sys.stdout.write(f"| {low}-{high} | {len(rows)} | {' | '.join(map(str, counts))} | {times} |\n")


if __name__ == "__main__":
    main()
