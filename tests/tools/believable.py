"""Pairs worth learning from: `python -m tests.tools.believable MODEL SHARE < pairs > pairs`.

Machine translation beside what people wrote, tab-separated in the order of MODEL's languages.  Kept, in their
order, is the SHARE whose target MODEL finds likeliest given the source, per token; each length has its share
(back-translation filtered by a model's own score, after Imankulova et al. 2017).
"""

import sys
from collections import defaultdict
from collections.abc import Sequence

import torch

import s2s_demo
from s2s_demo.decoding import forced_log_probs
from s2s_demo.errors import check_range
from s2s_demo.text import Batch, Pair
from s2s_demo.translator import Translator

LONGEST = 100  # tokens
AT_ONCE = 64
LENGTHS = 4  # tokens: targets that differ by less compete for a place


def beliefs(model: Translator, encoded: Sequence[tuple[list[int], list[int]]]) -> list[float]:
    """Log-probability per token of each target given its source."""
    found = [0.0] * len(encoded)
    order = sorted(range(len(encoded)), key=lambda i: (len(encoded[i][0]), len(encoded[i][1])))
    for start in range(0, len(order), AT_ONCE):
        chunk = order[start : start + AT_ONCE]
        with torch.inference_mode():
            log_probs, _ = forced_log_probs(model.model, Batch.of([encoded[i] for i in chunk]).to(model.device))
        for i, total in zip(chunk, log_probs.sum(dim=1).tolist(), strict=True):
            found[i] = total / (len(encoded[i][1]) + 1)  # <eos>
    return found


def believable(model: Translator, pairs: Sequence[Pair], share: float) -> list[Pair]:
    """The `share` of the pairs that the model believes most; none whose sides are empty or too long."""
    check_range("share to keep", share, 0, 1)
    encoded = [(model.tokenizer.encode(pair.source), model.tokenizer.encode(pair.target)) for pair in pairs]
    fitting = [i for i, sides in enumerate(encoded) if all(0 < len(side) <= LONGEST for side in sides)]
    believed = dict(zip(fitting, beliefs(model, [encoded[i] for i in fitting]), strict=True))
    alike = defaultdict(list)
    for i in fitting:
        alike[len(encoded[i][1]) // LENGTHS].append(i)
    best = [sorted(group, key=lambda i: -believed[i])[: round(share * len(group))] for group in alike.values()]
    return [pairs[i] for i in sorted(i for group in best for i in group)]


def main() -> None:
    """From standard input to standard output."""
    model, share = s2s_demo.load(sys.argv[1]), float(sys.argv[2])
    rows = [line.rstrip("\n").split("\t") for line in sys.stdin]
    pairs = [Pair(*row) for row in rows if len(row) == 2]
    sys.stdout.writelines(f"{pair.source}\t{pair.target}\n" for pair in believable(model, pairs, share))


if __name__ == "__main__":
    main()
