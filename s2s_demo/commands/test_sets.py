"""What a model is evaluated on, from the options of a command."""

import argparse
from typing import TYPE_CHECKING

from s2s_demo.commands.options import given_task_settings

if TYPE_CHECKING:
    from s2s_demo.evaluation import TestSet
    from s2s_demo.translator import Translator


def test_sets(options: argparse.Namespace, translator: "Translator") -> "list[TestSet]":
    """What to evaluate on: the files or tasks given, else the made task it learnt, or the corpora of its languages."""
    from s2s_demo.errors import DataError, SettingError
    from s2s_demo.evaluation import TestSet
    from s2s_demo.settings import check_settings, with_settings
    from s2s_demo.tasks import TASKS, make_task
    from s2s_demo.tasks.files import read_lines

    if options.source or options.reference:
        if not (options.source and options.reference):
            raise SettingError(
                "--source and --reference go together: the sentences, and one or more translations of them"
            )
        sources, references = read_lines(options.source), [read_lines(path) for path in options.reference]
        for path, lines in zip(options.reference, references, strict=True):
            if len(lines) != len(sources):
                raise DataError(f"{options.source} has {len(sources)} lines, but {path} has {len(lines)}")
        return [TestSet(options.source.name, tuple(sources), tuple(zip(*references, strict=True)))]
    given = given_task_settings(options)
    if translator.made_task and not options.task:
        task = with_settings(translator.made_task, given)
        check_settings(task)
        return [TestSet.of(named(translator.card["task"], given), task.test(), options.at_most)]
    pair = f"{translator.source_language}-{translator.target_language}"
    names = options.task or [name for name in (f"multi30k-{pair}", f"tatoeba-{pair}") if name in TASKS]
    names = names or [name for name in (translator.name,) if name in TASKS]
    if not names:
        raise SettingError(f"{translator.name} belongs to no known corpus; give --source and --reference, or --task")
    return [TestSet.of(named(name, given), make_task(name, given).test(), options.at_most) for name in names]


def named(task: str, given: dict[str, object]) -> str:
    """A task with the settings that are not its own."""
    said = ", ".join(f"{field} {value}" for field, value in given.items())
    return f"{task}: {said}" if said else task
