"""Tab See and hear without a browser: what is asked, what is drawn, and what is refused in words."""

import json
import re

import pytest
from pages import ask, event, is_skipped
from tiny import Painted, model, painted

from s2s_demo import checkpoint
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import offered
from s2s_demo.signals.document import as_document, brief, content_of
from s2s_demo.signals.png import read_png
from s2s_demo.tasks import TASKS
from s2s_demo.text import Tokenizer
from s2s_demo.translator import Translator
from s2s_demo.ui.senses.handlers import on_model, on_open, on_save, on_source, on_strategy
from s2s_demo.ui.senses.save import SAVED
from s2s_demo.ui.train.form import sources


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    tokenizer = Tokenizer.train(["ab", "cd"], "char", 20)

    def load(name: str) -> Translator:
        made = model(seed=1, vocabulary_size=len(tokenizer), signal="picture" if name == "painted" else "", tied=False)
        return Translator(made, tokenizer, name, card={"task": "painted"} if name == "painted" else {})

    monkeypatch.setitem(TASKS, "painted", Painted)  # type: ignore[arg-type]
    monkeypatch.setattr(checkpoint, "available", lambda: ["painted", "words"])
    monkeypatch.setattr(checkpoint, "load", load)
    about = {"source_language": "", "target_language": "", "attention": "dot", "decoder": "gnmt"}
    monkeypatch.setattr(
        checkpoint, "describe", lambda name: {"name": name, "task": "painted" if name == "painted" else "", **about}
    )
    monkeypatch.setattr("s2s_demo.serving.catalogue.made_task", lambda card: Painted() if card.get("task") else None)
    monkeypatch.setattr("s2s_demo.serving.names.short_name", lambda task: task)
    monkeypatch.setattr(
        "s2s_demo.serving.catalogue.examples", lambda *about: tuple(pair.source for pair in Painted().val()[:2])
    )
    return Library()


def knobs() -> list[object]:
    return [each.default for each in offered()]


def test_models_of_text_and_of_signals_are_offered_apart(library: Library) -> None:
    assert [name for _, name in library.choices()] == ["words"]
    assert [name for _, name in library.choices(signals=True)] == ["painted"]


def test_the_tab_opens_with_an_example_and_the_easel_of_its_model(library: Library) -> None:
    opened = ask(on_open, library, None, None, "beam", *knobs())
    assert opened.shown.message == ""
    easel = json.loads(opened.easel)
    assert (easel["signal"], easel["media"], len(easel["examples"])) == ("picture", "image/png", 2)
    again = ask(on_open, library, opened.shown.question, "painted", "beam", *knobs())
    assert is_skipped(again.easel)
    assert ask(on_model, library, "painted", "beam", *knobs()).easel == opened.easel


def test_a_source_is_drawn_as_it_was_read_with_a_box_for_each_place(library: Library) -> None:
    shown = ask(on_source, library, event(document=painted("ab")), "painted", "beam", *knobs())
    seen, picture = json.loads(shown.seen), json.loads(shown.picture)
    assert (seen["signal"], seen["width"], seen["height"], seen["looks"]) == ("picture", 48, 48, True)
    assert seen["boxes"][5] == [12, 12, 12, 12]
    assert seen["names"][1:5:3] == ["B1 (row 1, column 2)", "A2 (row 2, column 1)"]
    drawn = read_png(content_of(seen["image"], "image/png"))
    assert abs(drawn.astype(int) - read_png(content_of(painted("ab"), "image/png"))).max() <= 1
    assert [word["text"] for word in picture["sentences"][0]["words"]][:2] == ["A1", "B1"]
    assert len(picture["sentences"][0]["words"]) == len(seen["boxes"]) + 1
    files = {kind: json.loads(ask(on_save, library, kind, shown.question).download)["content"] for kind in SAVED}
    assert json.loads(files["json"])["sentences"][0]["source"]["text"] == painted("ab")
    assert seen["image"] in files["lesson"]
    assert len(files["lesson"]) < 200_000
    greedy = ask(on_strategy, library, shown.question, "painted", "greedy", *knobs())
    assert len(json.loads(greedy.picture)["sentences"][0]["leaves"]) == 1


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (None, "There is nothing to translate"),
        ("hello", "reads no text but a file"),
        (as_document("audio/wav", b"RIFF"), "a file of the kind audio/wav was given"),
        (as_document("image/png", b"GIF89a"), "no PNG picture"),
        (painted("ab")[:-80], "no PNG picture|did not arrive whole"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(library: Library, document: object, says: str) -> None:
    shown = ask(on_source, library, event(document=document), "painted", "beam", *knobs())
    assert re.search(says, shown.message, re.IGNORECASE), shown.message
    assert is_skipped(shown.picture)


def test_a_model_of_words_is_not_asked_here(library: Library) -> None:
    assert "reads text" in ask(on_source, library, event(document=painted("a")), "words", "beam", *knobs()).message


def test_tab_train_watches_examples_by_their_brief_names() -> None:
    task = Painted()
    example = task.examples[0]
    assert sources([brief(example), "new"], task) == [example, "new"]
    assert sources(["a b"], TASKS["dates"]()) == ["a b"]
    assert brief("plain words") == "plain words"
    assert brief(example).startswith("png ")
