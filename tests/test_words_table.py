"""What visitors read: every key that the code says is in the tables, every table says the same with the same facts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from s2s_demo import words
from s2s_demo.errors import DataError, S2SError
from s2s_demo.tasks.own_file import pairs_of, table_of

PACKAGE = Path(words.__file__).parent
ERRORS = {"S2SError", "SettingError", "InputError", "DataError", "CheckpointError"}
SPEAKERS = {"say", "Said", "called", *ERRORS}
LANGUAGES = list(words.languages())
CODE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
TO_A_TERMINAL = "commands/"  # speaks English to whoever typed a command
NOT_YET = (
    *("ui/", "live/", "decoding/", "model/", "training/"),
    *("experiment.py", "stages.py", "settings.py", "serving/query.py"),
)


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of the package's source, and the file where it stands."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.relative_to(PACKAGE).as_posix(), node


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Where somebody says something, by which name, and the call."""
    for file, node in nodes():
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in SPEAKERS and (file, name) != ("errors.py", "say"):  # there any error says its own code
                yield f"{file}:{node.lineno}", name, node


def keys_of(speaker: str, key: ast.expr) -> str | None:
    """A pattern of the keys that are meant; None where they are not said in place, or the text is no key."""
    if isinstance(key, ast.IfExp):
        either = [keys_of(speaker, way) for way in (key.body, key.orelse)]
        return None if None in either else "|".join(map(str, either))
    if isinstance(key, ast.Constant) and isinstance(key.value, str) and " " not in key.value:
        pattern = re.escape(key.value)
    elif isinstance(key, ast.JoinedStr) and not any(" " in str(getattr(part, "value", "")) for part in literals(key)):
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^.]+" for part in key.values
        )
    else:
        return None
    return rf"errors\.{pattern}" if speaker in ERRORS else pattern


def literals(text: ast.JoinedStr) -> list[ast.Constant]:
    return [part for part in text.values if isinstance(part, ast.Constant)]


def facts_of(call: ast.Call) -> set[str] | None:
    """The names of the facts; None where they are not written out."""
    names = {keyword.arg for keyword in call.keywords}
    for given in call.args[1:]:
        names |= {getattr(key, "value", None) for key in given.keys} if isinstance(given, ast.Dict) else {None}
    return None if None in names else {str(name) for name in names}


def placeholders(template: str) -> set[str]:
    return {name.partition(".")[0].partition("[")[0] for _, name, _, _ in Formatter().parse(template) if name}


def test_every_key_that_is_said_has_its_sentence_and_its_facts() -> None:
    table = words.table(words.ORIGINAL)
    for where, speaker, call in calls():
        pattern, facts = keys_of(speaker, call.args[0]), facts_of(call)
        if pattern is None or speaker == "called":
            continue
        meant = [key for key in table if re.fullmatch(pattern, key)]
        assert meant, f"{where} says {pattern!r}, which has no entry in {words.ORIGINAL}.toml"
        for key in meant:
            assert facts is None or placeholders(table[key]) <= facts, f"{where}: {key!r} lacks facts"


