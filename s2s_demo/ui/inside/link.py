"""The address of a step: a question as tab Translate's links ask it, and which step of it under which changes."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from s2s_demo.errors import S2SError
from s2s_demo.explain import Edit, edit_from, plain_edit
from s2s_demo.serving.query import DEFAULT_MODEL, Question
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.prediction import Asked, asked_from

MOST_EDITS = 20  # that are replayed, each from the start


@dataclass(frozen=True)
class Place:
    """Where to look: sentence and hypothesis (from 0), step (from 1) and changes of a question.

    `given` says whether an address names a step; `asked` what it asks a class before it shows it.
    """

    question: Question
    sentence: int = 0
    hypothesis: int = 0
    step: int = 1
    edits: tuple[Edit, ...] = ()
    given: bool = False
    asked: Asked | None = None


def place_from(visit: Visit, parameters: Mapping[str, str]) -> Place:
    """The place that an address names; what is missing or impossible keeps its default."""
    known = {k: v for k, v in parameters.items() if k != "model" or v in visit.library.names(visit.session)}
    question = Question.from_link(known)
    if "text" not in known and question.model != DEFAULT_MODEL:
        examples = visit.library.examples(question.model, visit.session)
        question = replace(question, text=(*examples, question.text)[0])
    sentence, hypothesis, step = (_whole(parameters.get(name, "1")) for name in ("sentence", "hypothesis", "step"))
    edits = _edits(parameters.get("edits", "[]"))
    asked = asked_from(parameters, question)
    return Place(question, sentence - 1, hypothesis - 1, step, edits, "step" in parameters, asked)


def is_there(reading: Reading | None, place: Place) -> bool:
    """Whether a reading is of what a place names; where it names no step, of the same question."""
    if reading is None or reading.question.to_link() != place.question.to_link():
        return False
    read = (reading.sentence, reading.hypothesis, reading.edits)
    return not place.given or read == (place.sentence, place.hypothesis, place.edits)


def link_of(reading: Reading, step: int) -> dict[str, str]:
    """The parameters of an address that shows a step again."""
    link = {**reading.question.to_link(), "step": str(step)}
    if reading.sentence:
        link["sentence"] = str(reading.sentence + 1)
    if reading.hypothesis:
        link["hypothesis"] = str(reading.hypothesis + 1)
    if reading.edits:
        link["edits"] = json.dumps(_plain(reading.edits), ensure_ascii=False, separators=(",", ":"))
    return link


def asks_first(reading: Reading, step: int) -> dict[str, dict[str, str]]:
    """The parameters of addresses that ask a class before they show, by what they ask.

    A look is asked of here, a search on tab Translate, and of a beam of two: more are too many to choose from.
    """
    here = link_of(reading, step)
    here = {name: value for name, value in here.items() if name not in ("edits", "hypothesis")}
    beam = replace(reading.question, strategy="beam", settings={**reading.question.settings, "beam_size": 2})
    search = {**beam.to_link(), **{name: here[name] for name in ("sentence",) if name in here}}
    asks = {"survivors": {**search, "at": str(step)}, "beam": {**search, "at": "1"}}
    return {**asks, "look": here} if reading.case.model.looks else asks


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
