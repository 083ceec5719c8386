"""The address of a step: a question as tab Translate's links ask it, and which step of it under which changes."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from s2s_demo.errors import S2SError
from s2s_demo.explain import Edit, edit_from, plain_edit
from s2s_demo.serving.query import DEFAULT_MODEL, Controls
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.handler import Visit

MOST_EDITS = 20  # that are replayed, each from the start


@dataclass(frozen=True)
class Place:
    """Where to look: sentence (from 0), step (from 1) and changes of a question; `given` where an address names it."""

    question: Controls
    sentence: int = 0
    step: int = 1
    edits: tuple[Edit, ...] = ()
    given: bool = False


def place_from(visit: Visit, parameters: Mapping[str, str]) -> Place:
    """The place that an address names; what is missing or impossible keeps its default."""
    known = {k: v for k, v in parameters.items() if k != "model" or v in visit.library.names(visit.session)}
    question = Controls.from_link(known)
    if "text" not in known and question.model != DEFAULT_MODEL:
        examples = visit.library.examples(question.model, visit.session)
        question = replace(question, text=(*examples, question.text)[0])
    sentence, step = (_whole(parameters.get(name, "1")) for name in ("sentence", "step"))
    return Place(question, sentence - 1, step, _edits(parameters.get("edits", "[]")), "step" in parameters)


def parameters_of(search: object) -> dict[str, str]:
    """What the part of an address after the question mark says."""
    return dict(parse_qsl(search.removeprefix("?"), max_num_fields=100)) if isinstance(search, str) else {}


def link_of(reading: Reading, step: int) -> dict[str, str]:
    """The parameters of an address that shows a step again."""
    link = {**reading.question.to_link(), "step": str(step)}
    if reading.sentence:
        link["sentence"] = str(reading.sentence + 1)
    if reading.edits:
        link["edits"] = json.dumps(_plain(reading.edits), ensure_ascii=False, separators=(",", ":"))
    return link


def _plain(edits: Sequence[Edit]) -> list[dict[str, object]]:
    return [plain_edit(edit) for edit in edits]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _edits(text: str) -> tuple[Edit, ...]:
    """The changes that an address names; none where one of them makes no sense."""
    with suppress(json.JSONDecodeError, RecursionError, S2SError):
        plain = json.loads(text)
        return tuple(map(edit_from, plain[:MOST_EDITS])) if isinstance(plain, list) else ()
    return ()
