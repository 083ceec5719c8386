"""Train: a model from a task, from files of sentence pairs, or from a recipe; resumable at any moment."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from s2s_demo.commands.options import add_columns, add_setting, set_threads

if TYPE_CHECKING:
    from s2s_demo.experiment import Recipe
    from s2s_demo.settings import Setting
    from s2s_demo.training.team import Team

UNBOUNDED_SECONDS = 1e9
JUDGEMENTS = 9  # of a lesson, evenly spaced


def settings_of_a_run() -> "dict[str, Setting]":
    """All that an option may set, by its path in a Recipe; what is not given keeps the recipe's value."""
    from s2s_demo.experiment import Recipe
    from s2s_demo.settings import settings_within
    from s2s_demo.tasks import task_settings

    return settings_within(Recipe) | {f"options.{each.field}": each for each in task_settings()}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    what = parser.add_argument_group("what to learn")
    what.add_argument("--task", help="a task by name (a wrong name lists them all)")
    what.add_argument("--source", type=Path, metavar="FILE", help="source sentences, one a line")
    what.add_argument("--target", type=Path, metavar="FILE", help="their translations, line by line")
    what.add_argument("--pairs", type=Path, metavar="FILE", help="a table of pairs; `data check` says how it is read")
    add_columns(what)
    what.add_argument("--source-language", default="", metavar="CODE", help="of the files: en, fr, de, zh, ...")
    what.add_argument("--target-language", default="", metavar="CODE", help="of the files")
    what.add_argument("--recipe", type=Path, metavar="FILE", help="a recipe.json; the settings below override it")
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="DIR",
        help="the run's folder, and the checkpoint with the best validation score",
    )
    parser.add_argument(
        "--resume", action="store_true", help="continue the run in DIR with its own settings, bit for bit"
    )
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--threads", type=int, help="CPU threads to compute with (all)")
    settings = parser.add_argument_group(
        "settings",
        "without them, those of the lesson; of two files, those in brackets, as shipped translators have",
    )
    for path, each in settings_of_a_run().items():
        add_setting(settings, each, path, f"{', '.join(each.members)}: " if each.members else "")


def run(options: argparse.Namespace) -> None:
    """Train every stage to the end of its budget, with a progress bar, one line per judgement."""
    from s2s_demo import stages
    from s2s_demo.training.team import Team

    set_threads(options.threads)
    team = Team.of_environment()
    output = options.output if team.leads else options.output / f"process-{team.rank}"  # what it takes to go on
    plan = stages.resume(output) if options.resume else stages.begin(recipes_of(options), output)
    if team.leads and any(recipe.training.seconds < UNBOUNDED_SECONDS for recipe, _ in plan):
        _note("the budget is in seconds, so another run gets other numbers; with --updates it repeats bit for bit")
    try:
        for number, (recipe, folder) in enumerate(plan, start=1):
            if len(plan) > 1 and team.leads:
                print(f"stage {number} of {len(plan)}: {folder}", flush=True)
            _train(recipe, folder, options.device, options.resume and (folder / "resume.pt").exists(), team)
    finally:
        stages.forget_unbegun(plan, output)


def _train(recipe: "Recipe", folder: Path, device: str, resume: bool, team: "Team") -> None:
    from tqdm import tqdm

    from s2s_demo.experiment import Experiment, Validation

    experiment = Experiment(recipe, folder, device=device, resume=resume, team=team)
    if not team.leads:
        for _ in experiment.run():
            pass
        return
    for notice in experiment.task.notices:
        _note(notice)
    print(
        f"{experiment.training.model.parameter_count / 1e6:.2f} M parameters on {experiment.training.device}",
        flush=True,
    )
    with tqdm(
        total=1000, file=sys.stderr, bar_format="{l_bar}{bar}| {elapsed}<{remaining} {postfix}", disable=None
    ) as bar:
        for event in experiment.run():
            if isinstance(event, Validation):
                tqdm.write(
                    f"update {event.update}: validation loss {event.gold_loss:.3f} (own prefix {event.own_loss:.3f}), "
                    f"BLEU {event.bleu:.2f}, exact {100 * event.exact_match:.1f} %"
                )
                sys.stdout.flush()
            else:
                bar.update(1000 * event.done - bar.n)
                bar.set_postfix_str(
                    f"update {event.update} loss {event.loss:.3f} {event.tokens_per_second:,.0f} tokens/s"
                )
    best = experiment.best
    if best:
        scores = f"BLEU {best.bleu:.2f}, exact {100 * best.exact_match:.1f} %"
        print(f"best: {scores} at update {best.update}, in {folder}")
    else:
        print("nothing to train")


def _note(sentence: str) -> None:
    print(f"s2s-demo: note: {sentence}", file=sys.stderr)


def recipes_of(options: argparse.Namespace) -> "list[Recipe]":
    """The recipe that the options describe, in its stages.

    A setting given holds for every stage; seconds are shared out among them.
    """
    from s2s_demo.settings import with_changes
    from s2s_demo.stages import read_stages

    given = {path: getattr(options, path) for path in settings_of_a_run()}
    changes = {path: value for path, value in given.items() if value is not None}
    _check_what(options)
    stages = read_stages(options.recipe) if options.recipe else [_recipe_of(options)]
    if "start_from" in changes:
        stages = stages[-1:]
    if "training.seconds" in changes:
        changes["training.seconds"] /= len(stages)
    return [with_changes(stage, changes) for stage in stages]


def _check_what(options: argparse.Namespace) -> None:
    from s2s_demo.errors import SettingError

    if (options.source is None) != (options.target is None):
        raise SettingError("--source and --target go together: line n of one translates line n of the other")
    if sum(map(bool, (options.task, options.source, options.pairs, options.recipe))) != 1:
        raise SettingError(
            "say what to learn: --task NAME, or --source FILE --target FILE, or --pairs FILE, or --recipe FILE"
        )
    if options.columns and not options.pairs:
        raise SettingError("--columns belongs to --pairs FILE")


def _recipe_of(options: argparse.Namespace) -> "Recipe":
    from s2s_demo.experiment import Recipe

    languages = {"source": options.source_language, "target": options.target_language}
    if options.task:
        return as_lesson(Recipe(task=options.task))
    if options.pairs:
        pairs = {"path": str(options.pairs.resolve()), "columns": options.columns}
        return as_lesson(Recipe(task="pairs", options=pairs | languages))
    files = {"source_file": str(options.source.resolve()), "target_file": str(options.target.resolve())}
    return Recipe(task="files", options=files | languages)


def as_lesson(recipe: "Recipe") -> "Recipe":
    """A recipe with the settings that the page's tab Train begins with for its task."""
    from s2s_demo.live import preset_for

    lesson = preset_for(recipe.task, recipe.make_task())
    return replace(
        recipe,
        model=lesson.model(recipe.model.vocabulary_size, recipe.make_task().signal),
        training=lesson.training(),
        vocabulary_size=lesson.vocabulary_size,
        validate_every=max(1, lesson.updates // JUDGEMENTS),
    )
