"""What noise costs: `python -m tests.tools.noisy MODEL...`.

Greedy BLEU on our own everyday sentences (`tests/everyday`), plain and as people type them: in capitals, with an
emoji at the end, with spaces between Chinese characters, in traditional characters.
"""

import csv
import sys
from collections.abc import Callable
from pathlib import Path

from opencc import OpenCC

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Greedy
from s2s_demo.evaluation import TestSet, evaluate

EVERYDAY = Path(__file__).parents[1] / "everyday"
Change = Callable[[str], str]


def same(text: str) -> str:
    """The text itself."""
    return text


def with_emoji(text: str) -> str:
    """The text with an emoji at its end."""
    return f"{text} 🍕"


def kinds(source: str, target: str) -> dict[str, tuple[Change, Change]]:
    """What is done to a source, and what is then expected of a reference."""
    of_all = {"plain": (same, same), "emoji": (with_emoji, with_emoji)}
    if source == "zh":
        return of_all | {"spaces": (" ".join, same), "traditional": (OpenCC("s2t").convert, same)}
    return of_all | {"capitals": (str.upper, same if target == "zh" else str.upper)}


def main() -> None:
    """A line a model."""
    for model in sys.argv[1:]:
        translator = load(model)
        source, target = translator.source_language, translator.target_language
        with open(EVERYDAY / f"{source}-{target}.tsv", encoding="utf-8", newline="") as lines:
            rows = [[cell for cell in row if cell] for row in csv.reader(lines, "excel-tab", quoting=csv.QUOTE_NONE)][
                1:
            ]
        scores = []
        for name, (typed, expected) in kinds(source, target).items():
            sources = tuple(typed(row[0]) for row in rows)
            references = tuple(tuple(map(expected, row[1:])) for row in rows)
            found = evaluate(translator, TestSet(name, sources, references), Greedy(), metrics=["bleu"])
            scores.append(f"{name} {found.bleu.score:.1f}")
        sys.stdout.write(f"{model}: {', '.join(scores)}\n")


if __name__ == "__main__":
    main()
