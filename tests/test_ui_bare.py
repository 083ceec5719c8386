"""Where there is no checkpoint, the page and the command line say where they come from."""

import pytest
from pages import ask

from s2s_demo.cli import main
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.ui import build, first_answer
from s2s_demo.ui.translate.handlers import on_translate

SAYS = "set S2S_DEMO_CHECKPOINTS to a folder that holds them"


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(tmp_path))


def test_the_page_opens_and_says_so(nowhere):
    library = Library()
    build(library)
    assert SAYS in first_answer(library)
    assert SAYS in ask(on_translate, library, *Question().values()).message


@pytest.mark.parametrize(("arguments", "status"), [(["models"], 0), (["translate"], 2), (["evaluate"], 2)])
def test_the_command_line_says_so(nowhere, arguments, status, capsys):
    assert main(arguments) == status
    assert SAYS in capsys.readouterr().err
