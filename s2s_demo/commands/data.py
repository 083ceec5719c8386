"""Data: fetch a corpus into the data folder (the only command that uses the network), or check a file of pairs.

`data multi30k tatoeba` fetches; `data check FILE` says how a file of pairs is read: what divides it, which
columns are source and target, the first pairs, and every row that is left out, with the reason.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from s2s_demo.commands.options import add_columns

if TYPE_CHECKING:
    from s2s_demo.tasks import ReadPairs

CHECK = "check"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.usage = (
        f"{parser.prog} CORPUS [CORPUS ...]\n       {parser.prog} {CHECK} FILE [--columns SOURCE TARGET] [--json]"
    )
    parser.add_argument("what", nargs="+", metavar="CORPUS | check FILE", help="multi30k, tatoeba; or check and a file")
    parser.add_argument("--json", action="store_true", help="check: one JSON document")
    add_columns(parser)


def run(options: argparse.Namespace) -> None:
    """Download what is missing, or show how a file is read; an unusable file ends with status 2."""
    from s2s_demo.errors import SettingError

    first, *others = options.what
    if first == CHECK:
        if len(others) != 1:
            raise SettingError(f"data check reads one file, not {len(others)}: s2s-demo data check FILE")
        _check(Path(others[0]), options)
    elif options.json or options.columns:
        raise SettingError("--json and --columns belong to: s2s-demo data check FILE")
    else:
        _fetch(options.what)


def _check(path: Path, options: argparse.Namespace) -> None:
    from s2s_demo.tasks import read_pairs

    read = read_pairs(path, options.columns)
    print(json.dumps(read.to_json(), ensure_ascii=False, indent=2) if options.json else as_text(path.name, read))


def as_text(name: str, read: "ReadPairs") -> str:
    """What a person wants to know of a file."""
    lines = [f"{name}: {len(read.pairs):,} pairs; rows left out: {len(read.left_out):,}", read.how, "first pairs:"]
    lines += [f"  {pair.source} → {pair.target}" for pair in read.first]
    if len(read.choices) > 2:
        lines.append("columns that can be chosen with --columns SOURCE TARGET:")
        lines += [f"  {column.number}: {column.name or column.sample} ({column.kind})" for column in read.choices]
    if read.left_out:
        lines.append("left out:")
        lines += [f"  row {left.row}: {left.why}: {left.content}" for left in read.left_out]
    return "\n".join(lines)


def _fetch(corpora: list[str]) -> None:
    from s2s_demo.tasks.download import download

    for corpus in corpora:
        for path in download(corpus, report=_report):
            print(path)


def _report(file: str, done: int, of: int) -> None:
    share = f" of {of / 1e6:.1f}" if of else ""
    print(f"\r{file}: {done / 1e6:.1f}{share} MB", end="\n" if done == of else "", file=sys.stderr)
