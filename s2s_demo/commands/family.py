"""Train every attention, encoder, decoder, loss and optimiser on its lesson, and print what each comes to.

Exact match is the share of held-out inputs that are answered exactly; seconds are what training takes of a processor.
"""

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from s2s_demo.live.family import Lesson, Result


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which members, for how long, in which form."""
    parser.add_argument("members", nargs="*", metavar="MEMBER", help="attention, attention/hard, ... (all)")
    parser.add_argument("--max-seconds", type=float, default=300, metavar="S", help="of training, for each (300)")
    parser.add_argument("--till-enough", action="store_true", help="end a lesson once 95 %% are right")
    parser.add_argument("--sentences", type=int, default=200, metavar="N", help="held-out inputs to judge by (200)")
    parser.add_argument("--threads", type=int, metavar="N", help="CPU threads (all)")
    parser.add_argument("--json", action="store_true", help="print one JSON document a line")


def run(options: argparse.Namespace) -> None:
    """Train one member after the other."""
    import json
    from dataclasses import asdict

    from s2s_demo.commands.options import set_threads
    from s2s_demo.errors import check_range, check_whole
    from s2s_demo.live.family import learn

    check_range("training time in seconds", options.max_seconds, 0.001, 1e6)
    check_whole("number of sentences", options.sentences, 1, 10_000)
    set_threads(options.threads)
    chosen = chosen_lessons(options.members)
    if not options.json:
        print(_line("member", "lesson", "exact", "95 % in", "updates", "parameters", "tokens/s"))
    for lesson in chosen:
        steps = learn(lesson, seconds=options.max_seconds, sentences=options.sentences, till_enough=options.till_enough)
        *_, result = steps
        print(json.dumps(asdict(result)) if options.json else row(result), flush=True)
        if result.why and not options.json:
            print(f"s2s-demo: note: {lesson.kind}/{lesson.member}: {result.why}", file=sys.stderr)


def chosen_lessons(names: list[str]) -> "list[Lesson]":
    """The lessons named, by kind or by kind and member; SettingError for a name that nobody has."""
    from s2s_demo.errors import SettingError
    from s2s_demo.live.family import lessons

    every = {f"{lesson.kind}/{lesson.member}": lesson for lesson in lessons()}
    kinds = {lesson.kind for lesson in every.values()}
    for name in names:
        if name not in every and name not in kinds:
            known = ", ".join([*sorted(kinds), *every])
            raise SettingError(f"unknown member {name!r}; choose from {known}")
    return [one for name, one in every.items() if not names or name in names or one.kind in names]


def row(result: "Result") -> str:
    """One member's line of the table."""
    reached = "-" if result.seconds_to_enough is None else f"{result.seconds_to_enough:.0f} s"
    return _line(
        f"{result.kind}/{result.member}",
        result.task,
        f"{100 * result.exact_match:.1f} %",
        reached,
        f"{result.updates:,}",
        f"{result.parameters:,}",
        f"{result.tokens_per_second:,.0f}",
    )


def _line(*columns: str) -> str:
    widths = (30, 12, 8, 8, 8, 12, 10)
    first = "".join(column.ljust(width) for column, width in zip(columns[:2], widths, strict=False))
    return first + "".join(column.rjust(width) for column, width in zip(columns[2:], widths[2:], strict=False))
