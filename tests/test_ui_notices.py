"""What was read otherwise than it was typed is said beside the answer, in JSON and on standard error."""

import json

import pytest
from pages import ask

from s2s_demo.cli import main
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.ui.translate.handlers import on_translate


def test_the_page_says_it_beside_the_answer() -> None:
    library = Library()
    assert "read in the other case" in ask(on_translate, library, *Question("HELLO", "reverse").values()).notices
    assert ask(on_translate, library, *Question("hello", "reverse").values()).notices == ""


def test_the_command_line_says_it_with_the_line(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "words").write_text("hello\nHELLO\n")
    assert main(["translate", "--model", "reverse", str(tmp_path / "words")]) == 0
    shown = capsys.readouterr()
    assert shown.out == "olleh\nOLLEH\n"
    assert "words, line 2: “HELLO”: read in the other case" in shown.err
    assert "line 1" not in shown.err


def test_the_json_holds_it(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "words").write_text("HELLO\n")
    assert main(["translate", "--model", "reverse", "--json", str(tmp_path / "words")]) == 0
    (notice,) = json.loads(capsys.readouterr().out)["notices"]
    assert notice.startswith("“HELLO”: read in the other case")
