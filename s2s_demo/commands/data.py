"""Data: fetch a corpus into the data folder (the only command that uses the network)."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", nargs="+", metavar="CORPUS", help="multi30k, tatoeba")


def run(options: argparse.Namespace) -> None:
    """Download what is missing."""
    from s2s_demo.tasks.download import download

    for corpus in options.corpus:
        for path in download(corpus, progress=lambda name, done, of: None):
            print(path)
