"""What visitors read: every key that the code says is in the tables, every table says the same with the same facts."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from s2s_demo import words
from s2s_demo.errors import DataError, S2SError

PACKAGE = Path(words.__file__).parent
ERRORS = {"S2SError", "SettingError", "InputError", "DataError", "CheckpointError"}
LANGUAGES = list(words.languages())


def said() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Where, which key, and the names of its facts, for every key that the code names literally."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in {"say", "Said", *ERRORS}:
                continue
            key = node.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and " " not in key.value:
                facts = frozenset(keyword.arg or "**" for keyword in node.keywords) | written_out(node.args[1:])
                full = f"errors.{key.value}" if name in ERRORS else key.value
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", full, facts


def written_out(arguments: list[ast.expr]) -> set[str]:
    """The names of facts in a dictionary, as `Said` takes them; "**" where they are not written out."""
    names: set[str] = set()
    for argument in arguments:
        keys = argument.keys if isinstance(argument, ast.Dict) else [None]
        names |= {str(key.value) if isinstance(key, ast.Constant) else "**" for key in keys}
    return names


def placeholders(template: str) -> set[str]:
    return {name.partition(".")[0].partition("[")[0] for _, name, _, _ in Formatter().parse(template) if name}


def test_every_key_that_is_said_has_its_sentence_and_its_facts() -> None:
    table = words.table(words.ORIGINAL)
    for where, key, facts in said():
        assert key in table, f"{where} says {key!r}, which has no entry in {words.ORIGINAL}.toml"
        if "**" not in facts and not facts & {"facts"}:
            assert placeholders(table[key]) <= facts, f"{where}: {key!r} lacks facts"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_says_the_same_things_with_the_same_facts(language: str) -> None:
    original, other = words.table(words.ORIGINAL), words.table(language)
    own = {key for key in other if key.startswith(("terms.", "members.", "languages."))}
    assert other.keys() - own == original.keys() - own
    for key in original.keys() - own:
        assert placeholders(other[key]) == placeholders(original[key]), key


def test_an_error_has_a_code_and_facts_and_is_said_in_the_language_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"en": {"language": "English", "errors.file.large": "{name} has {megabytes:.1f} MB"}}
    tables["xx"] = {"language": "X", "errors.file.large": "{megabytes:.1f} MB: {name}"}
    monkeypatch.setattr(words, "table", tables.__getitem__)
    monkeypatch.setattr(words, "languages", lambda: dict.fromkeys(tables, ""))
    error = DataError("file.large", name="a.tsv", megabytes=3.25)
    assert (error.code, error.facts) == ("file.large", {"name": "a.tsv", "megabytes": 3.25})
    assert str(error) == "a.tsv has 3.2 MB"
    with words.speaking("xx"):
        assert str(error) == "3.2 MB: a.tsv"
    with words.speaking("no such language"):
        assert str(error) == "a.tsv has 3.2 MB"


def test_a_term_is_said_in_the_language_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"en": {"language": "English", "errors.out": "{what} is {given}"}}
    tables["xx"] = {"language": "X", "errors.out": "{given}: {what}", "terms.beam size": "Strahlbreite"}
    monkeypatch.setattr(words, "table", tables.__getitem__)
    monkeypatch.setattr(words, "languages", lambda: dict.fromkeys(tables, ""))
    with words.speaking("xx"):
        assert str(S2SError("out", what="beam size", given=3)) == "3: Strahlbreite"
    assert str(words.Said("errors.out", {"what": "beam size", "given": 3})) == "beam size is 3"


def test_what_has_no_sentence_is_said_as_it_is() -> None:
    assert str(S2SError("made up {by} a guest")) == "made up {by} a guest"
