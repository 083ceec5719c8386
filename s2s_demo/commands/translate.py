"""Translate: one line in, one line out; with --json the whole search of each line."""

import argparse
import itertools
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from s2s_demo.commands.lines import as_json, bad_byte, numbered_lines
from s2s_demo.commands.options import add_model, add_precision, add_strategy, strategy_of

if TYPE_CHECKING:
    from s2s_demo.translation import Translation

LINES_AT_ONCE = 256
MOST_DRAWN = 50  # sentences on one page
MOST_COMPLAINTS = MOST_NOTES = 20  # lines that are named one by one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_model(parser)
    add_strategy(parser)
    add_precision(parser)
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document per line: every candidate and weight"
    )
    parser.add_argument("--html", metavar="FILE", help="write the linked picture of all lines, as one page, to FILE")
    parser.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="FILE",
        help="text to translate; - is standard input; for models of ink, sound and pictures a PNG or WAV file",
    )


def run(options: argparse.Namespace) -> int:
    """Translate as lines come, many at a time; an empty line stays empty.  A picture or a recording is one line.

    A line that cannot be translated is named on standard error and leaves an empty line (with --json, null); the
    others are done, and the status is 1.  What was read otherwise than it was typed is said there, too.
    """
    from s2s_demo.checkpoint import load
    from s2s_demo.errors import InputError

    translator, strategy = load(options.model, options.device).in_precision(options.precision), strategy_of(options)
    name, failed = "standard input" if options.file == "-" else options.file, 0
    notes = 0
    drawn: list[Translation] = []

    def place(number: int) -> str:
        return f"{name}, line {number}" if number else name

    def note(number: int, said: str) -> None:
        nonlocal notes
        notes += 1
        if notes <= MOST_NOTES:
            print(f"s2s-demo: note: {place(number)}: {said}", file=sys.stderr)

    def fits(number: int, line: str) -> bool:
        nonlocal failed
        if not line.strip():
            return False
        try:
            if why := bad_byte(line):
                raise InputError(why)
            translator.check(line)
        except InputError as error:
            failed += 1
            if failed <= MOST_COMPLAINTS:
                print(f"s2s-demo: {place(number)}: {error}", file=sys.stderr)
            return False
        return True

    try:
        with _sources(options.file, translator.signal) as lines:
            while chunk := list(itertools.islice(lines, 1 if sys.stdin.isatty() else LINES_AT_ONCE)):
                good = [fits(number, line) for number, line in chunk]
                texts = [line for (_, line), one in zip(chunk, good, strict=True) if one]
                done = iter(translator.translate_all(texts, strategy))
                for (number, _), one in zip(chunk, good, strict=True):
                    found = next(done) if one else None
                    for said in found.notices if found else ():
                        note(number, str(said))
                    if options.html and found:
                        drawn.append(found)
                    if options.json:
                        print(as_json(found and found.to_json()), flush=True)
                    else:
                        print(found.text if found else "", flush=True)
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}") from error
    if drawn:
        _write_html(options.html, drawn)
    if notes > MOST_NOTES:
        print(f"s2s-demo: note: {name}: {notes - MOST_NOTES:,} more notes like these", file=sys.stderr)
    if failed > MOST_COMPLAINTS:
        print(f"s2s-demo: {name}: {failed - MOST_COMPLAINTS:,} more lines like these", file=sys.stderr)
    return 1 if failed else 0


def _sources(file: str, signal: str) -> AbstractContextManager[Iterator[tuple[int, str]]]:
    """The lines of a file with their numbers; a picture or a recording, for a model that reads such, with number 0."""
    from s2s_demo.signals.document import MEDIA, read_source

    if signal and Path(file).suffix.lower() in MEDIA:
        return nullcontext(iter([(0, read_source(file))]))
    return numbered_lines(file)


def _write_html(path: str, drawn: "list[Translation]") -> None:
    """One page of all that was translated; InputError where it would be too large to look at, or cannot be written."""
    from s2s_demo.errors import InputError
    from s2s_demo.translation import joined

    found = joined(drawn)
    if len(found.sentences) > MOST_DRAWN:
        raise InputError(f"--html draws at most {MOST_DRAWN} sentences, and there are {len(found.sentences):,}")
    try:
        Path(path).write_text(found.to_html(), encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from error
