"""What the transition loss keeps a model from writing: `python -m tests.tools.transitions [--task TASK] [--updates N]`.

After few updates, with and without it: the share of bigrams among the answers to held-out sources that no training
target has, and what that costs in exact match.  Mean of the seeds.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch

from s2s_demo.decoding import Greedy
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.live.settings import build_training, preset_for
from s2s_demo.tasks import make_task
from s2s_demo.text import BOS, EOS
from s2s_demo.translator import Translator

SENTENCES = 200
WEIGHTS = (0.0, 0.1, 0.3)  # of the loss; without weight it is cross-entropy


def bigrams(targets: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    for target in targets:
        yield from zip((BOS, *target), (*target, EOS), strict=True)


def measured(task: str, updates: int, weight: float, seed: int) -> tuple[float, float]:
    """The share of unseen bigrams, and of exact answers."""
    made = make_task(task)
    settings = replace(
        preset_for(task, made), updates=updates, loss="transition", loss_settings={"weight": weight}, seed=seed
    )
    training = build_training(settings, made)
    for _ in training.updates():
        pass
    translator = Translator(training.model, training.tokenizer)
    found = evaluate(translator, TestSet.of("held out", made.val(), SENTENCES), Greedy(), metrics=())
    encode = training.tokenizer.encode
    known = {pair for epoch in range(4) for pair in bigrams([encode(each.target) for each in made.train(epoch, seed)])}
    written = list(bigrams([encode(output) for output in found.outputs]))
    return sum(pair not in known for pair in written) / len(written), found.exact_match


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", default="dialogue")
    parser.add_argument("--updates", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(1)
    sys.stdout.write("| weight λ | unseen bigrams | exact |\n|---|---|---|\n")
    for weight in WEIGHTS:
        rows = [measured(options.task, options.updates, weight, seed) for seed in range(1, options.seeds + 1)]
        unseen, exact = (sum(column) / len(column) for column in zip(*rows, strict=True))
        sys.stdout.write(f"| {weight:g} | {unseen:.1%} | {exact:.1%} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
