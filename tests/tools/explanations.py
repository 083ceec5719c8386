"""How far three explanations agree: `python -m tests.tools.explanations [--task TASK] [--sentences N] MODEL...`.

Attention, gradient times input and occlusion of every word that models write for the first sentences of the task's
validation part (multi30k-en-fr): mean Kendall's tau, and how often both point at the same source word.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

from s2s_demo.alignment.words import is_punctuation
from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam
from s2s_demo.explain import Case, strip
from s2s_demo.tasks import make_task


def measured(model: str, task: str, sentences: int) -> dict[tuple[str, str], list[tuple[float, bool]]]:
    """Tau and top-1 agreement of each pair of explanations, one entry for each written word."""
    translator, found = load(model, "cpu"), defaultdict(list)
    for pair in make_task(task).val()[:sentences]:
        for sentence in translator.translate(pair.source, Beam()).sentences:
            case = Case.of(translator, sentence, Beam())
            for word in case.written_words:
                if not is_punctuation(word.text):
                    for agreement in strip(case, word.positions[0] + 1).agreements:
                        found[agreement.between].append((agreement.tau, agreement.same_top))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--task", default="multi30k-en-fr")
    parser.add_argument("--sentences", type=int, default=100)
    options = parser.parse_args()
    torch.set_num_threads(1)
    sys.stdout.write("| model | explanations | words | tau | same word, % |\n|---|---|---|---|---|\n")
    for model in options.models:
        for between, values in measured(model, options.task, options.sentences).items():
            tau, same = np.array(values).mean(axis=0)
            name = Path(model).name
            sys.stdout.write(f"| {name} | {' and '.join(between)} | {len(values)} | {tau:.2f} | {100 * same:.0f} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
