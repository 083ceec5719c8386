"""How often each badge of the map doctor fires: `python -m tests.tools.maps [--task TASK] MODEL...`.

On the first 100 sentences of the task's validation part (multi30k-en-fr), as a beam of 5 translates them; a table
in Markdown, and with --quantiles the values behind it.
"""

import argparse
import sys
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import torch

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam
from s2s_demo.explain import Case
from s2s_demo.explain.doctor import LIMITS, Measures, map_of, measure
from s2s_demo.tasks import make_task

NAMES = [field.name for field in fields(Measures)]


def measured(model: str, task: str, sentences: int) -> np.ndarray:
    """One row of measures for each sentence of the task that is one sentence for the model."""
    translator, rows = load(model, "cpu"), []
    for pair in make_task(task).val()[:sentences]:
        translation = translator.translate(pair.source, Beam())
        if len(translation.sentences) == 1:
            found = measure(*map_of(Case.of(translator, translation.sentences[0], Beam())))
            found = found if translator.made_task is None else replace(found, unread=0)  # as in `diagnose`
            rows.append([getattr(found, name) for name in NAMES])
    return np.array(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--task", default="multi30k-en-fr")
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--quantiles", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    write_row("model", "sentences", *NAMES, "none")
    write_row(*["---"] * (len(NAMES) + 3))
    limits = np.array([getattr(LIMITS, name) for name in NAMES])
    for model in options.models:
        values = measured(model, options.task, options.sentences)
        fires = values > limits
        write_row(Path(model).name, len(values), *fires.sum(axis=0), (~fires.any(axis=1)).sum())
        for share in (0.05, 0.25, 0.5, 0.75, 0.9, 0.95) if options.quantiles else ():
            write_row("", f"{share:.0%}", *(f"{value:.2f}" for value in np.quantile(values, share, axis=0)), "")


def write_row(*cells: object) -> None:
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
