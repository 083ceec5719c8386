"""What the pickers say of each model, in which order, and what each model is given to read."""

import json

import pytest
from pages import ask
from tiny import model

from s2s_demo.checkpoint import save_checkpoint
from s2s_demo.serving.catalogue import EXAMPLES, OF_OUR_OWN, entry_of, examples
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.tasks import made_task
from s2s_demo.text import Tokenizer
from s2s_demo.translator import Translator
from s2s_demo.ui.compare.form import Form as CompareForm
from s2s_demo.ui.compare.handlers import on_compare
from s2s_demo.ui.compare.models import first_models, first_strategies, kinds_of, models_of
from s2s_demo.ui.parts.layout import MOST_CHIPS, chip_updates
from s2s_demo.ui.parts.path import unit_of
from s2s_demo.ui.translate.handlers import from_link, on_translate, text_for
from s2s_demo.views.picture import letters_of

SHIPPED = {  # name: languages, task, attention
    "dates-none": ("", "", "dates", "none"),
    "en-fr-no-attention": ("en", "fr", "", "none"),
    "reverse": ("", "", "reverse", "dot"),
    "en-fr-bahdanau": ("en", "fr", "", "additive"),
    "zh-en": ("zh", "en", "", "dot"),
    "dates": ("", "", "dates", "scaled_dot"),
    "mine": ("", "", "", "dot"),
    "fr-en": ("fr", "en", "", "dot"),
    "dates-additive": ("", "", "dates", "additive"),
    "en-fr": ("en", "fr", "", "dot"),
}


def about(name: str) -> dict[str, str]:
    source, target, task, attention = SHIPPED[name]
    return {"name": name, "source_language": source, "target_language": target, "task": task, "attention": attention}


ENTRIES = sorted((entry_of(about(name)) for name in SHIPPED), key=lambda entry: entry.order)


def test_translators_come_first_with_their_twins_then_made_tasks_and_last_the_twins_of_those():
    assert [entry.name for entry in ENTRIES] == [
        *("en-fr", "en-fr-bahdanau", "en-fr-no-attention", "fr-en", "zh-en"),
        *("dates", "reverse", "dates-additive", "dates-none", "mine"),
    ]


def test_labels_are_words_and_twins_are_told_apart():
    labels = {entry.name: entry.label for entry in ENTRIES}
    assert labels["en-fr"] == "English → French"
    assert labels["en-fr-no-attention"] == "en → fr · no attention"
    assert labels["dates"] == "Dates"
    assert labels["dates-additive"] == "Dates · additive attention"
    assert labels["mine"] == "mine"
    assert len(set(labels.values())) == len(labels)


def test_models_that_read_the_same_are_compared_and_the_first_family_at_once():
    assert [label for label, _ in kinds_of(ENTRIES)] == [
        "English sentences",
        "French sentences",
        "Chinese sentences",
        "Dates",
        "Reverse",
        "mine",
    ]
    dates = models_of(ENTRIES, "dates")
    assert [entry.variant for entry in dates] == ["scaled dot attention", "additive attention", "no attention"]
    assert first_models(dates) == ["dates", "dates-additive", "dates-none"]
    assert first_models([*models_of(ENTRIES, "en"), *dates]) == [
        "en-fr",
        "en-fr-bahdanau",
        "en-fr-no-attention",
    ]
    assert first_models([]) == []
    assert (first_strategies(["a", "b"]), first_strategies(list("abcde")), len(first_strategies(["a"]))) == (
        ["beam"],
        ["greedy"],
        3,
    )


@pytest.mark.parametrize("task", ["dates", "reverse", "python", "roman"])
def test_a_made_model_is_given_inputs_of_its_task_and_some_it_has_never_seen(task):
    made, found = made_task({"task": task}), examples("", {"task": task})
    assert made is not None
    assert found[:OF_OUR_OWN] == made.own_examples[:OF_OUR_OWN]
    assert len(found) > OF_OUR_OWN
    assert set(found[OF_OUR_OWN:]) <= {pair.source for pair in made.test()}
    assert len(found) <= MOST_CHIPS


def test_translators_are_given_sentences_in_their_language():
    assert examples("de", {}) == EXAMPLES["de"]
    assert examples("en", {}, "fr") == EXAMPLES["en"]
    assert examples("en", {}, "zh") == EXAMPLES["en-zh"]  # a model that has read no captions gets none
    assert examples("", {}) == ()
    assert {len(texts) for texts in EXAMPLES.values()} <= set(range(1, MOST_CHIPS + 1))


