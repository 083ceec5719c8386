"""What the transition loss keeps a model from writing: `python -m tests.tools.transitions [--task TASK] [--updates N]`.

After few updates, with and without it: the share of bigrams among the answers to held-out sources that no training
target has, and what that costs in exact match.  Mean of the seeds.  With `--start MODEL` a checkpoint learns for so
many updates more, as in `further`, and the price is counted in BLEU; its first row is the checkpoint as it is.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch

from s2s_demo.decoding import Greedy
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.live import preset_for
from s2s_demo.live.settings import build_training
from s2s_demo.tasks import Task, make_task
from s2s_demo.text import BOS, EOS
from s2s_demo.translator import Translator
from tests.tools.further import taught_further

SENTENCES = 200
WEIGHTS = (0.0, 0.1, 0.3)  # of the loss; without weight it is cross-entropy
TOKENS = 800  # target tokens of an update of a checkpoint


def bigrams(targets: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    for target in targets:
        yield from zip((BOS, *target), (*target, EOS), strict=True)


def learnt(task: Task, name: str, updates: int, weight: float, seed: int) -> Translator:
    """The task's preset after so few updates."""
    settings = replace(
        preset_for(name, task), updates=updates, loss="transition", loss_settings={"weight": weight}, seed=seed
    )
    training = build_training(settings, task)
    for _ in training.updates():
        pass
    return Translator(training.model, training.tokenizer)


def measured(translator: Translator, task: Task, seed: int = 1) -> tuple[float, float, float]:
    """The share of unseen bigrams, that of exact answers, and BLEU."""
    found = evaluate(translator, TestSet.of("held out", task.val(), SENTENCES), Greedy(), metrics=("bleu",))
    encode = translator.tokenizer.encode
    known = {pair for epoch in range(4) for pair in bigrams([encode(each.target) for each in task.train(epoch, seed)])}
    written = list(bigrams([encode(output) for output in found.outputs]))
    return sum(pair not in known for pair in written) / len(written), found.exact_match, found.bleu.score


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", default="dialogue")
    parser.add_argument("--updates", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--start", metavar="MODEL")
    options = parser.parse_args()
    torch.set_num_threads(1)
    task = make_task(options.task)
    sys.stdout.write("| weight λ | unseen bigrams | exact | BLEU |\n|---|---|---|---|\n")
    if options.start:
        _write("as it is", [measured(taught_further(options.start, task, 0, "transition", {}), task)])
    for weight in WEIGHTS:
        rows = []
        for seed in range(1, options.seeds + 1):
            if options.start:
                further = {"weight": weight}
                made = taught_further(
                    options.start, task, options.updates, "transition", further, tokens=TOKENS, seed=seed
                )
            else:
                made = learnt(task, options.task, options.updates, weight, seed)
            rows.append(measured(made, task, seed))
        _write(f"{weight:g}", rows)


def _write(label: str, rows: Sequence[tuple[float, float, float]]) -> None:
    unseen, exact, bleu = (sum(column) / len(column) for column in zip(*rows, strict=True))
    sys.stdout.write(f"| {label} | {unseen:.2%} | {exact:.1%} | {bleu:.1f} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
