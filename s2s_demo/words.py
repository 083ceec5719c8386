"""Every word a visitor reads, by key, in the language that the visitor reads.

The tables stand in `ui/words`, a file a language; `en.toml` is the original.  Which language is spoken is decided
once, where a visitor's request comes in (`speaking`); everything below says a key and its facts.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLES = Path(__file__).parent / "ui" / "words"
ORIGINAL = "en"

_language: ContextVar[str] = ContextVar("language", default=ORIGINAL)
_recorder: ContextVar[dict[str, Callable[[], str]] | None] = ContextVar("recorder", default=None)


@dataclass(frozen=True)
class Said:
    """A sentence whose language is chosen when somebody reads it; facts may be sentences, too."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.key, **self.facts)


@dataclass(frozen=True)
class Joined:
    """Several sentences, or parts of one, in a row; each is said when somebody reads them."""

    parts: tuple[object, ...]
    between: object = ", "

    def __str__(self) -> str:
        return str(self.between).join(map(str, self.parts))


@cache
def languages() -> Mapping[str, str]:
    """The languages that the page speaks, by code: what each calls itself; the original first."""
    codes = sorted((path.stem for path in TABLES.glob("*.toml")), key=lambda code: (code != ORIGINAL, code))
    return {code: table(code)["language"] for code in codes}


def spoken() -> str:
    """The code of the language that is spoken now."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in a language for a while; in the original where the language has no table."""
    token = _language.set(language if language in languages() else ORIGINAL)
    try:
        yield
    finally:
        _language.reset(token)


@contextmanager
def recording() -> Iterator[dict[str, Callable[[], str]]]:
    """All that is said meanwhile, by its text: what says it again, in the language that is spoken then."""
    said: dict[str, Callable[[], str]] = {}
    token = _recorder.set(said)
    try:
        yield said
    finally:
        _recorder.reset(token)


def say(key: str, /, **facts: object) -> str:
    """The sentence of a key with its facts filled in, in the language spoken.

    A fact called `what` is a term of the field, and said in that language; a key without an entry is said as it is.
    """
    template = table(spoken()).get(key, table(ORIGINAL).get(key))
    if template is None:
        return key.removeprefix("errors.")
    filled = facts
    if "what" in facts:
        filled = {**facts, "what": called(f"terms.{facts['what']}", str(facts["what"]))}
    return recorded(template.format_map(filled) if filled else template, say, key, **facts)


def called(key: str, otherwise: str, /, **facts: object) -> str:
    """What the language spoken calls something that others may add to, such as a task.

    Without an entry, `otherwise`: said as a term of the field where it is one.
    """
    for known in (key, f"terms.{otherwise}"):
        if known in table(spoken()) or known in table(ORIGINAL):
            return say(known, **facts)
    return recorded(otherwise, called, key, otherwise, **facts)


def recorded(text: str, speaker: Callable[..., str], /, *given: object, **facts: object) -> str:
    """The text; where somebody records, also how to say it again: facts that were said themselves, too."""
    recorder = _recorder.get()
    if recorder is None:
        return text

    def again() -> str:
        anew = {
            n: recorder[fact]() if isinstance(fact, str) and fact in recorder else fact for n, fact in facts.items()
        }
        return speaker(*given, **anew)

    if text not in facts.values():
        recorder[text] = again
    return text


@cache
def table(language: str) -> dict[str, str]:
    """The flat table of a language: "train.start" -> "Start"."""
    with open(TABLES / f"{language}.toml", "rb") as file:
        return dict(_flat(tomllib.load(file)))


def _flat(entries: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, entry in entries.items():
        if isinstance(entry, Mapping):
            yield from _flat(entry, f"{above}{name}.")
        else:
            yield f"{above}{name}", entry
