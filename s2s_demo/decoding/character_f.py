"""chrF: how alike two texts are, by the runs of characters they share."""

from collections import Counter
from functools import lru_cache

ORDERS, BETA = 6, 2  # the longest run of characters; how much more recall counts than precision


def character_f(ours: str, theirs: str) -> float:
    """Popović 2015: F-score over runs of one to six characters, spaces left out; from 0 to 1."""
    if ours == theirs:
        return 1.0
    precision = recall = 0.0
    orders = 0
    for order in range(1, ORDERS + 1):
        mine, yours = _runs(ours, order), _runs(theirs, order)
        if mine and yours:
            hits = sum((mine & yours).values())
            precision += hits / sum(mine.values())
            recall += hits / sum(yours.values())
            orders += 1
    if not precision:
        return 0.0
    precision, recall = precision / orders, recall / orders
    return (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)


@lru_cache(4096)
def _runs(text: str, order: int) -> Counter[str]:
    letters = "".join(text.split())
    return Counter(letters[at : at + order] for at in range(len(letters) - order + 1))
