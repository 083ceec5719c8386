"""How bad an output is, 0 where it is the gold target: what minimum risk goes down on.  Token numbers, no torch."""

import math
from collections import Counter
from collections.abc import Sequence

ORDERS = 4  # n-grams that BLEU looks at


def edit_distance(ours: Sequence[object], theirs: Sequence[object]) -> int:
    """The fewest insertions, deletions and exchanges that make one of the other (Levenshtein 1966)."""
    before = list(range(len(theirs) + 1))
    for i, mine in enumerate(ours, start=1):
        row = [i]
        for j, yours in enumerate(theirs, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (mine != yours)))
        before = row
    return before[-1]


def edit_risk(output: Sequence[int], gold: Sequence[int]) -> float:
    """Edit distance over the length of the gold target."""
    return edit_distance(output, gold) / max(1, len(gold))


def bleu_risk(output: Sequence[int], gold: Sequence[int]) -> float:
    """1 - sentence BLEU (Papineni et al. 2002), orders above 1 smoothed by one (Lin & Och 2004)."""
    if not output or not gold:
        return float(bool(output) or bool(gold))
    logs = 0.0
    for order in range(1, ORDERS + 1):
        ours, theirs = _grams(output, order), _grams(gold, order)
        hits, count, smoothed = sum((ours & theirs).values()), sum(ours.values()), int(order > 1)
        if hits + smoothed == 0:
            return 1.0
        logs += math.log((hits + smoothed) / (count + smoothed)) / ORDERS
    return 1 - math.exp(logs + min(0.0, 1 - len(gold) / len(output)))


def _grams(tokens: Sequence[int], order: int) -> Counter[tuple[int, ...]]:
    return Counter(tuple(tokens[i : i + order]) for i in range(len(tokens) - order + 1))
