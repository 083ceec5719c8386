"""Models: list the checkpoints that `--model` knows, with their measured figures."""

import argparse
import json
import sys
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="print a list of objects")


def run(options: argparse.Namespace) -> None:
    """Read each checkpoint's config.json; no model is loaded."""
    from s2s_demo.checkpoint import describe_all, none_here

    described = describe_all()
    if not described:
        print(f"s2s-demo: {none_here()}", file=sys.stderr)
    if options.json:
        print(json.dumps(described, ensure_ascii=False, indent=2))
        return
    for entry in described:
        figures = "; ".join(f"{found['test_set']}: {headline(found)}" for found in entry["evaluations"])
        size = f"{entry['megabytes']:5.1f} MB  {entry['parameters'] / 1e6:5.2f} M parameters"
        print(f"{entry['name']:<22} {size}  {figures}")


def headline(evaluation: dict[str, Any]) -> str:
    """The figure that counts: BLEU, or the exact answers of a made task."""
    if evaluation.get("metric") == "exact":
        return f"exact {100 * evaluation['exact_match']:.1f} %"
    return f"BLEU {evaluation['bleu']['score']:.1f}"