def test_every_entry_is_said_somewhere() -> None:
    patterns = {keys_of(speaker, call.args[0]) for _, speaker, call in calls()} - {None}
    patterns |= {keys_of("say", node) for _, node in nodes() if isinstance(node, ast.JoinedStr) and begins_a_key(node)}
    held = {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    said = re.compile("|".join(sorted(map(str, patterns))))
    dead = [key for key in words.table(words.ORIGINAL) if not said.fullmatch(key) and key not in held]
    by_script = said_by_scripts()
    assert [key for key in dead if not by_script.fullmatch(key)] == []


def begins_a_key(text: ast.JoinedStr) -> bool:
    """Whether it reads as `section.{name}`, kept in a table and said later."""
    first = text.values[0]
    return isinstance(first, ast.Constant) and re.fullmatch(r"[a-z-]+(\.[a-z-]+)*\.", str(first.value)) is not None


def said_by_scripts() -> re.Pattern[str]:
    """The keys that the scripts name: in quotation marks, or with `${...}` where several are meant."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.js")))
    named = {name for pair in re.findall(r'"([a-z.-]+)"|`([a-z]+\.[^`]*)`', scripts) for name in pair if name}
    patterns = [".*".join(map(re.escape, re.split(r"\$\{.*?\}(?=[^}]|$)", name))) for name in named]
    return re.compile(r"script\.(\w+\.)?(" + "|".join(sorted(patterns)) + ")")


def test_every_error_that_a_visitor_may_meet_has_a_code() -> None:
    for where, speaker, call in calls():
        if speaker in ERRORS and not where.startswith((TO_A_TERMINAL, *NOT_YET)):
            code = str(getattr(call.args[0], "value", ""))
            assert CODE.fullmatch(code), f"{where}: {ast.unparse(call.args[0])} is no code"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_says_the_same_things_with_the_same_facts(language: str) -> None:
    original, other = words.table(words.ORIGINAL), words.table(language)
    own = {key for key in other if key.startswith(("terms.", "members.", "languages."))}
    assert other.keys() - own == original.keys() - own
    for key in original.keys() - own:
        assert placeholders(other[key]) == placeholders(original[key]), key


def terms() -> set[str]:
    """What settings and checks are called in a sentence; those of commands are met in a terminal alone."""
    found = set()
    for file, node in nodes():
        if isinstance(node, ast.Call) and not file.startswith(TO_A_TERMINAL):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            named = [word.value for word in node.keywords if name == "setting" and word.arg == "what"]
            named += node.args[:1] if name in ("check_choice", "check_range", "check_whole") else []
            found |= {text.value for text in named if isinstance(text, ast.Constant) and isinstance(text.value, str)}
    return found


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_its_own_words_for_the_terms(language: str) -> None:
    assert len(terms()) > 50
    assert sorted(term for term in terms() if f"terms.{term}" not in words.table(language)) == []


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


def test_why_rows_were_left_out_is_said_in_the_language_of_whoever_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"language": "X", "own-file.left-out.empty": "{what}: nichts", "terms.target": "Ziel"}
    other |= {"own-file.divided": "geteilt: {what}", "own-file.ordinals.3": "dritte", "terms.tabs": "Tabulatoren"}
    tables = {"en": words.table("en"), "xx": other}
    monkeypatch.setattr(words, "table", tables.__getitem__)
    monkeypatch.setattr(words, "languages", lambda: dict.fromkeys(tables, ""))
    rows = [f"word {i}\tmot {i}\t{i}" for i in range(30)]
    read = pairs_of(table_of("a.tsv", "\n".join([*rows, "lost\t\t30"])))
    assert [left.why for left in read.left_out] == ["the target is empty"]
    assert read.to_json()["left_out"] == [{"row": 31, "why": "the target is empty"}]
    assert read.how.startswith("Read as rows divided by tabs;")
    with words.speaking("xx"):
        assert [left.why for left in read.left_out] == ["Ziel: nichts"]
        assert read.how.startswith("Read as geteilt: Tabulatoren;")
        assert "the dritte column is left aside (row numbers)" in read.how


def test_an_error_inside_an_error_is_said_in_the_same_language(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"en": {"language": "English", "errors.a.outer": "bad: {why}", "errors.a.inner": "torn"}}
    tables["xx"] = {"language": "X", "errors.a.outer": "schlecht: {why}", "errors.a.inner": "zerrissen"}
    monkeypatch.setattr(words, "table", tables.__getitem__)
    monkeypatch.setattr(words, "languages", lambda: dict.fromkeys(tables, ""))
    error = S2SError("a.outer", why=words.Joined((S2SError("a.inner"), words.Said("errors.a.inner")), " + "))
    assert str(error) == "bad: torn + torn"
    with words.speaking("xx"):
        assert str(error) == "schlecht: zerrissen + zerrissen"


def test_what_others_may_add_to_keeps_the_name_it_was_given() -> None:
    assert words.called("tasks.dates", "dates").startswith("Dates: ")
    assert words.called("tasks.made by a guest", "made by a guest") == "made by a guest"


def test_what_has_no_sentence_is_said_as_it_is() -> None:
    assert str(S2SError("made up {by} a guest")) == "made up {by} a guest"
