"""A recipe in stages: each goes on from the weights that the one before it ended with.

A stage says so by `start_from`: the name of the recipe before it, a file that stands beside it ("recipe-4.json").
A run of all of them lies in one folder: `stage-1`, `stage-2`, ... and the last stage at its top.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from s2s_demo.errors import CheckpointError, SettingError
from s2s_demo.experiment import Recipe, read_recipe
from s2s_demo.files import write_atomically
from s2s_demo.settings import from_dict

PLAN = "stages.json"


def read_stages(path: Path) -> list[Recipe]:
    """A recipe with all those that it goes on from, the first one first."""
    stages: list[Recipe] = []
    seen: list[Path] = []
    place: Path | None = path
    while place:
        if place in seen:
            raise SettingError(f"{place} goes on from itself: {' -> '.join(each.name for each in seen)}")
        seen.append(place)
        stages.insert(0, read_recipe(place))
        before = stages[0].start_from
        place = place.parent / before if before and before.endswith(".json") else None
    return stages


def folders_of(stages: Sequence[Recipe], output: Path) -> list[tuple[Recipe, Path]]:
    """Each stage with the folder it is run in; those after the first start from the folder before theirs."""
    folders = [*(output / f"stage-{number}" for number in range(1, len(stages))), output]
    linked = [stages[0]] + [
        replace(stage, start_from=str(folder)) for stage, folder in zip(stages[1:], folders, strict=False)
    ]
    return list(zip(linked, folders, strict=True))


def begin(stages: Sequence[Recipe], output: Path) -> list[tuple[Recipe, Path]]:
    """Write down the plan of a run, so that it can be resumed in any stage."""
    plan = folders_of(stages, output)
    if len(stages) > 1:
        if _is_begun(plan):
            raise CheckpointError(
                f"{output} already holds a run; add --resume to continue it, or choose another folder"
            )
        output.mkdir(parents=True, exist_ok=True)
        written = json.dumps([asdict(stage) for stage in stages], indent=2)
        write_atomically(output / PLAN, written.encode() + b"\n")
    return plan


def forget_unbegun(plan: Sequence[tuple[Recipe, Path]], output: Path) -> None:
    """Remove the plan of a run whose first stage could not begin, so that the folder is free for a mended recipe."""
    if not _is_begun(plan):
        (output / PLAN).unlink(missing_ok=True)


def _is_begun(plan: Sequence[tuple[Recipe, Path]]) -> bool:
    return any((folder / "recipe.json").exists() for _, folder in plan)


def resume(output: Path) -> list[tuple[Recipe, Path]]:
    """The stages of a run that was begun in a folder."""
    if not (output / PLAN).exists():
        return [(read_recipe(output / "recipe.json"), output)]
    try:
        plan = json.loads((output / PLAN).read_text(encoding="utf-8"))
        return folders_of([from_dict(Recipe, stage) for stage in plan], output)
    except (OSError, ValueError, TypeError, IndexError, RecursionError, SettingError) as error:
        raise CheckpointError(f"{output / PLAN} cannot be read: {error}") from error
