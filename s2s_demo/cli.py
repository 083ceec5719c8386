"""The command line: proof that the core needs no page."""

import argparse
import sys
from collections.abc import Sequence

from s2s_demo.errors import S2SError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    The status is 0 when all was done, 1 when a part could not be (each is named), 2 after a mistake: a user's
    mistake, or a file that the system refuses, ends with a sentence and never with a traceback.
    """
    from s2s_demo.commands.lines import write_anywhere

    write_anywhere()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if any("\0" in argument for argument in given):
        return _complain("an argument holds a zero byte, which no name and no file's path does")
    options = _parser(given).parse_args(given)
    try:
        status: int | None = options.run(options)
    except S2SError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        _complain("stopped")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return status or 0


def _complain(sentence: str) -> int:
    """Say it in one line, whatever line ends are in what was given."""
    print(f"s2s-demo: {' '.join(sentence.splitlines())}", file=sys.stderr)
    return 2


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """All commands, and the options of the one that is asked for: those of some need PyTorch, which takes a second."""
    from s2s_demo.commands import COMMANDS

    parser = argparse.ArgumentParser(
        prog="s2s-demo",
        description="Sequence-to-sequence models with attention: translate, evaluate, train, and see why.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        help_text = (module.__doc__ or "").splitlines()[0]
        command = commands.add_parser(name, help=help_text, description=module.__doc__)
        if name in arguments[:1]:
            module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
