"""Every word of the page comes from the table: none stands in a layout or a script."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pages import ask

from s2s_demo import checkpoint, words
from s2s_demo.errors import InputError
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.ui.parts.handler import language_of, told
from s2s_demo.ui.served import static
from s2s_demo.ui.served.middleware import said_anew
from s2s_demo.ui.translate.handlers import on_translate
from s2s_demo.words import speaking

SAYING = {"label", "info", "placeholder"}
SAID_FIRST = {"Button", "Accordion", "Tab", "Markdown"}
IN_MARKUP = re.compile(r""">\s*([^<>{}]*[^\W\d_][^<>{}]*?)\s*<|(?:aria-label|title)="([^"{]*[^\W\d_])""")
NAMES = {"PNG", "SVG", "HTML"}  # of formats, the same in every language
LAYOUTS = sorted(static.UI.rglob("*.py"))


def visible(path: Path) -> Iterator[str]:
    """The literal texts of a file that a visitor would read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, _DOCUMENTED) and ast.get_docstring(n)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", "")
            first = node.args[:1] if called in SAID_FIRST else []
            for given in [*first, *(keyword.value for keyword in node.keywords if keyword.arg in SAYING)]:
                if isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value:
                    yield given.value
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from (text or label for text, label in IN_MARKUP.findall(node.value) if (text or label) not in NAMES)


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.relative_to(static.UI).as_posix())
def test_no_word_of_the_page_stands_in_its_code(path: Path) -> None:
    assert list(visible(path)) == []


def test_a_word_in_the_code_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "layout.py"
    file.write_text('gr.Button("Go")\ngr.HTML("<p class=x>Help</p>", label=say("x"))\ngr.Radio([], label="Which")\n')
    assert sorted(visible(file)) == ["Go", "Help", "Which"]


@pytest.mark.parametrize(("language", "stop"), [("en", "."), ("zh", "。")])
def test_what_went_wrong_is_told_in_a_sentence_that_ends_as_the_language_does(language: str, stop: str) -> None:
    with speaking(language):
        assert told(InputError("explain.cannot-write", text="9", name="reverse")).endswith(stop)


def test_scripts_say_only_keys_that_the_table_has() -> None:
    for path in static.beside("js"):
        script = path.read_text("utf-8")
        above = re.search(r"const say = .*`([\w.]+)\$\{key\}`", script)
        said = {f"{above[1] if above else ''}{key}" for key in re.findall(r'\bsay\("([\w-]+)"', script)}
        assert said <= set(static.script_words(words.ORIGINAL)), path.name
    settings = re.search(r"S2S_SETTINGS = (\{.*?\});\n", static.head())
    assert settings
    assert json.loads(settings[1])["words"] == static.script_words(words.ORIGINAL)


@pytest.mark.parametrize(("asked", "spoken"), [("", "en"), ("en", "en"), ("no such language", "en"), ("xx", "xx")])
def test_the_address_says_which_language_is_spoken(monkeypatch, asked, spoken):
    monkeypatch.setattr("s2s_demo.ui.parts.handler.languages", lambda: {"en": "English", "xx": "X"})
    assert language_of(SimpleNamespace(query_params={"lang": asked} if asked else {})) == spoken


def test_an_answer_is_said_in_the_language_of_the_visitor(monkeypatch, translator):
    monkeypatch.setattr(checkpoint, "available", lambda: ["m"])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    tables = {"en": words.table("en"), "xx": {"language": "X", "translate.about": "¡!", "page.bug": "?"}}
    monkeypatch.setattr(words, "table", tables.__getitem__)
    for module in ("s2s_demo.words", "s2s_demo.ui.parts.handler"):
        monkeypatch.setattr(f"{module}.languages", lambda: dict.fromkeys(tables, ""))
    form = Question("A man.", "m", "greedy").values()
    assert ask(on_translate, Library(), *form, lang="xx").about == "¡!"
    assert "parameters" in ask(on_translate, Library(), *form).about


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"elem_id": "tokens", "label": "tokens"}, {"elem_id": "tokens", "label": "词元"}),
        ('<i data-table="tokens" title="tokens">tokens</i>', '<i data-table="tokens" title="词元">词元</i>'),
    ],
)
def test_a_name_that_reads_like_a_word_is_the_same_in_every_language(value: object, said: object) -> None:
    assert said_anew(value, {"tokens": "词元"}) == said