def test_chips_that_are_too_many_are_hidden():
    updates = chip_updates(["a", "b"])
    assert [(update["value"], update["visible"]) for update in updates] == [
        ("a", True), ("b", True), *[("", False)] * (MOST_CHIPS - 2),
    ]  # fmt: skip


def maker(name: str, task: str, attention: str = "dot") -> Translator:
    tokens = Tokenizer.train(["abcdefghijklmnopqrstuvwxyz", "0123456789-, "], "char", 60)
    return Translator(model(vocabulary_size=len(tokens), attention=attention), tokens, name, card={"task": task})


@pytest.fixture
def library(tmp_path, monkeypatch, translator) -> Library:
    """Two made models and a translator on disk, a model of her own for Ana."""
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(tmp_path))
    for name, attention in (("reverse", "dot"), ("reverse-none", "none")):
        save_checkpoint(maker(name, "reverse", attention), tmp_path / name)
    save_checkpoint(Translator(translator.model, translator.tokenizer, "en-fr", "en", "fr"), tmp_path / "en-fr")
    found = Library()
    found.add("ana", "my dates", maker("my dates", "dates"))
    return found


def test_the_pickers_need_no_model_loaded(library):
    assert library.choices("ana") == [
        ("English → French", "en-fr"),
        ("Reverse", "reverse"),
        ("Reverse · no attention", "reverse-none"),
        ("my dates", "my dates"),
    ]
    assert [name for _, name in library.choices()] == ["en-fr", "reverse", "reverse-none"]
    assert library._shared == {}
    assert kinds_of(library.entries("ana"))[-1] == ("Dates", "dates")


def test_a_damaged_folder_keeps_its_name_and_hides_no_other(library, tmp_path, caplog):
    (tmp_path / "reverse" / "config.json").write_text("{")
    assert ("reverse", "reverse") in library.choices()
    assert ("Reverse · no attention", "reverse-none") in library.choices()
    assert "cannot be described" in caplog.text


def test_another_model_gets_its_own_example_but_never_in_place_of_what_was_typed(library):
    first = text_for(library, "reverse", Question())
    assert first in library.examples("reverse")
    assert text_for(library, "reverse-none", Question(first, "reverse")) == first
    assert text_for(library, "en-fr", Question(first, "reverse")) == Question.text
    assert text_for(library, "reverse", Question("my own words", "en-fr")) == "my own words"
    assert text_for(library, "no-such-model", Question()) == Question.text


def test_a_link_without_a_text_shows_an_example_of_its_model_and_one_with_a_text_keeps_it(library):
    assert from_link(library, {"model": "reverse"}).text == library.examples("reverse")[0]
    asked = Question(model="reverse")  # with the text that needs no mention for the model of the start
    assert from_link(library, asked.to_link()) == asked
    assert from_link(library, {}) == Question()


def test_models_of_letters_are_shown_in_letters(library, translator):
    made = library.get("reverse")
    assert unit_of(made, "words") == "letters"
    assert unit_of(translator, "words") == "words"
    assert [word.text for word in letters_of(["▁", "a", "▁", "b", "<eos>"])] == ["a", "␣", "b", "<eos>"]
    assert [word.positions for word in letters_of(["▁", "a", "<eos>"])] == [(0, 1), (2,)]
    assert [word.positions for word in letters_of(["▁", "a", "<eos>"], with_mark=False)] == [(1,), (2,)]
    assert [word.positions for word in letters_of(["▁", "<eos>"])] == [(0,), (1,)]
    assert [word.text for word in letters_of(["b", "<eos>"])] == ["b", "<eos>"]
    picture = json.loads(ask(on_translate, library, *Question("abc", "reverse").values()).picture)
    assert picture["letters"]
    assert [word["text"] for word in picture["sentences"][0]["words"]] == ["a", "b", "c", "<eos>"]


def test_every_lane_has_the_name_of_its_model_and_its_letters(library):
    seen = ask(on_compare, library, *CompareForm("abc", ["reverse", "reverse-none"], ["greedy"]))
    first, second = json.loads(seen.lanes)["lanes"]
    assert (first["model"], second["model"]) == ("Reverse", "Reverse · no attention")
    assert [word["text"] for word in first["picture"]["sentences"][0]["words"]][:3] == ["a", "b", "c"]
