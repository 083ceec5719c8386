"""Where an answer of the page goes: `python -m tests.tools.answer [--model NAME] [--visits 20]`.

CPU milliseconds of one thread for a sentence of 12 words, a beam of 5, all pictures and tables of tab Translate: the
median of some visits, as a table in Markdown.  A row with a dash is part of the searches.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import torch

from s2s_demo.decoding import Beam, search
from s2s_demo.model import Seq2Seq
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import DEFAULT_MODEL, Question
from s2s_demo.translator import Translator
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.translate.handlers import answered
from tests.tools.instruments import SENTENCES
from tests.tools.maps import write_row

PARTS: dict[str, tuple[Any, str]] = {
    "reading the text": (Translator, "_readings"),
    "searches": (Translator, "_search"),
    "– encoding": (Seq2Seq, "encode"),
    "– steps of the model": (Seq2Seq, "step"),
    "– choosing words": (Beam, "choose"),
    "– writing down": (sys.modules[search.__module__], "_record"),
    "– reading the hypotheses": (Translator, "_read"),
}


def timed(spent: Counter[str], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, whose CPU milliseconds are added up."""

    def wrapped(*values: Any, **named: Any) -> Any:
        began = time.thread_time()
        try:
            return work(*values, **named)
        finally:
            spent[name] += 1000 * (time.thread_time() - began)

    return wrapped


def visited(library: Library, question: Question) -> Counter[str]:
    """What one new question costs, part by part: its translation, then the page's values of what is known."""
    spent: Counter[str] = Counter()
    translator, query = library.get(question.model), question.query()
    with ExitStack() as patched:
        for name, (owner, attribute) in PARTS.items():
            # a method's wrapper is a plain function, so that it is bound as the method was
            patched.enter_context(patch.object(owner, attribute, timed(spent, name, getattr(owner, attribute))))
        timed(spent, "translation", translator.translate)(query.text, query.strategy)
    library.translate(query)
    timed(spent, "pictures and tables", answered)(Visit(library), question)
    return spent


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.answer", description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME")
    parser.add_argument("--visits", type=int, default=20)
    options = parser.parse_args()
    torch.set_num_threads(1)
    library = Library()
    text = SENTENCES[library.get(options.model).source_language]
    visits = [visited(library, Question(f"{text}{' ' * n}", options.model)) for n in range(options.visits + 1)][1:]
    write_row("part", "ms of CPU")
    write_row("---", "---")
    for name in ("translation", *PARTS, "pictures and tables"):
        write_row(name, f"{statistics.median(visit[name] for visit in visits):.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
