"""Every word a visitor reads, by key, in the language that the visitor reads.

The tables stand in `ui/words`, a file a language; `en.toml` is the original.  Which language is spoken is decided
once, where a visitor's request comes in (`speaking`); everything below says a key and its facts.
"""

import sys
from collections.abc import Iterator, Mapping
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
_recorder: "ContextVar[dict[str, Said] | None]" = ContextVar("recorder", default=None)


@dataclass(frozen=True)
class Said:
    """A sentence whose language is chosen when somebody reads it; facts may be sentences, too."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.key, **self.facts)


def languages() -> dict[str, str]:
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
def recording() -> Iterator[dict[str, Said]]:
    """All that is said meanwhile: each text with its key and facts, so that it can be said again in a language."""
    said: dict[str, Said] = {}
    token = _recorder.set(said)
    try:
        yield said
    finally:
        _recorder.reset(token)


def say(key: str, /, **facts: object) -> str:
    """The sentence of a key with its facts filled in, in the language spoken.

    A fact called `what` is a term of the field, and said in that language; a key without an entry is said as it is.
    """
    words = table(spoken())
    template = words.get(key, table(ORIGINAL).get(key))
    if template is None:
        return key.removeprefix("errors.")
    if "what" in facts:
        facts["what"] = words.get(f"terms.{facts['what']}", facts["what"])
    text = template.format_map(facts) if facts else template
    if (recorder := _recorder.get()) is not None:
        recorder[text] = Said(key, facts)
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
