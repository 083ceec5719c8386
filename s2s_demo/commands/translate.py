"""Translate: one line in, one line out; with --json the whole search of each line."""

import argparse
import itertools
import json
import sys

from s2s_demo.commands.options import add_model, add_strategy, strategy_of

LINES_AT_ONCE = 256


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_model(parser)
    add_strategy(parser)
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document per line: every candidate and weight"
    )
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="text to translate; - is standard input")


def run(options: argparse.Namespace) -> None:
    """Translate as lines come, many at a time; an empty line stays empty."""
    from s2s_demo.checkpoint import load
    from s2s_demo.errors import InputError

    translator, strategy = load(options.model, options.device), strategy_of(options)
    try:
        stream = sys.stdin if options.file == "-" else open(options.file, encoding="utf-8")  # noqa: SIM115
    except OSError as error:
        raise InputError(f"cannot read {options.file}: {error.strerror}") from error
    with stream:
        numbered = enumerate((line.rstrip("\n") for line in stream), start=1)
        while lines := list(itertools.islice(numbered, 1 if sys.stdin.isatty() else LINES_AT_ONCE)):
            full = [line for _, line in lines if line.strip()]
            try:
                done = iter(translator.translate_all(full, strategy))
            except InputError as error:
                raise InputError(f"lines {lines[0][0]} to {lines[-1][0]}: {error}") from error
            for _, line in lines:
                if not line.strip():
                    print("null" if options.json else "")
                    continue
                found = next(done)
                print(json.dumps(found.to_json(), ensure_ascii=False) if options.json else found.text, flush=True)
