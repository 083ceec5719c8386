"""The command line: proof that the core needs no page."""

import argparse
import sys
from collections.abc import Sequence

from s2s_demo.errors import S2SError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a user's mistake ends with a sentence and status 2, never a traceback."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except S2SError as error:
        print(f"s2s-demo: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("s2s-demo: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    from s2s_demo.commands import COMMANDS

    parser = argparse.ArgumentParser(
        prog="s2s-demo",
        description="Sequence-to-sequence models with attention: translate, evaluate, train, and see why.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        help_text = (module.__doc__ or "").splitlines()[0]
        command = commands.add_parser(name, help=help_text, description=module.__doc__)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
