"""Lesson: write the tour of tab Learn as one HTML file that needs no server."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from s2s_demo.words import ORIGINAL, languages

    parser.add_argument("file", metavar="FILE", help="the file to write")
    parser.add_argument("--language", default=ORIGINAL, metavar="CODE", help=f"{', '.join(languages())} ({ORIGINAL})")


def run(options: argparse.Namespace) -> None:
    """Ask the shipped models, and write the file."""
    from s2s_demo.errors import check_choice
    from s2s_demo.serving.library import Library
    from s2s_demo.ui.learn.recorded import recorded_tour
    from s2s_demo.ui.parts.handler import Visit
    from s2s_demo.words import languages, speaking

    check_choice("language", options.language, languages())
    with speaking(options.language):
        html = recorded_tour(Visit(Library()))
    Path(options.file).write_text(html, encoding="utf-8")
    print(f"{options.file}: {len(html.encode()) / 1000:.0f} kB")
