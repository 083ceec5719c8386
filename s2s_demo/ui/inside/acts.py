"""What a visitor does in a step: each act makes a new list of changes of the old one, and says which step to show.

Acts come from a browser, so anything may stand in them: `edit_from` checks what becomes a change.
"""

from collections.abc import Callable, Mapping
from typing import Any

from s2s_demo.errors import InputError
from s2s_demo.explain import Edit, edit_from
from s2s_demo.ui.inside.link import MOST_EDITS
from s2s_demo.ui.inside.reading import Reading

Act = Mapping[str, Any]


def after(reading: Reading, act: Act) -> tuple[Reading, int]:
    """What is read after an act, and the step that is then shown; S2SError where the act makes no sense."""
    make = ACTS.get(str(act.get("act")))
    edits = make(reading.edits, act) if make else reading.edits
    if len(edits) > MOST_EDITS:
        raise InputError("inside.too-many-edits", most=MOST_EDITS)
    changed = reading if edits == reading.edits else reading.under(edits)
    return changed, changed.clamped(act.get("step"))


def _write(edits: tuple[Edit, ...], act: Act) -> tuple[Edit, ...]:
    return (*edits, edit_from({"name": "write", **_named(act, "step", "text", "piece")}))


def _weigh(edits: tuple[Edit, ...], act: Act) -> tuple[Edit, ...]:
    """Another weight of the same word at the same step takes the place of the last one."""
    edit = edit_from({"name": "weigh", **_named(act, "step", "source", "weight")})
    last = edits[-1:]
    same = last and all(getattr(last[0], name, None) == getattr(edit, name) for name in ("name", "step", "source"))
    return (*(edits[:-1] if same else edits), edit)


def _look(edits: tuple[Edit, ...], act: Act) -> tuple[Edit, ...]:
    where = None if act.get("everywhere") is True else act.get("step")
    return (*edits, edit_from({"name": act.get("how"), "step": where}))


def _drop(edits: tuple[Edit, ...], act: Act) -> tuple[Edit, ...]:
    return (*edits, edit_from({"name": "drop", **_named(act, "source")}))


def _undo(edits: tuple[Edit, ...], act: Act) -> tuple[Edit, ...]:
    """Back to the first `keep` changes."""
    keep = act.get("keep")
    return edits[: max(keep, 0)] if type(keep) is int else edits[:-1]


def _named(act: Act, *names: str) -> dict[str, Any]:
    return {name: act[name] for name in names if name in act}


ACTS: dict[str, Callable[[tuple[Edit, ...], Act], tuple[Edit, ...]]] = {
    "write": _write,
    "weigh": _weigh,
    "look": _look,
    "drop": _drop,
    "undo": _undo,
}
