"""Whether what is faster says the same: `python -m tests.tools.equality [MODEL] [--task TASK] [--sentences 1000]`.

Translates the first sentences of a task's validation part (multi30k-en-fr) with a beam of 5, packed and in batches as
files are, and again: one by one, with weights as they are stored (not packed), and in bf16.  Prints for each how many
translations differ from the first, the largest difference of Σ log p where they do not, and BLEU.
"""

import argparse
import sys
from copy import copy

import torch

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam
from s2s_demo.evaluation.scores import score
from s2s_demo.tasks import make_task
from s2s_demo.translation import Translation
from s2s_demo.translator import Translator
from tests.tools.maps import write_row

AT_ONCE = 256  # as `s2s-demo translate` reads a file


def translated(translator: Translator, sources: list[str], at_once: int = AT_ONCE) -> list[Translation]:
    """The sources' translations, so many together."""
    parts = [sources[start : start + at_once] for start in range(0, len(sources), at_once)]
    return [each for part in parts for each in translator.translate_all(part, Beam())]


def unpacked(translator: Translator) -> Translator:
    """The same translator, searching with the model itself."""
    plain = copy(translator)
    plain.packed = plain.model
    return plain


def difference(one: Translation, other: Translation) -> float:
    """The largest difference of Σ log p between the best hypotheses of two translations with the same words."""
    pairs = zip(one.sentences, other.sentences, strict=True)
    return max(abs(a.best.total_log_prob - b.best.total_log_prob) for a, b in pairs)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.equality", description=__doc__)
    parser.add_argument("model", nargs="?", default="en-fr", metavar="MODEL")
    parser.add_argument("--task", default="multi30k-en-fr")
    parser.add_argument("--sentences", type=int, default=1000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    translator, pairs = load(options.model, "cpu"), make_task(options.task).val()[: options.sentences]
    sources, references = [pair.source for pair in pairs], [[pair.target] for pair in pairs]
    ways = {
        "packed, in batches": lambda: translated(translator, sources),
        "one by one": lambda: translated(translator, sources, 1),
        "not packed": lambda: translated(unpacked(translator), sources),
        "bf16": lambda: translated(translator.in_precision("bf16"), sources),
    }
    write_row("way", f"of {len(pairs)} changed", "largest difference of Σ log p", "BLEU")
    write_row(*["---"] * 4)
    first: list[Translation] = []
    for way, work in ways.items():
        found = work()
        first = first or found
        same = [(a, b) for a, b in zip(first, found, strict=True) if a.text == b.text]
        bleu = score([each.text for each in found], references, translator.target_language, metrics=["bleu"])["bleu"]
        write_row(way, len(found) - len(same), f"{max(difference(a, b) for a, b in same):.1e}", f"{bleu.score:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
