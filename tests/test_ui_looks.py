"""What is made, and when: few functions to the search, each tree once, and no older answer in place of a newer one."""

import sys
from pathlib import Path
from types import FrameType

import pytest
from pages import ask, event, is_skipped

from s2s_demo import checkpoint
from s2s_demo import translation as translations
from s2s_demo import translator as translators
from s2s_demo.decoding import Greedy, search
from s2s_demo.evaluation import TestSet, report
from s2s_demo.serving import batching
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate.handlers import on_row
from s2s_demo.ui.translate import handlers
from s2s_demo.ui.translate.shown import Shown

MODEL = "untrained"
PACKAGE = str(Path(translators.__file__).parent)
MOST_FRAMES = 10  # of ours, between Gradio and the search
TWO = "A man is reading. A dog runs along the beach."


@pytest.fixture
def library(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: [MODEL])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    return Library()


def question(text: str = "A man is reading.") -> Question:
    return Question(text, MODEL, settings={"beam_size": 3})


def translate(library: Library, asked: Question, visitor: str = "") -> Shown:
    return ask(handlers.on_translate, library, *asked.values(), visitor=visitor)


def ours(frame: FrameType | None) -> list[str]:
    """The functions of the package from a frame outwards."""
    found = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(PACKAGE):
            found.append(frame.f_code.co_qualname if sys.version_info >= (3, 11) else frame.f_code.co_name)
        frame = frame.f_back
    return found


def test_few_functions_stand_between_the_key_press_and_the_search(library, monkeypatch):
    stacks: dict[str, list[str]] = {}
    wait = batching.Future.result

    def waiting(self, *given):  # the thread that asks waits here for the one that searches
        stacks.setdefault("asking", ours(sys._getframe(1)))
        return wait(self, *given)

    def searching(*given):
        stacks["searching"] = ours(sys._getframe(1))
        return search(*given)

    monkeypatch.setattr(batching.Future, "result", waiting)
    monkeypatch.setattr(translators, "search", searching)
    assert translate(library, question()).message == ""
    path = [*stacks["asking"][::-1], *stacks["searching"][::-1]]
    assert len(path) <= MOST_FRAMES, f"{len(path)} functions: {' > '.join(path)}"


def test_each_tree_is_read_once(library, translator, monkeypatch):
    read, grow = [], translations.read_tree
    monkeypatch.setattr(translations, "read_tree", lambda *given: read.append(given) or grow(*given))
    for _ in range(2):
        assert translate(library, question(text=TWO)).message == ""
    assert len(read) == 2  # the picture of each sentence travels whole; the second time it comes from memory
    texts = TestSet("tiny", ("A cat eats.",), (("x",),))
    *_, found = report(translator, MODEL, texts, Greedy())
    for _ in range(2):
        assert ask(on_row, library, event(id=0), found).message == ""
    assert len(read) == 3


def test_a_slow_answer_does_not_replace_a_newer_one(library, monkeypatch):
    real, asked = library.translate, []

    def overtaken(query, visitor=None):
        if not asked:
            asked.append(query)
            translate(library, question(text="A dog."), "ana")
        return real(query, visitor)

    monkeypatch.setattr(library, "translate", overtaken)
    late = translate(library, question(), "ana")
    assert all(is_skipped(value) for value in late)


def test_a_link_that_cannot_be_translated_still_fills_the_form(library):
    seen = ask(handlers.on_load, library, text=" ", model=MODEL)
    assert (seen.form.text, seen.form.model["value"]) == (" ", MODEL)
    assert "nothing to translate" in seen.shown.message


def test_another_model_keeps_the_text_of_a_visitor_and_answers_with_it(library):
    seen = ask(handlers.on_model, library, question(), *question("My own words.").values())
    assert (seen.text, seen.shown.question.text) == ("My own words.", "My own words.")
    assert ask(handlers.on_model, library, None, *question(" ").values()).shown.message
