"""Arguments that several commands share, and strategies from their options."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import MISSING
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from s2s_demo.decoding import Strategy
    from s2s_demo.settings import Setting


def add_model(parser: argparse.ArgumentParser) -> None:
    """--model and --device."""
    parser.add_argument("--model", default="en-fr", help="a shipped checkpoint's name, or a checkpoint folder (en-fr)")
    add_device(parser)


def add_device(parser: argparse.ArgumentParser) -> None:
    """--device alone."""
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda (auto: the GPU where there is one)")


def add_precision(parser: argparse.ArgumentParser) -> None:
    """--precision of many sentences."""
    parser.add_argument(
        "--precision",
        default="fp32",
        help="fp32, exact; or bf16, up to twice as fast where the processor multiplies it: scores are as good, yet 1 "
        "translation of 50 is another, and sums of log-probabilities are off by up to 0.1 (fp32)",
    )


def add_columns(parser: argparse._ActionsContainer) -> None:
    """--columns of a file of pairs."""
    parser.add_argument(
        "--columns", type=int, nargs=2, metavar=("SOURCE", "TARGET"), help="numbers of a file's columns, from 1 (found)"
    )


def add_strategy(parser: argparse.ArgumentParser) -> None:
    """--strategy and the settings of each."""
    from s2s_demo.decoding import STRATEGIES, strategy_settings

    parser.add_argument("--strategy", default="beam", help=f"{', '.join(STRATEGIES)} (beam)")
    for each in strategy_settings():
        of = "" if len(each.members) == len(STRATEGIES) else f"{' and '.join(each.members)}: "
        add_setting(parser, each, each.name, of)


def add_setting(parser: argparse._ActionsContainer, setting: "Setting", dest: str, of: str = "") -> None:
    """The flag of a setting, its help and what is allowed; `of` says to what it belongs."""
    from s2s_demo.settings import figure

    default = "" if setting.default in (None, MISSING) else f" ({figure(setting.default)})"
    if setting.kind is bool:
        flag = setting.switch or (f"no-{setting.name}" if setting.default else setting.name)
        value, text = not setting.default, f"turns off: {setting.help}" if setting.default else setting.help
        parser.add_argument(flag_of(flag), dest=dest, action="store_const", const=value, help=_plain(f"{of}{text}"))
    else:
        text, metavar = f"{of}{setting.explained()}{default}", _METAVARS[setting.kind]
        parser.add_argument(flag_of(setting.name), dest=dest, type=setting.kind, metavar=metavar, help=_plain(text))


def add_task_settings(parser: argparse._ActionsContainer) -> None:
    """The settings of all tasks, each with the names of those that have it."""
    from s2s_demo.tasks import task_settings

    for each in task_settings():
        add_setting(parser, each, f"options.{each.field}", f"{', '.join(each.members)}: ")


def given_task_settings(options: argparse.Namespace) -> dict[str, object]:
    """Those that were given, by the fields of a task."""
    from s2s_demo.tasks import task_settings

    given = {each.field: getattr(options, f"options.{each.field}") for each in task_settings()}
    return {field: value for field, value in given.items() if value is not None}


def _plain(text: str) -> str:
    return text.replace("%", "%%")  # which argparse would read as a place to fill in


_METAVARS = {int: "N", float: "X", str: "NAME"}


def flag_of(name: str) -> str:
    """beam_size -> --beam-size."""
    return f"--{name.replace('_', '-')}"


def strategy_of(options: argparse.Namespace) -> "Strategy":
    """The strategy that the options describe; SettingError where they are wrong."""
    from s2s_demo.decoding import strategy_from, strategy_settings
    from s2s_demo.errors import SettingError

    given = given_settings(options)
    strategy = strategy_from(options.strategy, given)
    for each in strategy_settings():
        if each.name in given and strategy.name not in each.members:
            owners = " or ".join(each.members)
            raise SettingError(
                "setting.elsewhere", name=flag_of(each.name), owners=owners, chosen=f"--strategy {strategy.name}"
            )
    return strategy


def given_settings(options: argparse.Namespace) -> dict[str, object]:
    """The settings of strategies that were given, by public name."""
    from s2s_demo.decoding import strategy_settings

    given = {each.name: getattr(options, each.name) for each in strategy_settings()}
    return {name: value for name, value in given.items() if value is not None}


def set_threads(threads: int | None) -> None:
    """Compute with so many CPU threads; None: all."""
    if threads is None:
        return
    import torch

    from s2s_demo.errors import check_whole

    check_whole("number of threads", threads, 1, 1024)
    torch.set_num_threads(threads)


def progress_bar(what: str) -> Callable[[int, int], None]:
    """A bar on standard error, for functions that report (done, of how many)."""
    from tqdm import tqdm

    bar = tqdm(desc=what, unit="sentence", file=sys.stderr, leave=False, disable=None)

    def show(done: int, of: int) -> None:
        bar.total = of
        bar.update(done - bar.n)
        if done >= of:
            bar.close()

    return show
