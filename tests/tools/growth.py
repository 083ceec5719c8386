"""What grows with what: `python -m tests.tools.growth [--sentences 500 2000] [--lengths 10 20 40 80] [--rounds 5]`.

A tool for people, on Unix.  It translates files of so many made sentences by the command line, in a process of their
own, and prints CPU seconds, sentences and target tokens a second (the first file, which pays for the start, is taken
off the others) and the most memory that was held; then the CPU milliseconds of one search for sources of some lengths,
each to as many target words, with beams of 5 and of 10.  One thread.  A million sentences take a quarter of an hour
with `--model roman --strategy greedy`, and hours with a translator.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from s2s_demo.checkpoint import load
from s2s_demo.commands.comparison import EMBEDDING, HIDDEN, PIECES
from s2s_demo.decoding import Beam, search
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.model.packed import freeze, pack
from s2s_demo.tasks.scenes import scenes
from tests.tools.endurance import ROOT

BEAMS = (5, 10)


def file_of(sentences: int, model: str, folder: Path) -> Path:
    """A file of made sentences that a model reads, one a line, written line by line."""
    path, chance = folder / f"{sentences}.txt", random.Random(0)
    task = load(model).made_task
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(
            (task.make(chance) if task else scenes("en", "zh", chance)).source + "\n" for _ in range(sentences)
        )
    return path


def translated(path: Path, output: Path, arguments: Sequence[str]) -> tuple[float, float]:
    """CPU seconds and most megabytes of `s2s-demo translate FILE`."""
    command = [sys.executable, "-m", "s2s_demo", "translate", *arguments, str(path)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with (
        output.open("w", encoding="utf-8") as lines,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=lines) as process,
    ):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def files(counts: Sequence[int], model: str, options: Sequence[str]) -> Iterator[dict[str, float]]:
    """A row for each file, in their order."""
    tokenizer, first = load(model).tokenizer, (0, 0.0, 0)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "translated.txt")
        for count in counts:
            path = file_of(count, model, Path(folder))
            seconds, megabytes = translated(path, output, ["--model", model, *options])
            with output.open(encoding="utf-8") as lines:
                tokens = sum(len(tokenizer.encode(line.rstrip("\n"))) for line in lines)
            row = {"sentences": count, "tokens": tokens, "cpu_seconds": seconds, "most_megabytes": megabytes}
            if first[0]:
                more, longer, written = count - first[0], seconds - first[1], tokens - first[2]
                row |= {"sentences_per_second": more / longer, "tokens_per_second": written / longer}
            first = first if first[0] else (count, seconds, tokens)
            yield row


def searches(lengths: Sequence[int], rounds: int) -> list[dict[str, float]]:
    """CPU milliseconds of one search by length and beam, in turns, the median of each."""
    shape = {"vocabulary_size": PIECES, "embedding_size": EMBEDDING, "hidden_size": HIDDEN}
    model, chance = pack(freeze(Seq2Seq(ModelConfig(**shape)))), torch.Generator().manual_seed(0)
    sources = {length: torch.randint(4, PIECES, (1, length), generator=chance) for length in lengths}
    found: dict[tuple[int, int], list[float]] = {(length, size): [] for length in lengths for size in BEAMS}
    for _ in range(rounds + 1):
        for (length, size), took in found.items():
            mask, started = torch.ones_like(sources[length], dtype=torch.bool), time.thread_time()
            search(model, sources[length], mask, Beam(size=size, max_length=length))
            took.append(1000 * (time.thread_time() - started))
    middle = {case: statistics.median(took[1:]) for case, took in found.items()}
    return [
        {
            "tokens": length,
            **{f"beam_{size}_ms": middle[length, size] for size in BEAMS},
            "beam_5_ms_per_token": middle[length, 5] / length,
            "beam_10_over_5": middle[length, 10] / middle[length, 5],
        }
        for length in lengths
    ]


def said(row: dict[str, float]) -> dict[str, float]:
    """A row, rounded; it is also told at once, for the next may take long."""
    row = {name: round(value, 2) for name, value in row.items()}
    print(row, file=sys.stderr)  # noqa: T201
    return row


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.growth", description=__doc__)
    parser.add_argument("--sentences", type=int, nargs="*", default=[500, 2000], metavar="N")
    parser.add_argument("--lengths", type=int, nargs="*", default=[10, 20, 40, 80], metavar="TOKENS")
    parser.add_argument("--model", default="en-fr", help="that translates the files (en-fr)")
    parser.add_argument("--strategy", default="beam", help="with which it does (beam)")
    parser.add_argument("--precision", default="fp32", help="in which it does, fp32 or bf16 (fp32)")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median counts (5)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    arguments = ["--strategy", options.strategy, "--precision", options.precision]
    found: dict[str, Any] = {
        "files": [said(row) for row in files(options.sentences, options.model, arguments)],
        "searches": [said(row) for row in searches(options.lengths, options.rounds)],
    }
    print(json.dumps(found))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
