"""What each instrument of tab Inside costs the server: `python -m tests.tools.instruments [MODEL ...]`.

CPU milliseconds of one core, from a visitor's act to the values of the page's components, for a sentence of 12 words:
the median of some visits, each with nothing computed before but what the page shows.  A table in Markdown.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch

from s2s_demo.explain import step
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.text import EOS
from s2s_demo.ui.inside.handlers import on_act, on_ask, on_reasons
from s2s_demo.ui.inside.shown import Shown

SENTENCES = {
    "en": "A man in a red shirt is reading a book to children.",
    "de": "Ein Mann in einem roten Hemd liest seinen Kindern ein Buch vor.",
    "fr": "Un homme en chemise rouge lit un livre à ses deux enfants.",
    "zh": "一个穿红衬衫的男人正在给孩子们读书。",
}  # by what a model reads; others read the first of their examples
STEP = 6
LIMIT, LIMIT_OF_SLOW = 150, 1000  # CPU ms, for a sentence of 12 words
SLOW = ("a wish", "searches and verdict", "reasons", "all as JSON")  # gradients, occlusions and exact search
ACTS: dict[str, dict[str, Any]] = {
    "another step": {"act": "step", "step": 3},
    "another word": {"act": "write", "step": STEP, "text": ""},
    "a dragged weight": {"act": "weigh", "step": STEP, "source": 2, "weight": 0.9},
    "looks uniform, one step": {"act": "look", "step": STEP, "how": "uniform"},
    "looks uniform, everywhere": {"act": "look", "step": STEP, "how": "uniform", "everywhere": True},
    "looks off, everywhere": {"act": "look", "step": STEP, "how": "off", "everywhere": True},
    "a dropped word": {"act": "drop", "step": STEP, "source": 2},
    "a wish": {"act": "wish", "step": STEP, "text": ""},
    "searches and verdict": {"act": "searches", "text": ""},
    "reasons": {"act": "reasons", "step": STEP},
    "all as JSON": {"act": "save", "step": STEP},
}


def measured(library: Library, model: str, visits: int) -> dict[str, list[float]]:
    """CPU milliseconds by instrument, one number a visit."""
    found: dict[str, list[float]] = {"first sight": [], **{name: [] for name in ACTS}}
    text = SENTENCES.get(library.get(model).source_language) or library.examples(model)[0]
    ask(on_ask, library, *Question(text, model).values())  # the first visit packs the weights
    for visit in range(1, visits + 1):
        for name, act in ACTS.items():
            asked = Question(f"{text}{' ' * visit}", model)
            library.translate(asked.query())  # the page has translated it by then
            seen, milliseconds = timed(lambda asked=asked: ask(on_ask, library, *asked.values()))
            if name == next(iter(ACTS)):
                found["first sight"].append(milliseconds)
            if "text" in act:  # what it did not write
                case = seen.reading.case
                texts = (case.text([each.token]) for each in step(case, STEP).likeliest if each.token > EOS)
                act = {
                    **act,
                    "text": next(text for text in texts if text.isalnum() and text not in case.text(case.written)),
                }
            event, handler = SimpleNamespace(_data=act), on_reasons if act["act"] == "reasons" else on_act
            answer, milliseconds = timed(lambda h=handler, e=event, seen=seen: ask(h, library, e, seen.reading))
            assert not isinstance(answer.message, str) or not answer.message, (name, answer.message)
            found[name].append(milliseconds)
    return found


def limit_of(instrument: str) -> int:
    """What an instrument may cost, in CPU milliseconds."""
    return LIMIT_OF_SLOW if instrument in SLOW else LIMIT


def timed(work: Callable[[], Shown]) -> tuple[Shown, float]:
    started = time.process_time()
    answer = work()
    return answer, 1000 * (time.process_time() - started)


def ask(handler: Callable[[Library], Callable[..., Shown]], library: Library, *values: object) -> Shown:
    return handler(library)(SimpleNamespace(session_hash="", query_params={}), *values)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", default=["en-fr"], metavar="MODEL")
    parser.add_argument("--visits", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(1)
    library = Library()
    columns = [measured(library, model, options.visits) for model in options.models]
    write_row("CPU ms", "limit", *(Path(model).name for model in options.models))
    write_row(*["---"] * (2 + len(columns)))
    for name in columns[0]:
        write_row(name, limit_of(name), *(f"{statistics.median(column[name]):.0f}" for column in columns))


def write_row(*cells: object) -> None:
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")


if __name__ == "__main__":
    main()
