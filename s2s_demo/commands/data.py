"""Data: fetch a corpus into the data folder (the only command that uses the network)."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", nargs="+", metavar="CORPUS", help="multi30k, tatoeba")


def run(options: argparse.Namespace) -> None:
    """Download what is missing."""
    from s2s_demo.tasks.download import download

    for corpus in options.corpus:
        for path in download(corpus, report=_report):
            print(path)


def _report(file: str, done: int, of: int) -> None:
    share = f" of {of / 1e6:.1f}" if of else ""
    print(f"\r{file}: {done / 1e6:.1f}{share} MB", end="\n" if done == of else "", file=sys.stderr)
